import BinaryIO
import TestSupport
import Testing
import Threads

@testable import ModelFormat

/// Values can be read from any place on, in any length.
struct TensorValuesTests {
  /// Where values are stored.
  enum Kind: CaseIterable {
    case memory, chunked, smallChunks, raw, smallRaw

    /// The values, and a tensor that holds the same.
    func values() throws -> (any TensorValues, Tensor) {
      var random = SplitMix64(seed: 41)
      let count = self == .smallChunks || self == .smallRaw ? 1003 : 300_001
      let numbers = Values.gaussian(count, deviation: 1, &random)
      let tensor = try Tensor(name: "w", shape: [count], values: numbers)
      let other = try Tensor(name: "other", shape: [2], values: [1, 2] as [Float])
      let model = try Model(topology: nil, tensors: [other, tensor, tensor.renamed("behind")])
      switch self {
      case .memory: return (MemoryValues(tensor), tensor)
      case .chunked: return (try Kind.values(model.encoded()), tensor)
      case .raw, .smallRaw: return (try Kind.values(model.encoded(compression: .none)), tensor)
      case .smallChunks:
        var file = CraftedFile()
        file.addTensor("w", "f64", [count], chunkSize: 24)
        for start in stride(from: 0, to: tensor.bytes.count, by: 24) {
          let piece = Array(tensor.bytes[start..<min(start + 24, tensor.bytes.count)])
          file.sections.append(CraftedFile.Section("CHNK", [0] + piece))
        }
        return (try Kind.values(file.bytes), tensor)
      }
    }

    private static func values(_ file: [UInt8]) throws -> any TensorValues {
      let reader = try ModelReader(bytes: file)
      return try reader.values(of: reader.description(ofTensorNamed: "w"), in: reader.contents)
    }
  }

  fileprivate func read(_ values: any TensorValues, at offset: Int, count: Int) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0xA5, count: count)
    try buffer.withUnsafeMutableBytes { try values.read(at: offset, into: $0) }
    return buffer
  }

  @Test(arguments: Kind.allCases)
  func whatIsReadIsWhatStandsThere(kind: Kind) throws {
    let (values, tensor) = try kind.values()
    let size = tensor.bytes.count
    #expect(values.byteCount == size)
    var random = SplitMix64(seed: 42)
    var ranges = [0..<0, size..<size, 0..<1, size - 1..<size, 0..<size]
    for _ in 0..<40 {
      let border = values.range(ofPiece: Int.random(in: 0..<values.pieceCount, using: &random)).upperBound
      let near = border + Int.random(in: -9...9, using: &random)
      let anywhere = Int.random(in: 0...size, using: &random)
      let start = max(0, min(size, Bool.random(using: &random) ? near : anywhere))
      let length = Int.random(in: 0...1 << Int.random(in: 0...21, using: &random), using: &random)
      ranges.append(start..<min(size, start + length))
    }
    for range in ranges {
      let same = try read(values, at: range.lowerBound, count: range.count) == Array(tensor.bytes[range])
      #expect(same, "\(range)")
    }
  }

  @Test(arguments: Kind.allCases)
  func piecesFollowOneAnotherWithoutAGapAndMakeUpTheWhole(kind: Kind) throws {
    let (values, tensor) = try kind.values()
    var joined: [UInt8] = []
    for piece in 0..<values.pieceCount {
      let range = values.range(ofPiece: piece)
      #expect(range.lowerBound == joined.count)
      #expect(range.count == values.pieceSize || piece == values.pieceCount - 1)
      joined += try read(values, at: range.lowerBound, count: range.count)
    }
    let same = joined == tensor.bytes
    #expect(same)
    #expect(values.pieceSize <= 1 << 20)
  }

  @Test(arguments: Kind.allCases)
  func severalThreadsReadAtOnce(kind: Kind) throws {
    let (values, tensor) = try kind.values()
    try OrderedPipeline.run(count: 16, threads: 4) { (number) throws in
      let start = number * 997 % tensor.bytes.count
      return (start, try read(values, at: start, count: min(60_000, tensor.bytes.count - start)))
    } consume: { (_, piece: (start: Int, bytes: [UInt8])) throws in
      let same = piece.bytes == Array(tensor.bytes[piece.start..<piece.start + piece.bytes.count])
      #expect(same)
    }
  }

  @Test(arguments: Compression.allCases)
  func aTensorWithoutValuesHasNoPieces(compression: Compression) throws {
    let tensor = try Tensor(name: "none", shape: [0, 3], values: [] as [Float])
    let reader = try ModelReader(bytes: Model(topology: nil, tensors: [tensor]).encoded(compression: compression))
    for values in [try reader.values(of: reader.tensors[0], in: reader.contents), MemoryValues(tensor)]
      as [any TensorValues]
    {
      #expect(values.pieceCount == 0)
      #expect(values.byteCount == 0)
      #expect(try read(values, at: 0, count: 0) == [])
    }
  }

  /// For Thread Sanitizer: all empty arrays share one piece of memory, which must not be written.
  @Test func tensorsWithoutValuesAreLoadedOnSeveralThreadsAtOnce() throws {
    let tensor = try Tensor(name: "none", shape: [0], values: [] as [Float])
    let reader = try ModelReader(bytes: Model(topology: nil, tensors: [tensor]).encoded())
    var values = 0
    try OrderedPipeline.run(count: 4, threads: 4) { (_) throws in
      try (0..<500).reduce(0) { (sum, _) in
        let tensor = try reader.tensor(named: "none")
        return sum + tensor.doubles().count + tensor.bytes.count
      }
    } consume: { (_, count: Int) throws in
      values += count
    }
    #expect(values == 0)
  }

  @Test func eachChunkThatAReadingTouchesIsVerifiedAndNoOtherIsTouched() throws {
    var random = SplitMix64(seed: 43)
    let tensor = try Tensor(
      TensorDescription(name: "w", dataType: .uint8, shape: [3 << 20]), bytes: Values.noise(3 << 20, &random))
    var bytes = try Model(topology: nil, tensors: [tensor]).encoded()
    let chunks = try ContainerReader(MemorySource(bytes, name: ""), limits: DecodingLimits()).index.sections
    bytes[chunks[1].offset + 100] ^= 1
    let reader = try ModelReader(bytes: bytes)
    let values = try reader.values(of: reader.tensors[0], in: reader.contents)
    for offset in [0, 1 << 19, 2 << 20, (3 << 20) - 10] {
      #expect(try read(values, at: offset, count: 10) == Array(tensor.bytes[offset..<offset + 10]))
    }
    for (offset, count) in [(1 << 20, 1), ((2 << 20) - 1, 1), ((1 << 20) - 1, 2), (0, 3 << 20)] {
      let error = try #require(throws: ModelFormatError.self) { _ = try read(values, at: offset, count: count) }
      #expect(error.code == .checksumMismatch)
      #expect(error.offset == chunks[1].offset && error.tensor == "w" && error.path == "model")
    }
  }
}

extension Tensor {
  func renamed(_ name: String) throws -> Tensor {
    try Tensor(TensorDescription(name: name, dataType: dataType, shape: shape), bytes: bytes)
  }
}

extension TensorValuesTests {
  @Test(arguments: Kind.allCases)
  func aRangeThatDoesNotLieInsideTheValuesIsAnError(kind: Kind) throws {
    let (values, tensor) = try kind.values()
    let size = tensor.bytes.count
    for (offset, count) in [(size - 1, 2), (size, 1), (size + 1, 0), (-1, 1), (0, size + 1), (.max, 1), (.min, 1)] {
      let error = try #require(throws: ModelFormatError.self) { _ = try read(values, at: offset, count: count) }
      #expect(error.code == .invalidTensor)
      #expect(error.found == "\(count) bytes from \(offset) on")
    }
  }
}

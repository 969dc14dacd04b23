import BinaryIO
import IDX
import TestSupport
import Testing

@Suite struct RoundTripTests {
  static let shapes: [[Int]] = [
    [7], [1], [0], [3, 5], [0, 4], [4, 0], [2, 3, 4], [2, 1, 3, 2], [2, 3, 1, 2, 2], [30_000, 3],
  ]

  /// An array of any type, filled with random bit patterns: floats that are not numbers among them.
  private func array(_ type: IDXElementType, _ shape: [Int]) throws -> IDXArray {
    var random = SplitMix64(seed: UInt64(type.rawValue) << 8 + UInt64(shape.count))
    let count = shape.reduce(1, *)
    func elements<T>(_ make: (UInt64) -> T) -> [T] { (0..<count).map { _ in make(random.next()) } }
    return switch type {
    case .uint8: try IDXArray(dimensions: shape, elements: elements { UInt8(truncatingIfNeeded: $0) })
    case .int8: try IDXArray(dimensions: shape, elements: elements { Int8(truncatingIfNeeded: $0) })
    case .int16: try IDXArray(dimensions: shape, elements: elements { Int16(truncatingIfNeeded: $0) })
    case .int32: try IDXArray(dimensions: shape, elements: elements { Int32(truncatingIfNeeded: $0) })
    case .float32:
      try IDXArray(
        dimensions: shape, elements: elements { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) })
    case .float64: try IDXArray(dimensions: shape, elements: elements { Double(bitPattern: $0) })
    }
  }

  @Test(arguments: IDXElementType.allCases, shapes)
  func everyTypeAndRankSurvives(type: IDXElementType, shape: [Int]) throws {
    let folder = try TemporaryFolder()
    let original = try array(type, shape)
    let path = folder.file("a")
    for compression in [IDXCompression.none, .gzip] {
      try original.write(to: path, replacing: true, compression: compression)
      #expect(try IDXArray(contentsOf: path) == original)
      let stored = try folder.read("a")
      switch compression {
      case .none:
        #expect(stored.count == original.header.fileByteCount)
        #expect(stored.prefix(4) == [0, 0, type.rawValue, UInt8(shape.count)])
      case .gzip: #expect(stored.prefix(2) == [0x1F, 0x8B])
      }
      // In pieces of every size from one item up.
      for maximumCount in [1, 2, 1000] where shape[0] < 100 {
        var reader = try IDXReader(path: path)
        var bytes: [UInt8] = []
        var items = 0
        while let piece = try reader.readItems(maximumCount: maximumCount) {
          #expect(piece.header.itemCount <= maximumCount)
          #expect(piece.header.dimensions.dropFirst() == original.header.dimensions.dropFirst())
          bytes += piece.bytes
          items += piece.header.itemCount
        }
        #expect(bytes == original.bytes)
        #expect(items == shape[0] && reader.remainingItemCount == 0)
      }
    }
  }

  @Test func theBytesOfAFile() throws {
    let folder = try TemporaryFolder()
    let values: [Int16] = [-32768, -1, 0, 1, 258, 32767]
    try IDXArray(dimensions: [2, 3], elements: values).write(to: folder.file("a"), replacing: false)
    #expect(
      try folder.read("a") == [
        0, 0, 0x0B, 2, 0, 0, 0, 2, 0, 0, 0, 3,
        0x80, 0x00, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x01, 0x01, 0x02, 0x7F, 0xFF,
      ])
    try IDXArray(dimensions: [1], elements: [-0.15625] as [Float]).write(
      to: folder.file("b"), replacing: false)
    // −0.15625 = −1.25 · 2⁻³: sign 1, exponent 124, fraction 0.25.
    #expect(try folder.read("b") == [0, 0, 0x0D, 1, 0, 0, 0, 1, 0xBE, 0x20, 0x00, 0x00])
  }

  @Test func anExistingFileIsKeptWithoutLeave() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 2, 3], to: "a")
    let array = try IDXArray(dimensions: [1], elements: [7] as [UInt8])
    for compression in [IDXCompression.none, .gzip] {
      let error = #expect(throws: IDXError.self) {
        try array.write(to: path, replacing: false, compression: compression)
      }
      #expect(error?.code == .file)
      #expect(error?.fileError == FileError(operation: .create, path: path, reason: .alreadyExists))
    }
    #expect(try folder.read("a") == [1, 2, 3])
    #expect(try folder.names() == ["a"])
  }

  @Test func equalArraysGiveEqualFiles() throws {
    let folder = try TemporaryFolder()
    let array = try array(.float32, [40, 5])
    try array.write(to: folder.file("a"), replacing: false, compression: .gzip)
    try array.write(to: folder.file("b"), replacing: false, compression: .gzip)
    #expect(try folder.read("a") == folder.read("b"))
  }
}

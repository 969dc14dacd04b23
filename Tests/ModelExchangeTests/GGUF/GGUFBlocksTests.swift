import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Blocks become the numbers that the gguf package makes of them, to the last bit.
struct GGUFBlocksTests {
  private let oracle: GGUFOracle

  init() throws { oracle = try Oracle.recorded("gguf_files.json") }

  @Test func `every type has the size that the package has for it`() throws {
    for size in oracle.sizes {
      switch try GGUFType.element(of: size.number) {
      case .plain(let type):
        #expect(type.rawValue == size.name && size.elements == 1 && type.byteCount == size.bytes)
      case .encoded(let blocks):
        let encoding = blocks.encoding
        #expect(encoding.name == size.name, "\(size.name)")
        #expect(encoding.blockCount == size.elements && encoding.blockByteCount == size.bytes, "\(size.name)")
      }
    }
    #expect(oracle.sizes.count == 34)
  }

  @Test func `numbers are those of the package, whatever the bits`() throws {
    #expect(oracle.blocks.count == 15)
    for (name, example) in oracle.blocks {
      let expected = floats(bytes(hexadecimal: example.numbers))
      let blocks = bytes(hexadecimal: example.blocks)
      var file = GGUFBytes.small
      file.tensors = [.init(dimensions: [UInt64(expected.count)], type: example.number)]
      file.values = blocks
      let tensor = try ModelFiles.open(bytes: file.bytes).tensor(named: "t")
      #expect(tensor.count == expected.count)
      for (index, (found, number)) in zip(tensor.floats(), expected).enumerated() {
        // A NaN has many patterns, and which of them an operation gives is left to the processor.
        let isSame = found.bitPattern == number.bitPattern || (found.isNaN && number.isNaN)
        #expect(isSame, "\(name), element \(index): \(found), not \(number)")
        if !isSame { break }
      }
    }
  }

  @Test func `Q8_K is a number of 32 bits times integers`() throws {
    var block = GGUFBytes.little(Float(0.75).bitPattern)
    block += (0..<256).map { UInt8($0) } + [UInt8](repeating: 0xFF, count: 32)
    var file = GGUFBytes.small
    file.tensors = [.init(dimensions: [256], type: 15)]
    file.values = block
    let numbers = try ModelFiles.open(bytes: file.bytes).tensor(named: "t").floats()
    #expect(numbers == (0..<256).map { 0.75 * Float(Int8(truncatingIfNeeded: $0)) })
  }

  @Test func `parts of a tensor are the same as all of it, from any place on`() throws {
    let example = try #require(oracle.blocks["q6_k"])
    let blocks = [[UInt8]](repeating: bytes(hexadecimal: example.blocks), count: 200).flatMap(\.self)
    var file = GGUFBytes.small
    file.tensors = [.init(dimensions: [256, 600], type: 14)]
    file.values = blocks
    let reader = try ModelFiles.open(bytes: file.bytes)
    let values = try reader.values(at: 0)
    let whole = try reader.tensor(named: "t").bytes
    #expect(whole.count == 600 * 1024 && values.byteCount == whole.count)
    var random = SplitMix64(seed: 4)
    for _ in 0..<40 {
      let start = Int.random(in: 0..<whole.count, using: &random)
      let count = Int.random(in: 0...min(150_000, whole.count - start), using: &random)
      var part = [UInt8](repeating: 0xA5, count: count)
      try part.withMutableBytes { (buffer) throws(ModelFormatError) in try values.read(at: start, into: buffer) }
      let isRight = part == Array(whole[start..<start + count])
      #expect(isRight, "\(count) bytes at \(start)")
    }
    #expect(try reader.tensor(reader.tensors[0], at: 0, threads: 3).bytes == whole)
  }

  private func floats(_ bytes: [UInt8]) -> [Float] {
    stride(from: 0, to: bytes.count, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) })
    }
  }
}

import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

/// Where a file says that a piece repeats one element, statistics and differences are those of all elements one by one,
/// to the last bit.
struct RepeatedElementTests {
  /// Bits of every nature: 0, −0, one, the least and the largest, infinities, NaN, and any.
  private static func bits(_ type: DataType, _ random: inout SplitMix64) -> UInt64 {
    let mask = UInt64.max >> UInt64(64 - 8 * type.byteCount)
    guard case .floatingPoint(let exponentBits, let fractionBits) = type.kind else {
      return type == .boolean
        ? UInt64.random(in: 0...1, using: &random)
        : [0, 1, mask, mask / 2, mask / 2 + 1, random.next() & mask].randomElement(using: &random) ?? 0
    }
    let sign: UInt64 = 1 << UInt64(exponentBits + fractionBits)
    let infinity: UInt64 = (1 << UInt64(exponentBits) - 1) << UInt64(fractionBits)
    let one: UInt64 = (1 << UInt64(exponentBits - 1) - 1) << UInt64(fractionBits)
    let choices = [
      0, sign, one, sign | one, 1, sign | 1, infinity - 1, infinity, sign | infinity, infinity | 1,
      random.next() & mask, random.next() & mask, one ^ (random.next() & (1 << UInt64(fractionBits) - 1)),
    ]
    return choices.randomElement(using: &random) ?? 0
  }

  /// Runs of elements, most of them longer than a block, here and there with other values among them.
  private static func tensor(_ type: DataType, count: Int, _ random: inout SplitMix64) throws -> Tensor {
    var bytes: [UInt8] = []
    while bytes.count < count * type.byteCount {
      let length = [1, 100, 2048, 5000, 40_000].randomElement(using: &random) ?? 1
      var run = [UInt8](repeating: 0, count: length * type.byteCount)
      let element = RepeatedElement(bits: bits(type, &random), byteCount: type.byteCount)
      run.withUnsafeMutableBytes { element.fill($0) }
      bytes += run
    }
    bytes.removeLast(bytes.count - count * type.byteCount)
    return try Tensor(TensorDescription(name: "w", dataType: type, shape: [count]), bytes: bytes)
  }

  @Test(arguments: DataType.allCases)
  func statisticsOfRunsAreThoseOfTheirElementsHoweverTheyAreCut(type: DataType) throws {
    var random = SplitMix64(seed: UInt64(type.byteCount) + 7)
    // More than one piece of a megabyte.
    let tensor = try Self.tensor(type, count: 1_300_001 / type.byteCount, &random)
    let expected = try TensorStatistics(of: tensor, threads: 1)
    for elements in [3000, 2048, 131_072, 200_000] {
      let source = try CutSource([tensor], pieceSize: elements * type.byteCount)
      #expect(try TensorStatistics(of: tensor.description, in: source, threads: 2) == expected)
    }
    let source = try CutSource([tensor], pieceSize: 20_000 * type.byteCount)
    var passes = StatisticsPasses(bins: 32, threads: 1, decodedSize: 0)
    let pieces = try TensorPieces.open([tensor.description], in: source, threads: 1)
    #expect(try passes.statistics(of: pieces) == [expected])
  }

  @Test(arguments: DataType.allCases)
  func differencesOfRunsAreThoseOfTheirElements(type: DataType) throws {
    var random = SplitMix64(seed: UInt64(type.byteCount) + 70)
    let (left, right) = (try Self.tensor(type, count: 30_001, &random), try Self.tensor(type, count: 30_001, &random))
    for elements in [3000, 20_000] {
      func source(_ tensor: Tensor, _ knowsRepetitions: Bool) throws -> CutSource {
        try CutSource([tensor], pieceSize: elements * type.byteCount, knowsRepetitions: knowsRepetitions)
      }
      for tolerance in [Tolerance.none, Tolerance(absolute: 0.5, relative: 0.1)] {
        let expected = try ModelDifference(source(left, false), source(right, false), tolerance: tolerance)
        let found = try ModelDifference(source(left, true), source(right, true), tolerance: tolerance)
        // NaN differs from itself.
        #expect(String(describing: found) == String(describing: expected))
        let half = try ModelDifference(source(left, true), source(right, false), tolerance: tolerance)
        #expect(String(describing: half) == String(describing: expected))
      }
    }
  }

  @Test func whatIsRepeatedIsNotRead() throws {
    let count = 100_000
    let values = [Float](repeating: 0.1, count: count) + [Float](repeating: .nan, count: count)
    let tensor = try Tensor(name: "w", shape: [values.count], values: values)
    let source = try CutSource([tensor], pieceSize: 4 * count)
    #expect(try ModelDifference(source, source).isSame)
    #expect(source.errors().isEmpty)
    // Where one run ends and the other begins within a block, that block is read, and the last one, which is not whole.
    _ = try TensorStatistics(of: tensor.description, in: source)
    #expect(source.readCount <= 6 * 2 * 4 * ElementBlocks.size)
    let whole = try Tensor(name: "w", shape: [1 << 17], values: [Float](repeating: 0.1, count: 1 << 17))
    let constant = try CutSource([whole], pieceSize: 1 << 16)
    _ = try TensorStatistics(of: whole.description, in: constant)
    #expect(try ModelDifference(constant, constant).isSame)
    #expect(constant.readCount == 0)
  }

  /// A model whose tensor is decoded into a piece of several megabytes is read once for all of its parts.
  @Test func aLargePieceIsReadOnceForEachWalk() throws {
    var random = SplitMix64(seed: 3)
    let values = (0..<600_000).map { _ in Float.random(in: -1...1, using: &random) }
    let tensor = try Tensor(name: "w", shape: [values.count], values: values)
    let source = try CutSource([tensor], pieceSize: 1 << 23)
    _ = try TensorStatistics(of: tensor.description, in: source)
    #expect(source.readCount == tensor.bytes.count)
  }
}

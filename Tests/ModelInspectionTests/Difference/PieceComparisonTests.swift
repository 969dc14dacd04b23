import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

struct PieceComparisonTests {
  private func random(_ count: Int, seed: UInt64) -> [Float] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
  }

  private func difference(
    _ left: Tensor, _ right: Tensor, _ tolerance: Tolerance = .none, threads: Int? = nil,
    compression: Compression = .default
  ) throws -> ValueDifference {
    let other = try Model(topology: nil, tensors: [right]).encoded(compression: compression)
    let tensors = try ModelDifference(
      reader([left]), ModelReader(bytes: other), tolerance: tolerance, threads: threads
    ).tensors
    return try #require(tensors.first?.values)
  }

  @Test func theSameForAnyNumberOfThreadsAndAnyStorage() throws {
    let values = random(300_001, seed: 1)
    var changed = values
    for index in stride(from: 5, to: values.count, by: 3) { changed[index] *= 1.001 }
    changed[150_000] = .nan
    changed[300_000] = .infinity
    let left = try Tensor(name: "w", shape: [values.count], values: values)
    let right = try Tensor(name: "w", shape: [values.count], values: changed)
    let expected = try difference(left, right, threads: 1)
    #expect(expected.nonFinite == 2 && expected.place?.index == [300_000])
    for threads in [2, 5] { #expect(try difference(left, right, threads: threads) == expected) }
    for compression in [Compression.none] {
      #expect(try difference(left, right, threads: 2, compression: compression) == expected)
    }
  }

  @Test(arguments: [1, 140_001])
  func typesOfDifferentSizesAreReadInStep(count: Int) throws {
    let values = random(count, seed: 2)
    var doubles = values.map { Double($0) }
    let single = try Tensor(name: "w", shape: [count], values: values)
    #expect(try difference(single, tensor(doubles)).differing == 0)
    doubles[count - 1] += 0.5
    for (left, right) in [(single, try tensor(doubles)), (try tensor(doubles), single)] {
      let difference = try difference(left, right)
      #expect(difference.count == count && difference.differing == 1)
      #expect(difference.maximumAbsoluteDifference == 0.5)
      #expect(difference.place?.index == [count - 1])
    }
  }

  @Test(arguments: [Tolerance.none, Tolerance(absolute: 1e-3, relative: 1e-3)])
  func againstAllPairsOneByOne(tolerance: Tolerance) throws {
    let left = random(270_001, seed: 3)
    var generator = SplitMix64(seed: 4)
    let right = left.map { $0 * Float.random(in: 0.99...1.01, using: &generator) }
    let difference = try difference(
      Tensor(name: "w", shape: [left.count], values: left), Tensor(name: "w", shape: [left.count], values: right),
      tolerance)
    let distances = zip(left, right).map { (Double($0) - Double($1)).magnitude }
    let largest = try #require(distances.max())
    #expect(difference.maximumAbsoluteDifference == largest)
    #expect(difference.place?.index == [try #require(distances.firstIndex(of: largest))])
    #expect(
      difference.differing == zip(left, right).count { !tolerance.accepts(Double($0), Double($1)) })
    let ratio = (distances.reduce(0) { $0 + $1 * $1 } / left.reduce(0) { $0 + Double($1) * Double($1) }).squareRoot()
    #expect(agree(difference.relativeL2, ratio, within: 1e-10))
    // The bits of two numbers of the same sign, none of which is 0.
    let steps = zip(left, right).map { Int($0.bitPattern).distance(to: Int($1.bitPattern)).magnitude }
    #expect(difference.maximumUnitsInLastPlace == steps.max().map { UInt64($0) })
  }

  @Test func aNaNInOnePieceNamesThePlaceOnlyUntilALaterPieceHasAPairWithASize() throws {
    let values = [Float](repeating: 1, count: 530_000)
    var changed = values
    changed[10] = .nan
    changed[529_999] = .nan
    let left = try Tensor(name: "w", shape: [values.count], values: values)
    let alone = try difference(left, Tensor(name: "w", shape: [values.count], values: changed))
    #expect(alone.maximumAbsoluteDifference.isNaN && alone.place?.index == [10])
    changed[300_000] = 2
    changed[529_998] = 0
    let beside = try difference(left, Tensor(name: "w", shape: [values.count], values: changed))
    #expect(beside.maximumAbsoluteDifference == 1 && beside.place?.index == [300_000])
    #expect(beside.differing == 4 && beside.nonFinite == 2)
  }

  /// Of several errors the one of the first tensor counts, whatever the number of threads.
  @Test func ofSeveralErrorsTheOneOfTheFirstTensorCounts() throws {
    let values = random(1000, seed: 5)
    let tensors = try ["a", "b"].map { try Tensor(name: $0, shape: [values.count], values: values) }
    var bytes = try Model(topology: nil, tensors: tensors).encoded()
    bytes[bytes.count / 4] ^= 1
    bytes[bytes.count / 4 * 3] ^= 1
    let (damaged, whole) = (try ModelReader(bytes: bytes), try reader(tensors))
    for threads in [1, 3] {
      let error = #expect(throws: ModelFormatError.self) {
        try ModelDifference(damaged, whole, threads: threads)
      }
      #expect(error?.tensor == "a" && error?.code == .checksumMismatch)
      let second = #expect(throws: ModelFormatError.self) {
        try TensorStatistics.all(of: damaged.tensors, in: damaged, threads: threads)
      }
      #expect(second == error)
    }
  }
}

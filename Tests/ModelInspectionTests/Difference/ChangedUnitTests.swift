import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

/// Which units changed most.
struct ChangedUnitTests {
  private func values(
    _ left: Tensor, _ right: Tensor, topology: Topology? = nil, threads: Int? = nil
  ) throws -> ValueDifference {
    let difference = try ModelDifference(
      Model(topology: topology, tensors: [left]), Model(topology: topology, tensors: [right]), threads: threads)
    return try #require(difference.tensors[0].values)
  }

  @Test func `Units are told apart along the axis of the layer's output`() throws {
    let left = try tensor([1, 2, 2, 4, 3, 6], shape: [3, 2])
    let right = try tensor([1, 2, 2, 4, 3, 7], shape: [3, 2])
    let rows = try values(left, right)
    #expect(rows.unitAxis == 0)
    #expect(rows.changedUnits == [.init(index: 2, relativeL2: 1 / 45.0.squareRoot())])
    let topology = Topology(
      inputShape: [3],
      layers: [
        LayerDescription(
          kind: "affine", name: "affine1", outputShape: [2], attributes: ["outputs": 2],
          parameters: [.init(role: "weight", tensor: "w")])
      ])
    let columns = try values(left, right, topology: topology)
    #expect(columns.unitAxis == 1)
    #expect(columns.changedUnits == [.init(index: 1, relativeL2: 1 / 56.0.squareRoot())])
  }

  @Test func `The ten that changed most, a mismatch first, the lower index of equals first`() throws {
    var changed = (0..<20).map { Double($0 % 5) + 1 }
    changed[7] = .nan
    let difference = try values(tensor([Double](repeating: 1, count: 20)), tensor(changed))
    #expect(difference.changedUnits.map(\.index) == [7, 4, 9, 14, 19, 3, 8, 13, 18, 2])
    #expect(difference.changedUnits.map(\.relativeL2) == [nil, 4, 4, 4, 4, 3, 3, 3, 3, 2])
    let fromZero = try values(tensor([0, 1]), tensor([1e-3, 2]))
    #expect(fromZero.changedUnits == [.init(index: 0, relativeL2: .infinity), .init(index: 1, relativeL2: 1)])
  }

  @Test func `Too many units are not told apart`() throws {
    let count = UnitLayout.maximumUnits + 1
    let left = try tensor([Double](repeating: 1, count: count))
    #expect(try values(left, tensor([Double](repeating: 2, count: count))).unitAxis == nil)
    #expect(UnitLayout(shape: [2, 0], axis: 0) == nil && UnitLayout(shape: [], axis: 0) == nil)
    #expect(UnitLayout(shape: [2, 1 << 40], axis: 0) == nil)
    let integers = try values(tensor(.int32, [1, 2] as [Int32]), tensor(.int32, [1, 3] as [Int32]))
    #expect(integers.unitAxis == nil && integers.changedUnits.isEmpty)
  }

  /// Shapes of every kind, runs of equal values among them, cut in any way, on any number of threads.
  @Test(arguments: [[280, 1000], [3, 100_000], [100_000, 3], [10, 3, 9_000], [30_000, 9]])
  func `The bits are the same however tensors are cut and shared`(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    var random = SplitMix64(seed: UInt64(count))
    var left = (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
    var right = left.map { $0 * Float.random(in: 0.9...1.1, using: &random) }
    for (from, length, value) in [(1000, 30_000, Float(0)), (100_000, 90_000, 0.25)] {
      for index in from..<max(from, min(from + length, count)) { (left[index], right[index]) = (value, value * 2) }
    }
    right[count / 2] = 1e30
    let tensors = try [left, right].map { try Tensor(name: "w", shape: shape, values: $0) }
    func difference(_ sizes: [Int], _ knows: Bool, threads: Int) throws -> ModelDifference {
      let sources = try zip(tensors, sizes).map { try CutSource([$0], pieceSize: $1, knowsRepetitions: knows) }
      return try ModelDifference(sources[0], sources[1], threads: threads)
    }
    let expected = try difference([1 << 20, 1 << 20], false, threads: 1)
    for (sizes, threads) in [([1 << 13, 1 << 16], 2), ([1 << 21, 40_000], 5)] {
      #expect(try difference(sizes, true, threads: threads) == expected, "\(sizes)")
    }
  }
}

import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

/// What a comparison says first.
struct ConclusionTests {
  private func model(_ tensors: [Tensor], metadata: Attributes = [:]) throws -> ModelReader {
    try reader(tensors, metadata: metadata)
  }

  private func random(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
  }

  private func conclusions(
    _ left: [Tensor], _ right: [Tensor], _ tolerance: Tolerance = .none
  ) throws -> [DifferenceConclusion] {
    try ModelDifference(model(left), model(right), tolerance: tolerance).conclusions()
  }

  @Test func `The same model, and the same weights with other metadata`() throws {
    let tensors = [try tensor([1, 2], name: "a.weight")]
    #expect(try conclusions(tensors, tensors) == [.same])
    let difference = try ModelDifference(model(tensors), model(tensors, metadata: ["seed": 1]))
    #expect(difference.conclusions() == [.sameContent([.metadata], missing: [])])
  }

  @Test func `Only the layers whose tensors differ are named`() throws {
    let left = try ["a.weight", "a.bias", "b.weight", "c"].map { try tensor([1, 2], name: $0) }
    var right = left
    right[2] = try tensor([1, 2.5], name: "b.weight")
    #expect(try conclusions(left, right) == [.onlySomeLayers(["b"], of: 3)])
    let all = try ["a.weight", "a.bias", "b.weight", "c"].map { try tensor([1, 3], name: $0) }
    let ratio = 1 / 5.0.squareRoot()
    #expect(try conclusions(left, all) == [.allLayers(count: 3, relativeL2: ratio...ratio)])
  }

  @Test func `Differences within the tolerance are said to be that`() throws {
    #expect(
      try conclusions([tensor([1, 2])], [tensor([1, 2.25])], Tolerance(absolute: 0.25, relative: 0))
        == [.sameWithinTolerance])
  }

  @Test func `Rows and columns exchanged are recognised, in square matrices too`() throws {
    let values = (0..<6).map(Double.init)
    let exchanged: [Double] = [0, 3, 1, 4, 2, 5]
    let left = try tensor(values, shape: [2, 3])
    #expect(
      try conclusions([left], [tensor(exchanged, shape: [3, 2])]) == [.transposed(["w"])])
    let square = try conclusions([tensor([1, 2, 3, 4], shape: [2, 2])], [tensor([1, 3, 2, 4], shape: [2, 2])])
    #expect(square.first == .transposed(["w"]))
    var other = exchanged
    other[5] = 6
    #expect(
      try conclusions([left], [tensor(other, shape: [3, 2])])
        == [.otherTensors(onlyLeft: 0, onlyRight: 0, reshaped: 1)])
  }

  @Test func `Values rounded to a narrower type are recognised, whatever they are stored as`() throws {
    let values: [Float] = [1, 1 + 0x1p-11, 1 + 0x1p-11 + 0x1p-20, 70_000, -0x1p-25, 0x1.8p-24, 3.14159, 0]
    let half: [Float] = [1, 1, 1 + 0x1p-10, .infinity, -0, 0x1p-23, 3.140625, 0]
    let left = [try Tensor(name: "w", shape: [values.count], values: values)]
    #expect(
      try conclusions(left, [Tensor(name: "w", shape: [values.count], values: half)]).first == .rounded(to: .float16))
    var other = half
    other[1] = 1 + 0x1p-10
    let difference = try conclusions(left, [Tensor(name: "w", shape: [values.count], values: other)])
    #expect(!difference.contains(.rounded(to: .float16)))
    let brain = values.map { value in
      let bits = value.bitPattern
      return Float(bitPattern: ((bits &+ 0x7FFF &+ ((bits >> 16) & 1)) >> 16) << 16)
    }
    #expect(
      try conclusions(left, [Tensor(name: "w", shape: [values.count], values: brain)]).first == .rounded(to: .bfloat16))
  }

  @Test func `An update of low rank is said to be one`() throws {
    let (rows, columns) = (32, 24)
    let base = random(rows * columns, seed: 1)
    let (u, v) = (random(rows, seed: 2), random(columns, seed: 3))
    let changed = base.indices.map { base[$0] + u[$0 / columns] * v[$0 % columns] }
    let difference = try ModelDifference(
      model([tensor(base, shape: [rows, columns])]), model([tensor(changed, shape: [rows, columns])]))
    let spectrum = try #require(difference.tensors[0].values?.spectrum)
    #expect(spectrum.rank == 1 && agree(spectrum.stableRank, 1, within: 1e-12))
    let norms = (u.reduce(0) { $0 + $1 * $1 } * v.reduce(0) { $0 + $1 * $1 }).squareRoot()
    #expect(agree(spectrum.sigma1, norms, within: 1e-12))
    #expect(difference.conclusions().contains(.lowRankUpdate([.init(tensor: "w", spectrum: spectrum)])))
    let noise = random(rows * columns, seed: 4)
    let other = try ModelDifference(
      model([tensor(base, shape: [rows, columns])]), model([tensor(noise, shape: [rows, columns])]))
    #expect(other.tensors[0].values?.spectrum?.isLowRank == false)
    #expect(other.conclusions().count == 1)
  }

  @Test func `Another type differs without a tolerance, and with one its values are compared as numbers`() throws {
    let values: [Float] = [0.1, 0.2, 0.3, 0.4]
    let single = try Tensor(name: "w", shape: [4], values: values)
    let bits: [UInt16] = values.map { Float16($0).bitPattern.littleEndian }
    let half = try Tensor(
      TensorDescription(name: "w", dataType: .float16, shape: [4]), bytes: bits.withUnsafeBytes { Array($0) })
    #expect(!(try ModelDifference(model([single]), model([half])).isSame))
    #expect(
      try ModelDifference(model([single]), model([half]), tolerance: Tolerance(absolute: 1e-3, relative: 0)).isSame)
    #expect(
      !(try ModelDifference(model([single]), model([half]), tolerance: Tolerance(absolute: 1e-6, relative: 0)).isSame))
    #expect(try conclusions([single], [half]).first == .rounded(to: .float16))
  }

  @Test func `A filter compares the tensors that match, and nothing else`() throws {
    let left = try model([tensor([1], name: "a"), tensor([2], name: "b")], metadata: ["x": 1])
    let right = try model([tensor([1], name: "a"), tensor([3], name: "b")])
    let difference = try ModelDifference(left, right, filter: Glob("a"))
    #expect(difference.isSame && difference.tensors.map(\.name) == ["a"])
    #expect(!(try ModelDifference(left, right, filter: Glob("b")).isSame))
  }
}

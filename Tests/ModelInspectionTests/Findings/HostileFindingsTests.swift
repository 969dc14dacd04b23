import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

/// What files can say that no network has: nothing of it traps, and the work stays bounded.
struct HostileFindingsTests {
  private func findings(_ topology: Topology, _ tensors: [Tensor]) throws -> [Finding] {
    let model = try Model(topology: topology, tensors: tensors)
    return try ModelFindings.findings(
      of: model, statistics: TensorStatistics.all(of: model.contents.tensors, in: model))
  }

  private func affine(_ name: String, weight: String, bias: String = "b") -> LayerDescription {
    LayerDescription(
      kind: "affine", name: name, outputShape: [2], attributes: ["outputs": 2],
      parameters: [.init(role: "weight", tensor: weight), .init(role: "bias", tensor: bias)])
  }

  @Test func `Weights of other shapes than their kind has are passed over`() throws {
    for shape in [[], [4], [4, 0], [0, 4], [1, 2, 2], [2, 1, 2, 1]] {
      let count = shape.reduce(1, *)
      let weight = try tensor((0..<count).map { Double($0) }, shape: shape)
      let codes = try findings(Topology(inputShape: [4], layers: [affine("a", weight: "w")]), [weight]).map(\.code)
      #expect(codes == [], "\(shape)")
    }
  }

  @Test func `A bias of another length, and tensors that are not there, are passed over`() throws {
    let weight = try tensor([1, 0, 0, 2], shape: [2, 2])
    let topology = Topology(
      inputShape: [2],
      layers: [affine("a", weight: "w"), affine("b", weight: "nowhere"), affine("c", weight: "w", bias: "w")])
    #expect(try findings(topology, [weight, tensor([1, 2, 3], name: "b")]) == [])
  }

  @Test func `A tensor that a thousand layers share is looked at once`() throws {
    var values: [Double] = Oracle.numbers(400, salt: 1, scale: 8)
    for input in 0..<20 { values[input * 20 + 3] = 0 }
    let source = try CutSource([tensor(values, shape: [20, 20])], pieceSize: 400)
    let statistics = try TensorStatistics.all(of: source.contents.tensors, in: source)
    let before = source.readCount
    let layers = (0..<1000).map { affine("a\($0)", weight: "w", bias: "none") }
    let shared = try CutNetwork(source, Topology(inputShape: [20], layers: layers))
    let found = try ModelFindings.findings(of: shared, statistics: statistics)
    #expect(found.map(\.place) == ["layer a0"] && found.map(\.code) == [.deadUnits])
    #expect(source.readCount - before <= 3 * 3200)
  }

  @Test func `Duplicates are found among numbers that can hardly be squared`() throws {
    for scale in [0x1p-1060, 0x1p-600, 1, 0x1p600, 0x1p1000] {
      var random = SplitMix64(seed: 2)
      var values = (0..<20 * 6).map { _ in Double.random(in: -1...1, using: &random) * scale }
      for input in 0..<20 { values[input * 6 + 5] = values[input * 6 + 1] }
      let found = try findings(
        Topology(inputShape: [20], layers: [affine("a", weight: "w")]), [tensor(values, shape: [20, 6])])
      #expect(found.map(\.code) == [.duplicateUnits] && found.first?.evidence["indices"] == [5], "\(scale)")
    }
  }

  @Test func `Units that are all the same are each a duplicate of the first`() throws {
    let units = 3000
    let values = (0..<20 * units).map { Double($0 / units + 1) }
    let found = try findings(
      Topology(inputShape: [20], layers: [affine("a", weight: "w")]), [tensor(values, shape: [20, units])])
    #expect(found.map(\.code) == [.duplicateUnits] && found[0].evidence["count"] == 2999)
    #expect(found[0].evidence["indices"] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    #expect(found[0].evidence["originals"] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test func `Every one of a hundred near duplicates at the threshold is found`() throws {
    // Unit 100 + k is unit k turned by 0.0139: cosine 0.999903.
    let (inputs, pairs) = (40, 100)
    var random = SplitMix64(seed: 9)
    var values = (0..<inputs * 2 * pairs).map { _ in Double.random(in: -1...1, using: &random) }
    for pair in 0..<pairs {
      func at(_ input: Int, _ unit: Int) -> Int { input * 2 * pairs + unit }
      let original = (0..<inputs).map { values[at($0, pair)] }
      let other = (0..<inputs).map { _ in Double.random(in: -1...1, using: &random) }
      let share = zip(original, other).reduce(0) { $0 + $1.0 * $1.1 } / original.reduce(0) { $0 + $1 * $1 }
      let across = zip(original, other).map { $1 - share * $0 }
      let ratio = (original.reduce(0) { $0 + $1 * $1 } / across.reduce(0) { $0 + $1 * $1 }).squareRoot()
      for input in 0..<inputs { values[at(input, pairs + pair)] = original[input] + 0.0139 * ratio * across[input] }
    }
    let found = try findings(
      Topology(inputShape: [inputs], layers: [affine("a", weight: "w")]),
      [tensor(values, shape: [inputs, 2 * pairs])])
    #expect(found.map(\.code) == [.duplicateUnits] && found[0].evidence["count"] == 100)
  }
}

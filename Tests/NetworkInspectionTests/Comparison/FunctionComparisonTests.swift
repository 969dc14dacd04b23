import Foundation
import NeuralNetwork
import Testing

@testable import NetworkInspection

struct FunctionComparisonTests {
  /// The comparison of two networks on samples that come in pieces of a size.
  private func difference(
    _ left: Network<Float>, _ right: Network<Float>, _ samples: Matrix<Float>, labels: [Int]? = nil,
    areClasses: Bool = true, pieces: Int = 64, threads: Int = 1
  ) throws -> FunctionDifference {
    var comparison = try FunctionComparison(left, right, areClasses: areClasses, threads: threads)
    for start in stride(from: 0, to: samples.rows, by: pieces) {
      let range = start..<min(start + pieces, samples.rows)
      let inputs = try rows(range, of: samples)
      try comparison.add(left: inputs, right: inputs, labels: labels.map { Array($0[range]) })
    }
    return comparison.finish()
  }

  @Test func `Agreement, divergence, logits, flips and layers are those of NumPy and SciPy`() throws {
    let oracle = try InspectionOracle.load().comparison
    let labels = (0..<700).map { $0 * 3 % 5 }
    let found = try difference(oracleNetwork(salt: 1), oracleNetwork(salt: 2), oracleInputs(), labels: labels)
    #expect(found.samples == 700)
    #expect(found.agreement == oracle.agreement)
    #expect((try #require(found.churn) - (1 - oracle.agreement)).magnitude < 1e-12)
    #expect((try #require(found.meanKL) - oracle.meanKL).magnitude < 1e-6)
    #expect((try #require(found.maximumLogitDifference) - oracle.maximumLogitDifference).magnitude < 1e-5)
    let truth = try #require(found.truth)
    #expect(truth.leftOnlyRight == oracle.leftOnlyRight && truth.rightOnlyRight == oracle.rightOnlyRight)
    #expect(truth.leftOnlyRight + truth.rightOnlyRight + truth.bothRight + truth.bothWrong == 700)
    #expect(truth.mcNemarP == 1)
    var flips = [Int](repeating: 0, count: 25)
    for flip in found.flips {
      flips[try #require(flip.left) * 5 + (try #require(flip.right))] = flip.count
      #expect(flip.indices.count == min(flip.count, 10) && flip.indices == flip.indices.sorted())
    }
    for (index, count) in oracle.flips.enumerated() where index % 6 != 0 { #expect(flips[index] == count) }
    #expect(found.flips.map(\.count) == found.flips.map(\.count).sorted(by: >))
    #expect(found.differing == found.flips.reduce(0) { $0 + $1.count } && found.indices.count == found.differing)
    for (layer, expected) in zip(found.layers, oracle.layers) {
      #expect((try #require(layer.relativeL2) - expected).magnitude < 1e-5)
    }
    #expect(found.firstDivergingLayer == "affine1")
  }

  @Test func `The result has the same bits for any pieces and any number of threads`() throws {
    let layers: [LayerSpecification] = [
      .affine(outputs: 300), .relu, .affine(outputs: 200), .tanh, .affine(outputs: 10), .softmax,
    ]
    let networks = try [1, 2].map { try randomNetwork([40], layers, seed: $0) }
    let samples = try randomSamples(1500, width: 40, in: -1...1, seed: 4)
    let labels = (0..<1500).map { $0 % 10 }
    let first = try difference(networks[0], networks[1], samples, labels: labels, pieces: 1500)
    #expect(first.indices.count == 1000 && first.differing > 1000)
    for (pieces, threads) in [(1, 1), (7, 2), (256, 3), (1499, 4)] {
      #expect(
        try difference(networks[0], networks[1], samples, labels: labels, pieces: pieces, threads: threads) == first)
    }
  }

  @Test func `A network and itself agree in everything`() throws {
    let network = try oracleNetwork(salt: 1)
    let found = try difference(network, network, oracleInputs())
    #expect(found.agreement == 1 && found.churn == 0 && found.meanKL == 0 && found.maximumLogitDifference == 0)
    #expect(found.flips.isEmpty && found.indices.isEmpty && found.truth == nil)
    #expect(found.layers.map(\.relativeL2) == [0, 0, 0, 0] && found.firstDivergingLayer == nil)
  }

  @Test func `A change in the last layer alone is where they part`() throws {
    let left = try oracleNetwork(salt: 1)
    var tensors: [String: [Float]] = [:]
    for entry in left.parameterEntries { tensors[entry.name] = left.values(of: entry.name) }
    tensors["affine2.bias"]?[0] += 0.5
    let found = try difference(left, network([6], left.layers, tensors), oracleInputs())
    #expect(found.firstDivergingLayer == "affine2")
    #expect(found.layers.prefix(2).map(\.relativeL2) == [0, 0])
    #expect(try #require(found.maximumLogitDifference) == 0.5)
  }

  @Test func `Labels say which is right, and a probability of 0 in binary32 keeps the divergence finite`() throws {
    func network(_ bias: [Float]) throws -> Network<Float> {
      try NetworkInspectionTests.network(
        [2], [.affine(outputs: 2), .softmax], ["affine1.weight": [1, 0, 0, 1], "affine1.bias": bias])
    }
    let samples = try Matrix<Float>([[1, 0], [0, 1], [3, 0], [0, 400]])
    let found = try difference(network([0, 0]), network([0, 2]), samples, labels: [0, 1, 1, 1])
    #expect(found.truth == FunctionDifference.Truth(leftOnlyRight: 1, rightOnlyRight: 0, bothRight: 2, bothWrong: 1))
    #expect(found.flips == [FunctionDifference.Flip(left: 0, right: 1, count: 1, indices: [0])])
    #expect(found.indices == [0] && found.agreement == 0.75 && found.truth?.mcNemarP == 1)
    // Logits (d, 0) against (d, 2): KL = σ(d)(d − …), summed by hand over d = 1, −1, 3, −400.
    func divergence(_ d: Double) -> Double {
      let (p, q) = (1 / (1 + exp(-d)), 1 / (1 + exp(2 - d)))
      return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))
    }
    let expected = ([1.0, -1, 3].map(divergence).reduce(0, +) + 0) / 4
    #expect((try #require(found.meanKL) - expected).magnitude < 1e-7)
    #expect(try #require(found.meanKL).isFinite && found.maximumLogitDifference == 2)
  }

  @Test func `One sigmoid output is two classes, and can be compared with a softmax of two`() throws {
    let left = try network([1], [.affine(outputs: 1), .sigmoid], ["affine1.weight": [1]])
    let right = try network(
      [1], [.affine(outputs: 2), .softmax], ["affine1.weight": [0, 1], "affine1.bias": [0, -1]])
    let found = try difference(left, right, Matrix(rows: 3, columns: 1, elements: [-2, 0.5, 2]))
    #expect(
      found.agreement == 2.0 / 3 && found.flips == [FunctionDifference.Flip(left: 1, right: 0, count: 1, indices: [1])])
    #expect(found.maximumLogitDifference == nil && found.maximumOutputDifference == nil)
    #expect(try #require(found.meanKL) > 0.05 && (try #require(found.meanKL)) < 0.2)
    let same = try difference(left, left, Matrix(rows: 3, columns: 1, elements: [-2, 0.5, 2]))
    #expect(same.meanKL == 0 && same.agreement == 1)
  }

  @Test func `Numbers have no classes: their differences are what is told`() throws {
    let layers: [LayerSpecification] = [.affine(outputs: 2), .identity]
    let left = try network([1], layers, ["affine1.weight": [1, 1]])
    let right = try network([1], layers, ["affine1.weight": [1, 1.5]])
    let samples = try Matrix<Float>(rows: 3, columns: 1, elements: [0, 1, -4])
    let found = try difference(left, right, samples, labels: [0, 1, 0])
    #expect(found.agreement == nil && found.churn == nil && found.truth == nil && found.meanKL == nil)
    #expect(found.flips.isEmpty && found.indices == [1, 2] && found.differing == 2)
    #expect(found.maximumOutputDifference == 2)
    #expect((try #require(found.rmsOutputDifference) - ((0.25 + 4) / 6).squareRoot()).magnitude < 1e-12)
    // A classifier whose outputs are not to be seen as classes is told the same of.
    let classifier = try oracleNetwork(salt: 1)
    #expect(try difference(classifier, classifier, oracleInputs(), areClasses: false).agreement == nil)
  }

  @Test func `Outputs that are no numbers are no class, never right, and no distance`() throws {
    let left = try oracleNetwork(salt: 1)
    var tensors: [String: [Float]] = [:]
    for entry in left.parameterEntries { tensors[entry.name] = left.values(of: entry.name) }
    tensors["affine2.weight"]?[0] = .nan
    let right = try network([6], left.layers, tensors)
    let found = try difference(left, right, oracleInputs(), labels: Array(repeating: 0, count: 700))
    #expect(found.agreement == 0 && found.flips.allSatisfy { $0.right == nil })
    #expect(found.meanKL == nil && found.maximumLogitDifference == nil && found.maximumOutputDifference == nil)
    #expect(found.truth?.rightOnlyRight == 0 && found.truth?.bothRight == 0)
    #expect(found.layers.map { $0.relativeL2 == nil } == [false, false, true, true])
    #expect(found.firstDivergingLayer == "affine2")
    // Equal bits are no difference, whatever they stand for.
    #expect(try difference(right, right, oracleInputs()).firstDivergingLayer == nil)
  }

  @Test func `Layers correspond by name, then by place, and by shape always`() throws {
    func architecture(_ layers: [LayerSpecification]) throws -> Architecture<Float> {
      try Architecture(inputShape: [4], layers: layers)
    }
    let left = try architecture([.affine(outputs: 3), .relu, .affine(outputs: 3), .relu, .affine(outputs: 2)])
    let right = try architecture([.affine(outputs: 3), .tanh, .affine(outputs: 5), .affine(outputs: 2)])
    func pairs(_ leftNames: [String]?, _ rightNames: [String]?) -> [LayerPair] {
      LayerPair.pairs(
        left, LayerNames(leftNames, of: left), right, LayerNames(rightNames, of: right))
    }
    // affine2 has another width, and affine3 is in another place.
    #expect(
      pairs(nil, nil) == [
        LayerPair(left: 0, right: 0), LayerPair(left: 1, right: 1), LayerPair(left: 4, right: 3),
      ])
    #expect(
      pairs(["a", "b", "c", "d", "e"], ["x", "a", "y", "z"]) == [LayerPair(left: 0, right: 1)])
  }

  @Test func `What does not fit is an error that says what`() throws {
    let left = try oracleNetwork(salt: 1)
    let other = try network([6], [.affine(outputs: 4), .softmax])
    let error = #expect(throws: NetworkError.self) {
      try FunctionComparison(left, other, areClasses: true, threads: 1)
    }
    #expect(error?.description == "outputs: expected as many of the right network as of the left one, 5, found 4")
    var comparison = try FunctionComparison(left, left, areClasses: true, threads: 1)
    let inputs = try rows(0..<3, of: oracleInputs())
    #expect(throws: NetworkError.self) { try comparison.add(left: inputs, right: rows(0..<2, of: oracleInputs())) }
    #expect(throws: NetworkError.self) { try comparison.add(left: inputs, right: inputs, labels: [1]) }
    try comparison.add(left: inputs, right: inputs, labels: [1, 2, 3])
    #expect(throws: NetworkError.self) { try comparison.add(left: inputs, right: inputs) }
    #expect(comparison.finish().samples == 3)
    var empty = try FunctionComparison(left, left, areClasses: true, threads: 1)
    let nothing = empty.finish()
    #expect(nothing.samples == 0 && nothing.agreement == nil && nothing.meanKL == nil && nothing.churn == nil)
  }
}

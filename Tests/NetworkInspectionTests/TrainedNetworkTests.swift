import ModelFormat
import ModelInspection
import NeuralNetwork
import Testing

@testable import NetworkInspection

/// What is found of networks that have learned something.
struct TrainedNetworkTests {
  private static let healthy: [([Int], [LayerSpecification])] = [
    ([64], [.affine(outputs: 30), .relu, .affine(outputs: 10), .softmax]),
    ([64], [.affine(outputs: 30), .relu, .affine(outputs: 20), .relu, .affine(outputs: 10), .softmax]),
    ([64], [.affine(outputs: 30), .sigmoid, .affine(outputs: 10), .softmax]),
    ([64], [.affine(outputs: 30), .tanh, .dropout(rate: 0.1), .affine(outputs: 10), .softmax]),
    ([64], [.affine(outputs: 30), .batchNormalization(), .relu, .affine(outputs: 10), .softmax]),
    ([64], [.affine(outputs: 30), .gelu, .affine(outputs: 10), .softmax]),
    ([64], [.affine(outputs: 30), .silu, .affine(outputs: 10), .softmax]),
    ([64], [.affine(outputs: 30), .leakyReLU(), .affine(outputs: 10), .softmax]),
    ([64], [.affine(outputs: 30), .elu(), .affine(outputs: 20), .softplus, .affine(outputs: 10), .softmax]),
    (
      [8, 8],
      [
        .convolution(filters: 6, kernelSize: 3), .batchNormalization(), .relu, .maximumPooling(size: 2), .flatten,
        .affine(outputs: 10), .softmax,
      ]
    ),
  ]

  @Test(arguments: healthy.indices)
  func
    `A healthy network gives no warning, and on samples of ten patterns none but of a few units that none of them needs`(
      _ index: Int
    ) throws
  {
    let (shape, layers) = Self.healthy[index]
    let network = try trainedNetwork(shape, layers, seed: UInt64(index + 1))
    let (inputs, labels) = try patternImages(300, seed: 99)
    #expect(
      try network.evaluate(Dataset(inputs: inputs, targets: .labels(labels, classes: 10)), loss: .crossEntropy).accuracy
        ?? 0 > 0.9)
    #expect(RangeFindings.findings(network, inputs: -0.5...0.5).isEmpty)
    var survey = try ActivationSurvey(network, threads: 2)
    try survey.add(inputs)
    let warnings = survey.finish().findings.filter { $0.severity != .note }
    #expect(
      warnings.allSatisfy { $0.code == .neverFires && $0.evidence["count"] == 1 } && warnings.count < 2, "\(warnings)")
  }

  @Test func `Planted faults in a trained network are found, each in its place`() throws {
    let network = try trainedNetwork(Self.healthy[1].0, Self.healthy[1].1, seed: 3)
    var tensors: [String: [Float]] = [:]
    for entry in network.parameterEntries { tensors[entry.name] = network.values(of: entry.name) }
    // 64 weights can add no more than their sum to a sample: this bias is below it.
    tensors["affine1.bias"]?[7] = -100
    tensors["affine2.bias"]?[11] = -1e6
    let planted = try NetworkInspectionTests.network(network.inputShape, network.layers, tensors)
    let findings = RangeFindings.findings(planted, inputs: -0.5...0.5)
    #expect(findings.map(\.place) == ["layer relu1", "layer relu2"])
    #expect(findings.map { $0.evidence["indices"] } == [[7], [11]])
    #expect(findings.allSatisfy { $0.code == .neverFires && $0.severity == .warning })
  }

  @Test func `Comparing a trained network with one of another seed says who is right where they differ`() throws {
    let networks = try [1, 2].map { try trainedNetwork(Self.healthy[0].0, Self.healthy[0].1, seed: $0) }
    let (inputs, labels) = try patternImages(300, seed: 98)
    var comparison = try FunctionComparison(networks[0], networks[1], areClasses: true, threads: 2)
    try comparison.add(left: inputs, right: inputs, labels: labels)
    let found = comparison.finish()
    let accuracies = try networks.map {
      try $0.evaluate(Dataset(inputs: inputs, targets: .labels(labels, classes: 10)), loss: .crossEntropy).accuracy
    }
    let truth = try #require(found.truth)
    #expect(Double(truth.bothRight + truth.leftOnlyRight) / 300 == accuracies[0])
    #expect(Double(truth.bothRight + truth.rightOnlyRight) / 300 == accuracies[1])
    #expect(try #require(found.agreement) > 0.9 && found.firstDivergingLayer == "affine1")
  }
}

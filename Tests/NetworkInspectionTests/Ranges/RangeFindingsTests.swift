import LayerKinds
import ModelFormat
import ModelInspection
import NeuralNetwork
import Testing

@testable import NetworkInspection

struct RangeFindingsTests {
  @Test func `Bounds are of use for rectifiers and for what saturates, and for no network without either`() {
    #expect(
      LayerKind.allCases.filter { RangeFindings.concern($0) } == [
        .relu, .leakyrelu, .gelu, .silu, .elu, .softplus, .sigmoid, .tanh,
      ])
    #expect(!RangeFindings.concern(nil))
  }

  @Test func `Rectifiers that no input makes fire are found, with the bound that says so`() throws {
    let network = try network(
      [2], [.affine(outputs: 4), .relu, .affine(outputs: 1)],
      [
        // Sums: x − y − 1 is at most 0; −x − y; x + y − 3 is at most −1; x + y − 1 may be 1.
        "affine1.weight": [1, -1, 1, 1, -1, -1, 1, 1], "affine1.bias": [-1.5, 0, -3, -1],
      ])
    let findings = RangeFindings.findings(network, inputs: 0...1)
    let finding = try #require(findings.first)
    #expect(findings.count == 1 && finding.code == .neverFires && finding.severity == .warning)
    #expect(finding.place == "layer relu1")
    #expect(
      finding.message
        == "3 of 4 units never fire: for all inputs from 0 to 1, what comes in is at most 0 (0, 1, 2)")
    #expect(
      finding.evidence["indices"] == [0, 1, 2] && finding.evidence["count"] == 3 && finding.evidence["units"] == 4)
    #expect(finding.evidence["largest_upper_bound"] == .number(0))
    #expect(finding.evidence["input_minimum"] == .number(0) && finding.evidence["input_maximum"] == .number(1))
    // Of inputs down to −1 only x + y − 3 is known to stay below 0.
    #expect(RangeFindings.findings(network, inputs: -1...1).first?.evidence["indices"] == [2])
    #expect(RangeFindings.findings(network, inputs: nil).isEmpty)
  }

  @Test func `A unit that fires on one corner of the range alone is none of them`() throws {
    let weights: [Float] = (0..<784).map { _ in -1 }
    func findings(bias: Float) throws -> [Finding] {
      RangeFindings.findings(
        try network(
          [784], [.affine(outputs: 1), .relu], ["affine1.weight": weights, "affine1.bias": [bias]]), inputs: 0...1)
    }
    #expect(try findings(bias: 0).count == 1)
    #expect(try findings(bias: 1e-30).isEmpty)
  }

  @Test func `Channels of a convolution, and what is behind normalisation, are found by their channel`() throws {
    let network = try network(
      [6, 6],
      [.convolution(filters: 3, kernelSize: 3, padding: 1), .batchNormalization(), .maximumPooling(size: 2), .relu],
      [
        "conv1.weight": Array(repeating: 0.1, count: 27), "batchnorm1.weight": [1, -1, 1],
        // Sums lie from 0 to 0.9.
        "batchnorm1.running_mean": [0, 0, 1], "batchnorm1.bias": [0, -0.01, 0],
      ])
    let finding = try #require(RangeFindings.findings(network, inputs: 0...1, names: ["a", "b", "c", "d"]).first)
    #expect(finding.place == "layer d" && finding.evidence["layer"] == "d")
    #expect(finding.evidence["indices"] == [1, 2])
    #expect(finding.message.hasPrefix("2 of 3 channels never fire"))
  }

  @Test func `A dead layer makes what follows it constant, and that is found too`() throws {
    let network = try network(
      [2], [.affine(outputs: 2), .relu, .affine(outputs: 2), .leakyReLU(slope: 0.1), .affine(outputs: 1)],
      ["affine1.bias": [-1, -1], "affine2.weight": [1, 1, 1, 1], "affine2.bias": [-2, 2]])
    let findings = RangeFindings.findings(network, inputs: 0...1)
    #expect(findings.map(\.place) == ["layer relu1", "layer leakyrelu1"])
    #expect(findings.map { $0.evidence["indices"] } == [[0, 1], [0]])
  }

  @Test func `Sigmoid and tanh units at one end for all inputs are found`() throws {
    let network = try network(
      [1], [.affine(outputs: 4), .sigmoid, .affine(outputs: 3), .tanh],
      [
        "affine1.weight": [1, -1, 20, 0], "affine1.bias": [8.5, -8.5, -10, 7.9],
        "affine2.bias": [4.5, -4.5, 3.9],
      ])
    let findings = RangeFindings.findings(network, inputs: 0...1)
    #expect(findings.map(\.code) == [.saturatedUnits, .saturatedUnits])
    #expect(findings.map { $0.evidence["indices"] } == [[0, 1], [0, 1]])
    #expect(findings.map { $0.evidence["bound"] } == [.number(8), .number(4)])
  }

  @Test func `Trained networks' first weights find nothing`() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      var generator = RandomGenerator(seed: seed)
      let network = try Network<Float>(
        inputShape: [784],
        layers: [.affine(outputs: 50), .relu, .affine(outputs: 20), .sigmoid, .affine(outputs: 10), .softmax],
        initializer: .he, generator: &generator)
      #expect(RangeFindings.findings(network, inputs: 0...1).isEmpty)
      #expect(RangeFindings.findings(network, inputs: -1...1).isEmpty)
    }
  }

  @Test func `Bytes come in as the preparation has them`() {
    #expect(InputRange.ofBytes(Preprocessing(scale: 1 / 255, offset: 0)) == 0...1)
    #expect(InputRange.ofBytes(Preprocessing(scale: -2, offset: 10)) == -500...10)
    #expect(InputRange.ofBytes(.identity) == 0...255)
    #expect(InputRange.ofBytes(Preprocessing(scale: .nan, offset: 0)) == nil)
    #expect(InputRange.ofBytes(Preprocessing(scale: 1e38, offset: 0)) == nil)
  }
}

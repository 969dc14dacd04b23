import ModelFormat
import ModelInspection
import NeuralNetwork
import Testing

@testable import NetworkInspection

struct ActivationSurveyTests {
  /// What is found on samples that come in pieces of a size.
  private func report(
    _ network: Network<Float>, _ samples: Matrix<Float>, pieces: Int = 64, threads: Int = 1
  ) throws -> ActivationReport {
    var survey = try ActivationSurvey(network, threads: threads)
    for start in stride(from: 0, to: samples.rows, by: pieces) {
      try survey.add(rows(start..<min(start + pieces, samples.rows), of: samples))
    }
    return survey.finish()
  }

  @Test func `Mean, deviation and zeros of each layer are those of NumPy`() throws {
    let oracle = try InspectionOracle.load().comparison
    let report = try report(oracleNetwork(salt: 1), oracleInputs())
    #expect(report.samples == 700 && report.layers.map(\.name) == ["affine1", "relu1", "affine2", "softmax1"])
    for index in 0..<3 {
      #expect((report.layers[index].mean - oracle.means[index]).magnitude < 1e-6)
      #expect((report.layers[index].standardDeviation - oracle.deviations[index]).magnitude < 1e-6)
      #expect((report.layers[index].zeroFraction - oracle.zeros[index]).magnitude < 1e-12)
    }
  }

  @Test func `The report has the same bits for any pieces and any number of threads`() throws {
    let network = try randomNetwork(
      [40], [.affine(outputs: 300), .relu, .affine(outputs: 200), .tanh, .affine(outputs: 10), .softmax], seed: 3)
    let samples = try randomSamples(1500, width: 40, in: -1...1, seed: 4)
    let first = try report(network, samples, pieces: 1500)
    for (pieces, threads) in [(1, 1), (7, 2), (256, 3), (1499, 4), (1500, 2)] {
      let other = try report(network, samples, pieces: pieces, threads: threads)
      #expect(other.layers == first.layers && other.findings == first.findings)
    }
  }

  @Test func `Rectifiers that fire on no sample are found though others would make them fire`() throws {
    let network = try network(
      [2], [.affine(outputs: 3), .relu, .affine(outputs: 1)],
      ["affine1.weight": [1, 1, 1, 1, -1, 0], "affine1.bias": [-1.5, 0, 0]])
    let samples = try Matrix<Float>([[0, 0.5], [0.25, 1], [0, 0]])
    let report = try report(network, samples)
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1 && finding.code == .neverFires && finding.severity == .warning)
    // x + y − 1.5 and x − y are at most 0 on them; x is not.
    #expect(finding.evidence["indices"] == [0, 1] && finding.evidence["samples"] == 3)
    #expect(finding.message == "2 of 3 units fired on none of 3 samples (0, 1)")
    #expect(RangeFindings.findings(network, inputs: 0...1).isEmpty)
    #expect(report.layers[1].neverFired == [0, 1] && report.layers[0].neverFired == nil)
  }

  @Test func `Kinds that let negative values through get a note, and leaky ones without a slope a warning`() throws {
    for (layer, severity) in [
      (LayerSpecification.gelu, Finding.Severity.note), (.softplus, .note), (.leakyReLU(slope: 0.1), .note),
      (.leakyReLU(slope: 0), .warning), (.relu, .warning),
    ] {
      let network = try network([1], [.affine(outputs: 1), layer, .affine(outputs: 1)], ["affine1.bias": [-0.5]])
      let findings = try report(network, Matrix(rows: 2, columns: 1, elements: [0, 1])).findings
      #expect(findings.map(\.severity) == [severity] && findings.map(\.code) == [.neverFires])
    }
  }

  @Test func `Channels fire if one of their places does`() throws {
    let network = try network(
      [3, 3], [.convolution(filters: 2, kernelSize: 2), .relu, .flatten, .affine(outputs: 1)],
      ["conv1.weight": [1, 1, 1, 1, 1, 1, 1, 1], "conv1.bias": [-3.5, -4]])
    let report = try report(network, Matrix(rows: 1, columns: 9, elements: [1, 1, 0, 1, 1, 0, 0, 0, 0]))
    #expect(report.layers[1].neverFired == [1] && report.layers[1].units == 2)
  }

  @Test
  func `Units at their ends on 99 of 100 samples are found, on 98 they are not, and the last layer is left alone`()
    throws
  {
    let network = try network(
      [2], [.affine(outputs: 2), .sigmoid, .affine(outputs: 2), .tanh, .affine(outputs: 1), .sigmoid],
      [
        "affine1.weight": [10, 0, 0, 10], "affine2.weight": [0, 0, 0, 0], "affine2.bias": [5, -0.5],
        "affine3.bias": [20],
      ])
    let samples = try Matrix<Float>((0..<100).map { [$0 < 99 ? 1 : 0, $0 < 98 ? -1 : 0] })
    let report = try report(network, samples)
    #expect(report.findings.map(\.code) == [.saturatedUnits, .saturatedUnits])
    #expect(report.layers[1].saturated == [0] && report.layers[3].saturated == [0])
    #expect(report.layers[5].saturated == [0])
    #expect(report.findings[0].evidence["samples"] == 100)
  }

  @Test func `The first layer whose values are not finite is named, and nothing else is said of units`() throws {
    let network = try network(
      [1], [.affine(outputs: 2), .relu, .affine(outputs: 1)],
      ["affine1.weight": [.nan, 1], "affine2.weight": [1, 1]])
    let report = try report(network, Matrix(rows: 3, columns: 1, elements: [-1, -1, -1]))
    #expect(report.findings.map(\.code) == [.nonFinite] && report.findings.first?.place == "layer affine1")
    #expect(report.layers[0].nonFinite == 3 && report.layers[0].mean == -1)
  }

  @Test func `No samples give no layers, and samples of another width an error`() throws {
    let network = try randomNetwork([3], [.affine(outputs: 2), .relu], seed: 1)
    var survey = try ActivationSurvey(network, threads: 1)
    #expect(survey.finish().layers.isEmpty && survey.finish().findings.isEmpty)
    let error = #expect(throws: NetworkError.self) {
      try survey.add(DatasetInputs(Matrix(rows: 1, columns: 4, elements: [1, 2, 3, 4])))
    }
    #expect(error?.code == .countMismatch)
    #expect(throws: NetworkError.self) { try ActivationSurvey(network, threads: 0) }
  }

  @Test func `Bytes are scaled as they are for predictions`() throws {
    let network = try network([2], [.affine(outputs: 1), .identity], ["affine1.weight": [1, 1]])
    var survey = try ActivationSurvey(network, threads: 2)
    try survey.add(DatasetInputs(bytes: [0, 51, 255, 255], width: 2, scale: 1 / 255, offset: -0.5))
    let mean = try #require(survey.finish().layers.first).mean
    #expect((mean - 0.1).magnitude < 1e-6)
  }
}

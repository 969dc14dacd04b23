import TestSupport
import Testing

@testable import NeuralNetwork

/// Layers and losses against what PyTorch computes in double precision.
struct OracleTests {
  private static func network<Scalar>(
    _ oracle: LayerCase, statistics: [String: [Double]] = [:], _: Scalar.Type
  ) throws -> Network<Scalar> {
    let layers = try NetworkText(oracle.network).layers
    var parameters: [String: [Scalar]] = [:]
    let entries = try Architecture<Scalar>(inputShape: oracle.inputShape, layers: layers).parameterEntries
    for (index, entry) in entries.enumerated() {
      parameters[entry.name] = Oracle.numbers(entry.range.count, salt: index + 1, scale: 64)
    }
    for entry in try Architecture<Scalar>(inputShape: oracle.inputShape, layers: layers).runningStatisticsEntries {
      let start: Double = entry.role == "running_variance" ? 1 : 0
      parameters[entry.name] =
        (statistics[entry.name] ?? Array(repeating: start, count: entry.range.count)).map { Scalar($0) }
    }
    return try Network(inputShape: oracle.inputShape, layers: layers, parameters: parameters)
  }

  private static func data<Scalar: NetworkScalar>(
    _ oracle: LayerCase, outputs: Int, _: Scalar.Type
  ) throws -> Dataset<Scalar> {
    let width = oracle.inputShape.reduce(1, *)
    let inputs: [Scalar] = Oracle.numbers(LayerOracle.rows * width, salt: 0, scale: 32)
    let numbers: [Double] = Oracle.numbers(LayerOracle.rows * outputs, salt: 7, scale: 32)
    let targets: Targets<Scalar>
    switch oracle.loss {
    case "cross-entropy": targets = .labels((0..<LayerOracle.rows).map { $0 % outputs }, classes: outputs)
    case "binary-cross-entropy":
      let probabilities = numbers.map { Scalar(($0 + 50.0 / 32) / (100.0 / 32)) }
      targets = .values(try Matrix(rows: LayerOracle.rows, columns: outputs, elements: probabilities))
    default:
      targets = .values(try Matrix(rows: LayerOracle.rows, columns: outputs, elements: numbers.map { Scalar($0) }))
    }
    return try Dataset(
      inputs: DatasetInputs(Matrix(rows: LayerOracle.rows, columns: width, elements: inputs)), targets: targets)
  }

  private func check<Scalar: NetworkScalar>(
    _ oracle: LayerCase, threads: Int, within tolerance: Scalar, _: Scalar.Type
  ) throws {
    let network = try Self.network(oracle, Scalar.self)
    let loss = try #require(Loss(rawValue: oracle.loss))
    let data = try Self.data(oracle, outputs: network.outputShape.reduce(1, *), Scalar.self)
    let values = try oracle.values()
    func expected(_ name: String) throws -> [Scalar] { try #require(values[name]).map { Scalar($0) } }

    let width = oracle.inputShape.reduce(1, *)
    let inputs = try Matrix<Scalar>(
      rows: LayerOracle.rows, columns: width,
      elements: Oracle.numbers(LayerOracle.rows * width, salt: 0, scale: 32))
    let gradients = try network.lossAndGradients(inputs: inputs, targets: data.targets, loss: loss)
    #expect(isClose([Scalar(gradients.loss)], try expected("loss"), within: tolerance * 10))
    #expect(isClose(gradients.inputs.elements, try expected("inputs"), within: tolerance))
    for entry in network.parameterEntries {
      let gradient = try #require(gradients.values(of: entry.name))
      #expect(isClose(gradient, try expected(entry.name), within: tolerance * 10), "\(entry.name)")
    }

    // One step with a learning rate of 1 moves each parameter by its gradient, whoever has which rows.
    let trainer = try Trainer(
      network: network, training: data,
      configuration: TrainingConfiguration(
        loss: loss, learningRate: 1, batchSize: LayerOracle.rows, duration: .iterations(1), sampling: .sequential,
        seed: 1, threads: threads))
    #expect(try trainer.run() == .finished)
    let trained = trainer.network
    for entry in network.parameterEntries {
      let (before, after) = (network.values(of: entry.name), trained.values(of: entry.name))
      let change = zip(try #require(before), try #require(after)).map { $0 - $1 }
      #expect(isClose(change, try expected(entry.name), within: tolerance * 10), "\(entry.name)")
    }
    for entry in network.runningStatisticsEntries {
      let statistics = try #require(trained.values(of: entry.name))
      #expect(isClose(statistics, try expected(entry.name), within: tolerance), "\(entry.name)")
    }

    let settled = try Self.network(oracle, statistics: values, Scalar.self)
    let predictions = try settled.predict(data.inputs, threads: threads)
    #expect(isClose(predictions.elements, try expected("predictions"), within: tolerance * 10))
  }

  @Test(arguments: LayerOracle.cases, [1, 2, 4])
  func inDoublePrecisionEverythingIsThatOfPyTorch(oracle: LayerCase, threads: Int) throws {
    try check(oracle, threads: threads, within: 1e-13, Double.self)
  }

  @Test(arguments: LayerOracle.cases)
  func inSinglePrecisionEverythingIsThatOfPyTorch(oracle: LayerCase) throws {
    try check(oracle, threads: 2, within: 2e-6, Float.self)
  }

  @Test func everyNetworkOfTheScriptIsHere() throws {
    #expect(Set(try LayerOracle.values.get().keys) == Set(LayerOracle.cases.map(\.name)))
  }
}

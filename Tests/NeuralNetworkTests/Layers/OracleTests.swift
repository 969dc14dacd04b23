import Testing

@testable import NeuralNetwork

/// Layers and losses against what PyTorch computes in double precision.
struct OracleTests {
  /// The same as in Oracle/layers.py.
  private static func numbers(_ count: Int, salt: Int, scale: Double) -> [Double] {
    (0..<count).map { Double(($0 * 37 + salt * 53 + 11) % 101 - 50) / scale }
  }

  private static func network<Scalar>(
    _ oracle: OracleCase, statistics: [String: [Double]] = [:], _: Scalar.Type
  ) throws -> Network<Scalar> {
    let layers = try NetworkText(oracle.network).layers
    var parameters: [String: [Scalar]] = [:]
    let entries = try Network<Scalar>.parameterEntries(inputShape: oracle.inputShape, layers: layers)
    for (index, entry) in entries.enumerated() {
      parameters[entry.name] = numbers(entry.range.count, salt: index + 1, scale: 64).map { Scalar($0) }
    }
    for entry in try Network<Scalar>.runningStatisticsEntries(inputShape: oracle.inputShape, layers: layers) {
      let start: Double = entry.role == "running_variance" ? 1 : 0
      parameters[entry.name] =
        (statistics[entry.name] ?? Array(repeating: start, count: entry.range.count)).map { Scalar($0) }
    }
    return try Network(inputShape: oracle.inputShape, layers: layers, parameters: parameters)
  }

  private static func data<Scalar: NetworkScalar>(
    _ oracle: OracleCase, outputs: Int, _: Scalar.Type
  ) throws -> Dataset<Scalar> {
    let width = oracle.inputShape.reduce(1, *)
    let inputs = numbers(Oracle.rows * width, salt: 0, scale: 32).map { Scalar($0) }
    let numbers = numbers(Oracle.rows * outputs, salt: 7, scale: 32)
    let targets: Targets<Scalar>
    switch oracle.loss {
    case "cross-entropy": targets = .labels((0..<Oracle.rows).map { $0 % outputs }, classes: outputs)
    case "binary-cross-entropy":
      let probabilities = numbers.map { Scalar(($0 + 50.0 / 32) / (100.0 / 32)) }
      targets = .values(try Matrix(rows: Oracle.rows, columns: outputs, elements: probabilities))
    default:
      targets = .values(try Matrix(rows: Oracle.rows, columns: outputs, elements: numbers.map { Scalar($0) }))
    }
    return try Dataset(
      inputs: DatasetInputs(Matrix(rows: Oracle.rows, columns: width, elements: inputs)), targets: targets)
  }

  private func check<Scalar: NetworkScalar>(
    _ oracle: OracleCase, threads: Int, within tolerance: Scalar, _: Scalar.Type
  ) throws {
    let network = try Self.network(oracle, Scalar.self)
    let loss = try #require(Loss(rawValue: oracle.loss))
    let data = try Self.data(oracle, outputs: network.outputShape.reduce(1, *), Scalar.self)
    func expected(_ name: String) throws -> [Scalar] { try #require(oracle.values[name]).map { Scalar($0) } }

    let width = oracle.inputShape.reduce(1, *)
    let inputs = try Matrix(
      rows: Oracle.rows, columns: width,
      elements: Self.numbers(Oracle.rows * width, salt: 0, scale: 32).map { Scalar($0) })
    let gradients = try network.lossAndGradients(inputs: inputs, targets: data.targets, loss: loss)
    #expect(isClose([Scalar(gradients.loss)], try expected("loss"), within: tolerance * 10))
    #expect(isClose(gradients.inputs.elements, try expected("inputs"), within: tolerance))
    for entry in network.parameterEntries {
      let values = try #require(gradients.values(of: entry.name))
      #expect(isClose(values, try expected(entry.name), within: tolerance * 10), "\(entry.name)")
    }

    // One step with a learning rate of 1 moves each parameter by its gradient, whoever has which rows.
    let trainer = try Trainer(
      network: network, training: data,
      configuration: TrainingConfiguration(
        loss: loss, learningRate: 1, batchSize: Oracle.rows, duration: .iterations(1), sampling: .sequential,
        seed: 1, threads: threads))
    #expect(try trainer.run() == .finished)
    let trained = trainer.network
    for entry in network.parameterEntries {
      let (before, after) = (network.values(of: entry.name), trained.values(of: entry.name))
      let change = zip(try #require(before), try #require(after)).map { $0 - $1 }
      #expect(isClose(change, try expected(entry.name), within: tolerance * 10), "\(entry.name)")
    }
    for entry in network.runningStatisticsEntries {
      let values = try #require(trained.values(of: entry.name))
      #expect(isClose(values, try expected(entry.name), within: tolerance), "\(entry.name)")
    }

    let settled = try Self.network(oracle, statistics: oracle.values, Scalar.self)
    let predictions = try settled.predict(data.inputs, threads: threads)
    #expect(isClose(predictions.elements, try expected("predictions"), within: tolerance * 10))
  }

  @Test(arguments: Oracle.cases.indices, [1, 2, 4])
  func `double precision`(index: Int, threads: Int) throws {
    try check(Oracle.cases[index], threads: threads, within: 1e-13, Double.self)
  }

  @Test(arguments: Oracle.cases.indices)
  func `single precision`(index: Int) throws {
    try check(Oracle.cases[index], threads: 2, within: 2e-6, Float.self)
  }
}

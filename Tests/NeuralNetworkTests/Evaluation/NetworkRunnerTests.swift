import Testing

@testable import NeuralNetwork

struct NetworkRunnerTests {
  /// One piece after another, longer and shorter ones: the memory that stays changes nothing. All rows at once give the
  /// same but for the last digits, as products of other sizes are summed in another order.
  @Test(arguments: [1, 2, 3]) func piecesGiveWhatAllRowsGive(threads: Int) throws {
    let network = try randomNetwork(
      inputShape: [1, 6, 6],
      [.convolution(filters: 2, kernelSize: 3), .batchNormalization(), .relu, .affine(outputs: 3), .softmax])
    let inputs: Matrix<Double> = try randomMatrix(rows: 700, columns: 36, seed: 3)
    let labels = randomLabels(700, classes: 3, seed: 4)
    let whole = try network.predict(inputs)
    let runner = try NetworkRunner(network, threads: threads)
    for range in [0..<600, 600..<601, 601..<700] {
      let piece = try Matrix(range.map { Array(inputs.row($0)) })
      let outputs = try runner.predict(DatasetInputs(piece))
      let isSame = try outputs == network.predict(DatasetInputs(piece), threads: threads)
      #expect(isSame)
      #expect(isClose(outputs.elements, range.flatMap { Array(whole.row($0)) }, within: 1e-12))
      let dataset = try Dataset(inputs: DatasetInputs(piece), targets: .labels(Array(labels[range]), classes: 3))
      #expect(
        try runner.evaluate(dataset, loss: .crossEntropy)
          == network.evaluate(dataset, loss: .crossEntropy, threads: threads))
    }
  }

  @Test func aNetworkWithoutValuesRuns() throws {
    let network = try Network<Float>(inputShape: [2], layers: [.relu], parameters: [:])
    let runner = try NetworkRunner(network, threads: 2)
    #expect(try runner.predict(DatasetInputs(Matrix([[-1, 2]]))).elements == [0, 2])
  }

  @Test func rowsOfAnotherWidthAndNoThreadsAreRefused() throws {
    let network = try patternNetwork(Float.self)
    #expect(networkError { _ = try NetworkRunner(network, threads: 0) }?.place == "threads")
    let error = networkError { _ = try NetworkRunner(network, threads: 1).predict(DatasetInputs(Matrix([[1, 2]]))) }
    #expect(error?.code == .countMismatch)
  }
}

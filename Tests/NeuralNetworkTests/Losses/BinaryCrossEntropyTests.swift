import Testing

@testable import NeuralNetwork

struct BinaryCrossEntropyTests {
  /// A network that hands its inputs to the loss as logits.
  private func sigmoid<Scalar: NetworkScalar>(_ outputs: Int, _: Scalar.Type = Scalar.self) throws -> Network<Scalar> {
    try Network<Scalar>(inputShape: [outputs], layers: [.sigmoid], parameters: [:])
  }

  private func evaluate<Scalar: NetworkScalar>(
    _ logits: [[Scalar]], _ targets: Targets<Scalar>
  ) throws -> Evaluation {
    try sigmoid(logits[0].count, Scalar.self).evaluate(
      Dataset(inputs: DatasetInputs(Matrix(logits)), targets: targets), loss: .binaryCrossEntropy)
  }

  @Test func theLossIsThatOfWorkedNumbers() throws {
    // −log σ(2) and −log(1 − σ(−1)); Python: log1p(exp(-2)), log1p(exp(-1)).
    let evaluation = try evaluate([[2.0], [-1]], .labels([1, 0], classes: 2))
    #expect(abs(evaluation.loss - (0.1269280110429725 + 0.31326168751822286) / 2) < 1e-15)
    #expect(evaluation.accuracy == 1)
    // Several outputs are added up: log 2 for each output that knows nothing.
    let ignorant = try evaluate([[0.0, 0, 0]], .values(Matrix([[1, 0, 0.3]])))
    #expect(abs(ignorant.loss - 3 * 0.6931471805599453) < 1e-15)
  }

  @Test func noLogitIsTooLarge() throws {
    let right = try evaluate([[1000 as Float], [-1000]], .labels([1, 0], classes: 2))
    #expect(right.loss == 0)
    let wrong = try evaluate([[1000 as Float], [-1000]], .labels([0, 1], classes: 2))
    #expect(wrong.loss == 1000)
    #expect(wrong.accuracy == 0)
    let gradients = try sigmoid(1, Float.self).lossAndGradients(
      inputs: Matrix([[1000], [-1000]]), targets: .labels([0, 0], classes: 2), loss: .binaryCrossEntropy)
    #expect(gradients.inputs.elements == [0.5, 0])
  }

  @Test func aNaNIsSeen() throws {
    #expect(try evaluate([[Float.nan]], .labels([0], classes: 2)).loss.isNaN)
    #expect(try evaluate([[0, Double.nan]], .values(Matrix([[0, 0]]))).loss.isNaN)
  }

  @Test func labelsTheirOneHotRowsAndTheAnswersThatCountAsRight() throws {
    let logits: [[Double]] = [[0.5, -1, 2], [-1, 2, -3], [1, -2, -1], [-5, -4, -1]]
    let labels = try evaluate(logits, .labels([2, 1, 0, 0], classes: 3))
    let rows = try evaluate(logits, .values(Matrix([[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 0, 0]])))
    #expect(labels.loss == rows.loss)
    // The greatest output is at the label in three; all outputs are on the side of their target in two.
    #expect(labels.accuracy == 0.75)
    #expect(rows.accuracy == 0.5)
  }

  @Test func trainingSeparatesTwoClasses() throws {
    var generator = RandomGenerator(seed: 1)
    let points = (0..<200).map { _ in [Float(generator.normal()), Float(generator.normal())] }
    let data = try Dataset<Float>(
      inputs: DatasetInputs(Matrix(points)),
      targets: .labels(points.map { $0[0] * $0[1] > 0 ? 1 : 0 }, classes: 2))
    let network = try Network<Float>(
      inputShape: [2], layers: [.affine(outputs: 16), .tanh, .affine(outputs: 1), .sigmoid], initializer: .xavier,
      generator: &generator)
    let trainer = try Trainer(
      network: network, training: data,
      configuration: TrainingConfiguration(
        loss: .binaryCrossEntropy, learningRate: 0.5, batchSize: 20, duration: .epochs(60), seed: 1, threads: 2))
    #expect(try trainer.run() == .finished)
    let evaluation = try trainer.network.evaluate(data, loss: .binaryCrossEntropy)
    #expect(try #require(evaluation.accuracy) > 0.9)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let network = try sigmoid(2, Double.self)
    func code(_ network: Network<Double>, _ targets: Targets<Double>) -> NetworkError.Code? {
      networkError {
        _ = try network.evaluate(
          Dataset(
            inputs: DatasetInputs(Matrix([[Double](repeating: 0, count: network.inputShape[0])])), targets: targets),
          loss: .binaryCrossEntropy)
      }?.code
    }
    #expect(code(network, .values(try Matrix([[0, 1.5]]))) == .lossMismatch)
    #expect(code(network, .values(try Matrix([[-0.1, 1]]))) == .lossMismatch)
    #expect(code(network, .values(try Matrix([[0, .nan]]))) == .valueOutOfRange)
    #expect(code(network, .labels([2], classes: 3)) == .countMismatch)
    #expect(code(try sigmoid(1, Double.self), .labels([2], classes: 3)) == .countMismatch)
    let softmax = try Network<Double>(inputShape: [2], layers: [.softmax], parameters: [:])
    #expect(code(softmax, .labels([1], classes: 2)) == .lossMismatch)
    let squared = networkError {
      _ = try sigmoid(1, Double.self).evaluate(
        Dataset(inputs: DatasetInputs(Matrix([[0]])), targets: .labels([1], classes: 2)), loss: .squaredError)
    }
    #expect(squared?.code == .countMismatch)
  }
}

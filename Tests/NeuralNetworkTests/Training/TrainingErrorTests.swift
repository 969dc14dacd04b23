import NeuralNetwork
import Testing

struct TrainingErrorTests {
  @Test func settingsOutOfRangeAreRefusedByName() {
    func error(
      _ learningRate: Double = 0.1, _ batchSize: Int = 1, _ duration: TrainingDuration = .epochs(1),
      _ threads: Int = 1
    ) -> NetworkError? {
      networkError {
        _ = try TrainingConfiguration(
          learningRate: learningRate, batchSize: batchSize, duration: duration, seed: 0, threads: threads)
      }
    }
    #expect(error() == nil)
    for rate in [0, -0.1, .nan, .infinity] { #expect(error(rate)?.place == "learning rate") }
    for size in [0, -1, Int.max] { #expect(error(0.1, size)?.place == "batch size") }
    #expect(error(0.1, 1, .epochs(0))?.place == "epochs")
    #expect(error(0.1, 1, .iterations(.max))?.place == "iterations")
    for threads in [0, 257] { #expect(error(0.1, 1, .epochs(1), threads)?.place == "threads") }
  }

  @Test func lossNetworkAndTargetsMustFit() throws {
    let configuration = try TrainingConfiguration(seed: 1)
    let data: Dataset<Float> = try patternDataset(count: 5, seed: 1)
    var generator = RandomGenerator(seed: 1)
    func error(_ layers: [LayerSpecification], width: Int = 64, data: Dataset<Float>) -> NetworkError? {
      networkError {
        let network = try Network<Float>(
          inputShape: [width], layers: layers, initializer: .he, generator: &generator)
        _ = try Trainer(network: network, training: data, configuration: configuration)
      }
    }
    #expect(error([.affine(outputs: 10), .softmax], data: data) == nil)
    #expect(error([.affine(outputs: 10), .sigmoid], data: data)?.code == .lossMismatch)
    #expect(error([.affine(outputs: 9), .softmax], data: data)?.place == "targets")
    #expect(error([.affine(outputs: 10), .softmax], width: 63, data: data)?.place == "inputs")
    #expect(try error([.affine(outputs: 10), .softmax], data: data.subset([]))?.code == .countMismatch)
    let noDistribution = try Dataset<Float>(
      inputs: data.inputs, targets: .values(randomMatrix(rows: 5, columns: 10, seed: 2)))
    #expect(error([.affine(outputs: 10), .softmax], data: noDistribution)?.code == .lossMismatch)
  }

  @Test func dataForEvaluationMustFitToo() throws {
    let data: Dataset<Float> = try patternDataset(count: 5, seed: 1)
    let other = try Dataset<Float>(inputs: data.inputs, targets: .labels([0, 0, 0, 0, 0], classes: 4))
    let error = networkError {
      _ = try Trainer(
        network: patternNetwork(), training: data, validation: other,
        configuration: TrainingConfiguration(seed: 1))
    }
    #expect(error?.code == .countMismatch)
    #expect(error?.found == "4 classes or columns")
  }

  @Test func aBatchThatNeedsTooMuchMemoryIsRefusedBeforeMemoryIsTaken() throws {
    let network = try Network<Float>(
      inputShape: [1], layers: [.affine(outputs: 50_000)],
      parameters: [
        "affine1.weight": Array(repeating: 0, count: 50_000),
        "affine1.bias": Array(repeating: 0, count: 50_000),
      ])
    let data = try Dataset<Float>(
      inputs: DatasetInputs(Matrix([[1]])), targets: .labels([0], classes: 50_000))
    let error = networkError {
      _ = try Trainer(
        network: network, training: data,
        configuration: TrainingConfiguration(
          loss: .squaredError, batchSize: 1_000_000, sampling: .withReplacement, seed: 1))
    }
    #expect(error?.code == .tooLarge)
    #expect(error?.place == "batch size")
    #expect(error?.found == "200001 numbers for each of 1000000 samples")
  }
}

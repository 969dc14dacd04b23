import Testing
import Threads

@testable import NeuralNetwork

/// Dividing the first layer by inputs changes how the sums are computed, never what they are.
struct InputStageTests {
  private struct Setting: CustomTestStringConvertible {
    var name: String
    var optimizer = Optimizer.sgd
    var weightDecay = 0.0
    var clipping: GradientClipping?
    var testDescription: String { name }
  }

  private static let settings = [
    Setting(name: "sgd"),
    Setting(name: "sgd with weight decay", weightDecay: 0.1),
    Setting(name: "sgd clipped by norm", clipping: .norm(0.05)),
    Setting(name: "momentum clipped by value", optimizer: .momentum(), clipping: .value(0.001)),
    Setting(name: "rmsprop", optimizer: .rmsprop()),
    Setting(name: "adagrad", optimizer: .adagrad()),
    Setting(name: "adamw", optimizer: .adamw(), weightDecay: 0.1),
  ]

  /// The parameters after some steps, and the sums of losses.
  private func train(
    _ dataset: Dataset<Double>, _ setting: Setting, threads: Int, batchSize: Int, dividesInputs: Bool
  ) throws -> (parameters: [Double], losses: [Double]) {
    let network = try randomNetwork(
      inputShape: [256], [.affine(outputs: 40), .sigmoid, .affine(outputs: 4), .softmax])
    let values = ValueBuffers(network)
    let updater = ParameterUpdater(
      optimizer: setting.optimizer, weightDecay: setting.weightDecay, clipping: setting.clipping,
      parameters: values.parameters, entries: network.architecture.parameterEntries)
    let step = try DataParallelStep(
      architecture: network.architecture, head: network.lossHead(.crossEntropy, for: dataset), inputs: dataset.inputs,
      updater: updater, values: values, seed: 1, threads: threads, batchSize: batchSize,
      dividesInputs: dividesInputs)
    let pool = try WorkerPool(count: threads)
    let order = (0..<dataset.count).map { ($0 * 37) % dataset.count }
    var losses: [Double] = []
    for (iteration, start) in stride(from: 0, to: dataset.count, by: batchSize).enumerated() {
      order[start..<min(start + batchSize, dataset.count)].withUnsafeBufferPointer {
        losses.append(step.run($0, iteration: iteration, learningRate: 0.05, pool: pool).loss)
      }
    }
    return (values.parameters.elements, losses)
  }

  @Test(arguments: settings, [1, 2, 3])
  private func aDividedFirstLayerLearnsWhatAnUndividedOneLearns(setting: Setting, threads: Int) throws {
    // The last mini-batch has 3 samples, fewer than there may be workers.
    for batchSize in [1, 20, 111] {
      for dataset in [try marginImages(count: 223, seed: 5), try fullImages(count: 223), try images(of: 0, count: 223)]
      {
        let whole = try train(dataset, setting, threads: threads, batchSize: batchSize, dividesInputs: false)
        let divided = try train(dataset, setting, threads: threads, batchSize: batchSize, dividesInputs: true)
        #expect(isClose(divided.parameters, whole.parameters, within: 1e-9))
        #expect(isClose(divided.losses, whole.losses, within: 1e-9))
        // Once more, bit for bit.
        let again = try train(dataset, setting, threads: threads, batchSize: batchSize, dividesInputs: true)
        let isSame = again.parameters == divided.parameters
        #expect(isSame)
      }
    }
  }

  @Test func aLossThatIsNotFiniteChangesNothing() throws {
    let numbers = try Matrix<Double>(
      rows: 2, columns: 256, elements: (0..<512).map { $0 == 300 ? .nan : 1 })
    let dataset = try Dataset(inputs: DatasetInputs(numbers), targets: .labels([0, 1], classes: 4))
    let setting = Setting(name: "")
    let result = try train(dataset, setting, threads: 2, batchSize: 2, dividesInputs: true)
    #expect(result.losses.allSatisfy { !$0.isFinite })
    let network = try randomNetwork(
      inputShape: [256], [.affine(outputs: 40), .sigmoid, .affine(outputs: 4), .softmax])
    let isUnchanged = result.parameters == network.parameters
    #expect(isUnchanged)
  }

  @Test func eachInputHasOneWorkerAndWorkersHaveAlikeManyThatMatter() throws {
    let inputs = try marginImages(count: 300, seed: 6).inputs
    for workers in 1...16 {
      let division = InputDivision(of: inputs, workers: workers, batchSize: 50)
      #expect(division.leavesOutZeros)
      #expect(division.ranges.count == workers)
      #expect(division.ranges.flatMap { Array($0) } == Array(0..<256))
      #expect(division.ranges.allSatisfy { $0.count >= InputDivision.leastInputs })
      let active = division.ranges.map { $0.count { !isMargin($0) } }
      if workers <= 4 { #expect((active.max() ?? 0) - (active.min() ?? 0) <= 1) }
    }
    let full = InputDivision(of: try fullImages(count: 50).inputs, workers: 3, batchSize: 50)
    #expect(!full.leavesOutZeros)
    #expect(full.ranges == [0..<96, 96..<176, 176..<256])
  }

  /// Small layers, those of another kind, and those of large mini-batches stay whole.
  @Test func smallLayersThoseOfAnotherKind() throws {
    let dataset = try marginImages(count: 10, seed: 7)
    func isDivided(_ layers: [LayerSpecification], batchSize: Int = 5, workers: Int = 2) throws -> Bool {
      let plan = InputPlan(
        of: try Architecture<Double>(inputShape: [256], layers: layers), workers: workers, batchSize: batchSize)
      let stage = plan.makeStage(dataset.inputs)
      #expect(stage.parameterCount == plan.parameterCount)
      return stage.layerCount == 1
    }
    #expect(try isDivided([.affine(outputs: 32)]))
    #expect(try !isDivided([.affine(outputs: 31)]))
    #expect(try !isDivided([.relu, .affine(outputs: 40)]))
    #expect(try isDivided([.affine(outputs: 40)], batchSize: 256))
    #expect(try !isDivided([.affine(outputs: 40)], batchSize: 257))
    #expect(try isDivided([.affine(outputs: 40)], workers: 16))
    #expect(try !isDivided([.affine(outputs: 40)], workers: 17))
  }
}

/// Whether a pixel of `marginImages` is 0 in all images.
func isMargin(_ column: Int) -> Bool {
  let (row, column) = column.quotientAndRemainder(dividingBy: 16)
  return row < 4 || row >= 15 || column < 2 || column >= 12
}

/// Images of 16 × 16 bytes whose margins are zeros, in four classes.
func marginImages(count: Int, seed: UInt64) throws -> Dataset<Double> {
  var generator = RandomGenerator(seed: seed)
  let bytes = (0..<count * 256).map { index in
    isMargin(index % 256) || generator.next(below: 3) > 0 ? 0 : UInt8(1 + generator.next(below: 255))
  }
  return try Dataset(
    inputs: DatasetInputs(bytes: bytes, width: 256, scale: 1 / 255, offset: 0),
    targets: .labels(randomLabels(count, classes: 4, seed: seed), classes: 4))
}

/// Images of the same size without a 0.
private func fullImages(count: Int) throws -> Dataset<Double> {
  var generator = RandomGenerator(seed: 8)
  return try Dataset(
    inputs: DatasetInputs(
      bytes: (0..<count * 256).map { _ in UInt8(1 + generator.next(below: 255)) }, width: 256, scale: 1 / 255,
      offset: 0),
    targets: .labels(randomLabels(count, classes: 4, seed: 8), classes: 4))
}

/// Images of the same size that are all of one byte.
private func images(of byte: UInt8, count: Int) throws -> Dataset<Double> {
  try Dataset(
    inputs: DatasetInputs(bytes: [UInt8](repeating: byte, count: count * 256), width: 256, scale: 1 / 255, offset: 0),
    targets: .labels(randomLabels(count, classes: 4, seed: 9), classes: 4))
}

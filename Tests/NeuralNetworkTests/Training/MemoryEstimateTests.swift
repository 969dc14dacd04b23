import Testing

@testable import NeuralNetwork

struct MemoryEstimateTests {
  private let convolution: [LayerSpecification] = [
    .convolution(filters: 3, kernelSize: 3, padding: 1), .batchNormalization(), .relu, .maximumPooling(size: 2),
    .dropout(rate: 0.5), .affine(outputs: 5), .gelu, .affine(outputs: 4), .softmax,
  ]

  @Test(arguments: [1, 2, 7, 100])
  func aWorkspaceTakesAsManyNumbersAsWasSaid(capacity: Int) throws {
    for layers in [convolution, [.affine(outputs: 3)], [.flatten, .sigmoid, .affine(outputs: 9), .tanh]] {
      let architecture = try Architecture<Float>(inputShape: [2, 8, 8], layers: layers)
      for mode in [PassMode.training, .inference] {
        for hasInput in [true, false] {
          let layout = WorkspaceLayout(of: architecture, capacity: capacity, mode: mode, hasInput: hasInput)
          #expect(layout.elementCount == Double(Workspace<Float>(layout).elementCount))
        }
      }
    }
  }

  private func estimate(
    _ layers: [LayerSpecification] = [.affine(outputs: 1000)], optimizer: Optimizer = .sgd, patience: Int? = nil,
    batchSize: Int = 1, threads: Int = 1
  ) throws -> Int {
    try Trainer<Float>.memoryEstimate(
      Architecture(inputShape: [15], layers: layers), samples: 1000,
      configuration: TrainingConfiguration(
        optimizer: optimizer, batchSize: batchSize, patience: patience, seed: 0, threads: threads))
  }

  /// 16,000 parameters of 4 bytes.
  @Test func eachCopyOfTheParametersCounts() throws {
    let parameters = 64_000
    let base = try estimate()
    // The network, the values, the result and one set of gradients; and what an evaluation of 512 rows needs.
    let evaluation = 4 * 512 * (15 + 4 * 1000)
    #expect(base > 4 * parameters + evaluation && base < 5 * parameters + evaluation)
    #expect(try estimate(optimizer: .momentum()) == base + parameters)
    #expect(try estimate(optimizer: .adam()) == base + 2 * parameters)
    #expect(try estimate(patience: 3) == base + parameters)
    let more = try estimate(threads: 2) - base
    #expect(more > parameters + evaluation && more < 2 * parameters + evaluation)
    let rows = try estimate(batchSize: 1000) - base
    // Inputs and outputs, and twice the widest for gradients, and targets.
    #expect(rows >= 999 * 4 * (15 + 4 * 1000))
  }

  @Test func layersThatNoNetworkCanHaveAreRefused() {
    #expect(networkError { _ = try estimate([.affine(outputs: .max)]) }?.code == .tooLarge)
    #expect(networkError { _ = try estimate([.affine(outputs: 0)]) } != nil)
  }

  @Test func theMeanIsTheBestConstantAnswer() throws {
    let matrix: Matrix<Double> = try randomMatrix(rows: 50, columns: 3, seed: 4)
    func loss(shift: Double) throws -> Double {
      let means = (0..<3).map { column in (0..<50).reduce(0) { $0 + matrix[$1, column] } / 50 + shift }
      let outputs = try Matrix(rows: 50, columns: 3, elements: (0..<50).flatMap { _ in means })
      return try Loss.squaredError(outputs: outputs, targets: matrix)
    }
    let guessing = Loss.squaredErrorOfMean(.values(matrix))
    let (best, above, below) = (try loss(shift: 0), try loss(shift: 0.01), try loss(shift: -0.01))
    #expect(abs(guessing - best) < 1e-12)
    #expect(above > guessing && below > guessing)
    // Three of class 0, one of class 1: (1 − 9/16 − 1/16) / 2.
    #expect(abs(Loss.squaredErrorOfMean(Targets<Float>.labels([0, 0, 1, 0], classes: 3)) - 0.1875) < 1e-12)
    #expect(Loss.squaredErrorOfMean(Targets<Float>.labels([2, 2], classes: 3)) == 0)
    #expect(Loss.squaredErrorOfMean(Targets<Float>.labels([], classes: 3)) == 0)
  }

  @Test func aDeviationIsOneThatFloatCanHold() throws {
    var generator = RandomGenerator(seed: 1)
    for deviation in [1e39, 1e-60, -1, .nan, .infinity] {
      let error = networkError {
        _ = try Network<Double>(
          inputShape: [2], layers: [.affine(outputs: 2)], initializer: .normal(standardDeviation: deviation),
          generator: &generator)
      }
      #expect(error?.place == "initialiser", "\(deviation)")
    }
  }
}

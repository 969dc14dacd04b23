import NeuralNetwork
import Testing

struct LearningRateScheduleTests {
  @Test(arguments: OptimizerOracle.schedules) func theRatesAreThoseOfPyTorchsSchedulers(
    oracle: ScheduleCase
  ) throws {
    let schedule = try LearningRateSchedule(oracle.shape, warmUp: oracle.warmUp)
    let rates = (0..<OptimizerOracle.epochs * OptimizerOracle.iterationsPerEpoch).map { iteration in
      schedule.rate(
        base: 0.5, iteration: iteration, epoch: iteration / OptimizerOracle.iterationsPerEpoch,
        totalIterations: OptimizerOracle.epochs * OptimizerOracle.iterationsPerEpoch)
    }
    let expected = try oracle.rates()
    #expect(rates.count == expected.count)
    #expect(zip(rates, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func theTrainerFollowsTheScheduleAndItsRecordsSaySo() throws {
    // One sample and one weight with the constant gradient −1 · 1: each step adds the learning rate.
    let network = try Network<Double>(
      inputShape: [1], layers: [.affine(outputs: 1), .identity],
      parameters: ["affine1.weight": [0], "affine1.bias": [0]])
    let data = try Dataset<Double>(inputs: DatasetInputs(Matrix([[1]])), targets: .values(Matrix([[1e9]])))
    let schedule = try LearningRateSchedule(.step(every: 2, factor: 0.5), warmUp: 2)
    let trainer = try Trainer(
      network: network, training: data,
      configuration: TrainingConfiguration(
        loss: .squaredError, learningRate: 1e-3, schedule: schedule, clipping: .value(1), duration: .epochs(5),
        seed: 1))
    var rates: [Double] = []
    _ = try trainer.run(epochEnded: { rates.append($0.learningRate) })
    #expect(zip(rates, [0.5e-3, 1e-3, 0.5e-3, 0.5e-3, 0.25e-3]).allSatisfy { abs($0 - $1) < 1e-18 })
    #expect(rates.count == 5)
    #expect(abs(trainer.network.parameters[0] - 2.75e-3) < 1e-15)
  }

  @Test func theCosineEndsAtItsMinimumAndStaysThere() throws {
    let schedule = try LearningRateSchedule(.cosine(minimum: 0.01))
    func rate(_ iteration: Int) -> Double {
      schedule.rate(base: 0.1, iteration: iteration, epoch: 0, totalIterations: 10)
    }
    #expect(rate(0) == 0.1)
    #expect(abs(rate(5) - 0.055) < 1e-15)
    #expect(rate(10) == 0.01 && rate(1_000) == 0.01)
  }

  @Test func aWarmUpLongerThanTrainingDoesNotDivideByZero() throws {
    let schedule = try LearningRateSchedule(.cosine(minimum: 0), warmUp: 10)
    #expect(schedule.rate(base: 1, iteration: 3, epoch: 0, totalIterations: 5) == 0.4)
    #expect(schedule.rate(base: 1, iteration: 9, epoch: 0, totalIterations: 10) == 1)
  }

  @Test func numbersOutOfRangeAreRefused() {
    func isRefused(_ shape: LearningRateSchedule.Shape, warmUp: Int = 0) -> Bool {
      networkError { _ = try LearningRateSchedule(shape, warmUp: warmUp) }?.place == "learning rate schedule"
    }
    #expect(isRefused(.step(every: 0, factor: 0.5)))
    for factor in [0, -1, .nan, .infinity] {
      #expect(isRefused(.step(every: 1, factor: factor)))
      #expect(isRefused(.exponential(factor: factor)))
    }
    for minimum in [-1, .nan, .infinity] { #expect(isRefused(.cosine(minimum: minimum))) }
    #expect(isRefused(.constant, warmUp: -1))
    #expect(!isRefused(.cosine(minimum: 0), warmUp: 1))
  }

  @Test(arguments: [
    LearningRateSchedule.Shape.constant, .step(every: 3, factor: 0.1), .exponential(factor: 0.95),
    .cosine(minimum: 0), .cosine(minimum: 1e-5),
  ]) func aShapesTextReadsBack(shape: LearningRateSchedule.Shape) {
    #expect(LearningRateSchedule.Shape(text: "\(shape)") == shape)
  }

  @Test func textsThatAreNoScheduleAreRefused() {
    #expect(LearningRateSchedule.Shape(text: " step ( 10 , 0.5 ) ") == .step(every: 10, factor: 0.5))
    #expect(LearningRateSchedule.Shape(text: "cosine") == .cosine(minimum: 0))
    for text in [
      "", "linear", "step", "step()", "step(10)", "step(10,0.5", "step(10,0.5))", "step(10,0.5)x", "step(1.5,0.5)",
      "step(10,0.5,1)", "step(10,,0.5)", "exponential", "exponential(x)", "constant()", "constant(1)", "cosine()",
      "cosine(0)(1)", "(1)", "COSINE",
    ] {
      #expect(LearningRateSchedule.Shape(text: text) == nil, "\(text)")
    }
  }
}

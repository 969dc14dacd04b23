import NeuralNetwork
import TestSupport
import Testing

/// An optimiser of Tests/Oracles/optimizers.py, by its name there.
struct OptimizerCase: Sendable, CustomTestStringConvertible {
  let name: String
  let optimizer: Optimizer
  let learningRate: Double
  var weightDecay = 0.0
  var clipping: GradientClipping?

  var testDescription: String { name }

  /// What PyTorch makes of the parameters in ten steps.
  func steps() throws -> OptimizerOracle.Steps { try #require(OptimizerOracle.content.get().optimizers[name]) }
}

/// A schedule of Tests/Oracles/optimizers.py, by its name there.
struct ScheduleCase: Sendable, CustomTestStringConvertible {
  let name: String
  let shape: LearningRateSchedule.Shape
  var warmUp = 0

  var testDescription: String { name }

  /// PyTorch's learning rates from 0.5.
  func rates() throws -> [Double] { try #require(OptimizerOracle.content.get().schedules[name]) }
}

enum OptimizerOracle {
  struct Content: Decodable, Sendable {
    let optimizers: [String: Steps]
    let schedules: [String: [Double]]
  }

  struct Steps: Decodable, Sendable {
    /// The loss of each mini-batch.
    let losses: [Double]
    /// All parameters after the last step.
    let parameters: [Double]
  }

  static let samples = 8
  static let batchSize = 4
  static let iterations = 10
  static let epochs = 7
  static let iterationsPerEpoch = 3

  static let content = Result { try Oracle.recorded("optimizers.json") as Content }

  static let cases: [OptimizerCase] = [
    OptimizerCase(name: "sgd", optimizer: .sgd, learningRate: 0.5),
    OptimizerCase(name: "momentum", optimizer: .momentum(), learningRate: 0.1),
    OptimizerCase(
      name: "momentum 0.5 with weight decay", optimizer: .momentum(0.5), learningRate: 0.1, weightDecay: 0.25),
    OptimizerCase(name: "nesterov", optimizer: .nesterov(), learningRate: 0.1),
    OptimizerCase(name: "adagrad", optimizer: .adagrad(), learningRate: 0.1),
    OptimizerCase(name: "rmsprop", optimizer: .rmsprop(), learningRate: 0.01),
    OptimizerCase(
      name: "rmsprop with other settings", optimizer: .rmsprop(decay: 0.75, epsilon: 0.125), learningRate: 0.1,
      weightDecay: 0.5),
    OptimizerCase(name: "adam", optimizer: .adam(), learningRate: 0.05),
    OptimizerCase(name: "adam with weight decay", optimizer: .adam(), learningRate: 0.05, weightDecay: 0.25),
    OptimizerCase(
      name: "adam with other settings", optimizer: .adam(beta1: 0.5, beta2: 0.75, epsilon: 0.125), learningRate: 0.05),
    OptimizerCase(name: "adamw", optimizer: .adamw(), learningRate: 0.05, weightDecay: 0.01),
    OptimizerCase(name: "adamw with weight decay", optimizer: .adamw(), learningRate: 0.05, weightDecay: 0.5),
    OptimizerCase(name: "sgd with weight decay", optimizer: .sgd, learningRate: 0.5, weightDecay: 0.25),
    OptimizerCase(name: "sgd with clipping by norm", optimizer: .sgd, learningRate: 0.5, clipping: .norm(0.25)),
    OptimizerCase(
      name: "momentum with clipping by norm and weight decay", optimizer: .momentum(), learningRate: 0.1,
      weightDecay: 0.25, clipping: .norm(0.125)),
    OptimizerCase(name: "a limit that clips nothing", optimizer: .sgd, learningRate: 0.5, clipping: .norm(1000)),
    OptimizerCase(name: "sgd with clipping by value", optimizer: .sgd, learningRate: 0.5, clipping: .value(0.0625)),
    OptimizerCase(
      name: "adam with clipping by value", optimizer: .adam(), learningRate: 0.05, clipping: .value(0.0625)),
  ]

  static let schedules: [ScheduleCase] = [
    ScheduleCase(name: "constant", shape: .constant),
    ScheduleCase(name: "step", shape: .step(every: 2, factor: 0.5)),
    ScheduleCase(name: "exponential", shape: .exponential(factor: 0.75)),
    ScheduleCase(name: "cosine", shape: .cosine(minimum: 0)),
    ScheduleCase(name: "cosine with a minimum", shape: .cosine(minimum: 0.125)),
    ScheduleCase(name: "warm-up", shape: .constant, warmUp: 4),
    ScheduleCase(name: "warm-up and cosine with a minimum", shape: .cosine(minimum: 0.125), warmUp: 4),
  ]
}

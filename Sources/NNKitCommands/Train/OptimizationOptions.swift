import ArgumentParser
import NeuralNetwork

/// How gradients change the weights.
struct OptimizationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How gradients change the weights; sgd is mini-batch gradient descent without momentum.", valueName: "name"))
  var optimizer = Named(Optimizer.Name.sgd)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The step size η. (default: \(OptimizerTable.learningRates))", valueName: "x"))
  var learningRate: Double?

  @Option(
    help: ArgumentHelp(
      """
      How the learning rate changes: constant; step(10,0.5), halved every 10 epochs; exponential(0.95), multiplied by \
      0.95 every epoch; cosine or cosine(0.001), down to 0 or 0.001 over all mini-batches. (default: constant)
      """, valueName: "shape"), transform: ScheduleOption.init)
  var schedule: ScheduleOption?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Mini-batches, not epochs, at the start in which the learning rate rises evenly. (default: 0)", valueName: "n"))
  var warmUp: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The momentum μ of --optimizer \(OptimizerTable.names(with: "momentum", "and")), from 0 to below 1. (default: 0.9)",
      valueName: "x"))
  var momentum: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      λ of L2 regularisation, for weights but not for biases. adamw shrinks weights by ηλ instead. \
      (default: \(OptimizerTable.weightDecays))
      """, valueName: "x"))
  var weightDecay: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Scale gradients down to this norm over all parameters.", valueName: "x"))
  var clipNorm: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Keep each gradient between -x and x.", valueName: "x"))
  var clipValue: Double?

  func validate() throws {
    let name = optimizer.value
    if let momentum {
      guard OptimizerTable.has(name, "momentum") else {
        throw ValidationError(
          "--momentum goes with --optimizer \(OptimizerTable.names(with: "momentum", "or")), not with \(name.rawValue)")
      }
      guard momentum >= 0, momentum < 1 else {
        throw ValidationError("--momentum must be at least 0 and below 1, not \(momentum)")
      }
    }
    try requirePositive("--learning-rate", learningRate)
    try requirePositive("--clip-norm", clipNorm)
    try requirePositive("--clip-value", clipValue)
    if clipNorm != nil, clipValue != nil {
      throw ValidationError("give either --clip-norm or --clip-value, not both")
    }
    if let weightDecay, !(weightDecay >= 0 && Float(weightDecay).isFinite) {
      throw ValidationError("--weight-decay must be a number of at least 0 that Float can hold, not \(weightDecay)")
    }
    if case .cosine(let minimum) = schedule?.shape {
      let rate = learningRate ?? configuredOptimizer.defaultLearningRate
      guard minimum <= rate else {
        throw ValidationError(
          "--schedule cosine(\(minimum)) would raise the learning rate: give a minimum below the --learning-rate, \(rate)"
        )
      }
    }
    if let warmUp, !(0...Int(Int32.max)).contains(warmUp) {
      throw ValidationError("--warm-up must be in 0...\(Int32.max), not \(warmUp)")
    }
  }

  private func requirePositive(_ name: String, _ value: Double?) throws {
    guard let value else { return }
    guard Float(value).isFinite, Float(value) > 0 else {
      throw ValidationError("\(name) must be a number above 0 that Float can hold, not \(value)")
    }
  }

  /// The optimiser with its settings.
  var configuredOptimizer: Optimizer {
    Optimizer(optimizer.value).with { $0 == "momentum" ? momentum : nil }
  }

  /// The schedule with its warm-up.
  func configuredSchedule() throws -> LearningRateSchedule {
    try LearningRateSchedule(schedule?.shape ?? .constant, warmUp: warmUp ?? 0)
  }

  var clipping: GradientClipping? { clipNorm.map { .norm($0) } ?? clipValue.map { .value($0) } }
}

/// `--schedule`: constant, step(10,0.5), exponential(0.95), cosine or cosine(0.001).
struct ScheduleOption {
  let shape: LearningRateSchedule.Shape

  init(_ argument: String) throws {
    guard let shape = LearningRateSchedule.Shape(text: argument) else {
      throw ValidationError(
        "expected constant, step(epochs,factor), exponential(factor), cosine or cosine(minimum), as in step(10,0.5)")
    }
    do { _ = try LearningRateSchedule(shape) } catch {
      throw ValidationError("expected \(error.expected), found \(error.found)")
    }
    self.shape = shape
  }
}

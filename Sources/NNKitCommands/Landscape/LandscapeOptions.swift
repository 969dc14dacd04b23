import ArgumentParser
import LossLandscape
import NeuralNetwork

/// How the loss is measured.
struct LandscapeOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: ArgumentHelp("Points along each side, an odd number.", valueName: "n"))
  var grid = 41

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How far to go each way, 1 being the length of the weights. (default: 1, or as far as --path needs)",
      valueName: "x"))
  var range: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many samples to measure with, evenly spaced. (default: 1000)", valueName: "n"))
  var samples: Int?

  @Option(help: ArgumentHelp("The loss. (default: the one that the model was trained with)", valueName: "name"))
  var loss: Named<Loss>?

  @Option(
    help: ArgumentHelp(
      "What is scaled to the length of the model's own weights: each layer, or each filter or unit. (default: layer)",
      valueName: "part"))
  var normalization: Named<ParameterPlane<Float>.Normalization>?

  @Option(parsing: .unconditional, help: ArgumentHelp("What the directions follow from. (default: 0)", valueName: "n"))
  var seed: UInt64?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Threads to measure with. (default: one per core)", valueName: "n"))
  var threads: Int?

  /// Whether any option was given that a surface without a model has no use for.
  var concernsModels: Bool {
    samples != nil || loss != nil || normalization != nil || seed != nil || threads != nil
  }

  func validate() throws {
    guard (5...501).contains(grid), !grid.isMultiple(of: 2) else {
      throw ValidationError("--grid must be an odd number in 5...501, so that the model is in the middle, not \(grid)")
    }
    if let range, !(range >= 1e-6 && range <= 1e6) {
      throw ValidationError("--range must be in 1e-06...1e+06, not \(range)")
    }
    if let samples, samples < 1 { throw ValidationError("--samples must be at least 1, not \(samples)") }
    if let threads, !(1...TrainingConfiguration.maximumThreads).contains(threads) {
      throw ValidationError("--threads must be in 1...\(TrainingConfiguration.maximumThreads), not \(threads)")
    }
  }
}

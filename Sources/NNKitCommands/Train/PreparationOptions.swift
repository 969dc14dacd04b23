import ArgumentParser
import NeuralNetwork

/// `--normalize`: how raw input values are scaled.
enum Normalization: String, CaseIterable, ExpressibleByArgument {
  /// Not at all.
  case none
  /// The least value of the training data becomes 0, the greatest 1.
  case range
  /// The values of the training data get the mean 0 and the standard deviation 1.
  case standard
}

/// What is done to raw input values before the network sees them.
struct PreparationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      How all input values are scaled, by one factor and one summand from the training data: none, range (to 0…1), \
      standard (to mean 0 and deviation 1). (default: bytes × 1/255, other types none)
      """, valueName: "how"))
  var normalize: Normalization?

  @Option(
    help: ArgumentHelp(
      "What becomes of missing input values, NaN: refuse, zero (the network sees 0), drop (their samples are left out).",
      valueName: "how"))
  var missing = Named(MissingValues.refuse)
}

import ArgumentParser
import NetworkRuns
import NeuralNetwork

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

  /// The preparation as training takes it.
  var preparation: InputPreparation { InputPreparation(normalization: normalize, missing: missing.value) }
}

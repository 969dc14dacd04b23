import ArgumentParser
import ModelFormat
import NetworkRuns

/// What `--network` needs to know beyond the file.
struct StateDictOptions: ParsableArguments {
  @Flag(help: "Make a network out of a PyTorch state dict of Linear layers, with weights [out, in].")
  var network = false

  @Option(help: ArgumentHelp("What comes between the layers. (default: relu)", valueName: "name"))
  var activation: Activation?

  @Option(
    help: ArgumentHelp(
      "What comes after the last layer. (default: softmax, or identity for a single output)", valueName: "name"))
  var outputActivation: OutputActivation?

  @Option(
    help: ArgumentHelp(
      "The layers, first to last, comma-separated. (default: by name, numbers in order)", valueName: "names"))
  var layers: String?

  @Option(help: ArgumentHelp("The factor for input values; 1/255 for grey levels. (default: 1)", valueName: "x"))
  var inputScale: Factor?

  @Option(help: ArgumentHelp("What is added to input values then. (default: 0)", valueName: "x"))
  var inputOffset: Factor?

  var isNetwork: Bool { network }

  /// The order of the layers that was asked for.
  var order: [String]? {
    layers.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  func validate() throws {
    guard !network else { return }
    for (name, isGiven) in [
      ("activation", activation != nil), ("output-activation", outputActivation != nil), ("layers", layers != nil),
      ("input-scale", inputScale != nil), ("input-offset", inputOffset != nil),
    ] where isGiven { throw ValidationError("--\(name) needs --network") }
  }
}

/// What comes after the last layer of a network.
enum OutputActivation: String, CaseIterable, ExpressibleByArgument {
  case softmax, sigmoid, tanh, identity
}

/// A finite number, or a fraction such as 1/255.
struct Factor: ExpressibleByArgument {
  let value: Double
  let text: String

  init?(argument: String) {
    text = argument
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    switch (parts.count, parts.first ?? nil, parts.last ?? nil) {
    case (1, let number?, _): value = number
    case (2, let numerator?, let denominator?): value = numerator / denominator
    default: return nil
    }
    guard value.isFinite else { return nil }
  }
}

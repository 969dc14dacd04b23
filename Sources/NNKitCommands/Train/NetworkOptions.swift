import ArgumentParser
import Formatting
import LayerKinds
import NetworkRuns
import NeuralNetwork

/// What the network looks like.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Widths of the hidden layers: whole numbers of at least 1, with commas and no spaces. (default: none, a linear classifier)",
      valueName: "widths"), transform: HiddenWidths.init)
  var hidden: HiddenWidths?

  @Option(help: ArgumentHelp("Activation of the hidden layers. (default: relu)", valueName: "name"))
  var activation: Activation?

  @Option(
    help: ArgumentHelp(
      """
      All layers in order, instead of --hidden: "conv(8,3) relu maxpool(2) flatten dense(64) relu dense(10)". Words are \
      \(NetworkText.vocabulary). The last dense has an output for each class, \
      or for each number of a target; what the loss needs after it is added.
      """, valueName: "layers"))
  var network: String?

  @Option(
    help: ArgumentHelp(
      """
      xavier, he, or normal:0.01 with a standard deviation. (default: he with \
      \(Text.alternatives(LayerKind.rectifiers.map(\.rawValue))), xavier otherwise)
      """, valueName: "name"), transform: InitializerOption.init)
  var initializer: InitializerOption?

  func validate() throws {
    guard let network else {
      if let activation, hidden == nil {
        throw ValidationError(
          "--activation is that of the hidden layers, and there are none: give --hidden as well, as in "
            + "--hidden 64 --activation \(activation.name)")
      }
      return
    }
    if hidden != nil || activation != nil {
      throw ValidationError("give either --network, or --hidden and --activation, not both")
    }
    do { _ = try NetworkText(network) } catch {
      throw ValidationError("--network: \(error)")
    }
  }

  /// The network as training takes it.
  ///
  /// - Throws: `NetworkTextError`, which `validate()` has shown there is no reason for.
  func design() throws(NetworkTextError) -> NetworkDesign {
    if let network { return .layers(try NetworkText(network)) }
    return .hidden(hidden?.widths ?? [], activation ?? .relu)
  }
}

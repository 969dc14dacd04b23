import ArgumentParser
import LayerKinds
import ModelFormat
import NetworkRuns
import NeuralNetwork

/// What `--network` needs to know beyond the file.
struct StateDictOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      """
      Make a network out of a PyTorch state dict. Alone: of Linear layers, with weights [out, in]. With all layers in \
      order after it, such as "conv(16,3) batchnorm relu flatten dense(10) softmax": of Linear, Conv2d and BatchNorm \
      modules, which take the layers with weights one after the other.
      """))
  var network = false

  /// What follows `--network`, which the parser cannot take as its value: the flag may stand alone.
  @Option(name: .customLong(StateDictOptions.layersName), help: .hidden)
  var networkLayers: String?

  @Option(
    help: ArgumentHelp(
      "The shape of a sample for --network \"…\", such as 1x28x28. (default: the width of a first dense layer)",
      valueName: "shape"), transform: InputShapeOption.init)
  var inputShape: InputShapeOption?

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

  static let layersName = "network-layers"

  var isNetwork: Bool { network || networkLayers != nil }

  /// The layers that were named; nil where the state dict is one of Linear layers alone.
  ///
  /// - Throws: `NetworkTextError`, which `validate()` has shown there is no reason for.
  func namedLayers() throws(NetworkTextError) -> [LayerSpecification]? {
    guard let networkLayers else { return nil }
    return try NetworkText(networkLayers).layers
  }

  /// What is done to raw input values.
  var preprocessing: Preprocessing {
    Preprocessing(scale: inputScale?.value ?? 1, offset: inputOffset?.value ?? 0)
  }

  /// The order of the layers that was asked for.
  var order: [String]? {
    layers.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  func validate() throws {
    if let networkLayers {
      do { _ = try NetworkText(networkLayers) } catch { throw ValidationError("--network: \(error)") }
      for (name, isGiven) in [("activation", activation != nil), ("output-activation", outputActivation != nil)]
      where isGiven {
        throw ValidationError("--\(name) is one of the layers: write it into --network where it belongs")
      }
      return
    }
    if network {
      guard inputShape == nil else {
        throw ValidationError("--input-shape needs the layers after --network, as in --network \"conv(16,3) relu\"")
      }
      return
    }
    for (name, isGiven) in [
      ("input-shape", inputShape != nil),
      ("activation", activation != nil), ("output-activation", outputActivation != nil), ("layers", layers != nil),
      ("input-scale", inputScale != nil), ("input-offset", inputOffset != nil),
    ] where isGiven { throw ValidationError("--\(name) needs --network") }
  }
}

/// `--input-shape`: the shape of one sample, 1x28x28.
struct InputShapeOption {
  let shape: [Int]

  init(_ argument: String) throws {
    let parts = argument.split(whereSeparator: { $0 == "x" || $0 == "×" || $0 == "," }).map { Int($0) }
    let shape = parts.compactMap { $0 }.filter { $0 > 0 }
    guard !shape.isEmpty, shape.count == parts.count else {
      throw ValidationError("expected whole numbers of at least 1 with x between them, as in 1x28x28")
    }
    self.shape = shape
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

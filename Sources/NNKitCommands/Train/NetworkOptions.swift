import ArgumentParser
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
      dense(outputs), conv(filters,kernel_size,stride=1,padding=0), maxpool(size,stride=size), \
      averagepool(size,stride=size), flatten, dropout(rate), batchnorm(momentum=0.1,epsilon=1e-05), relu, \
      leakyrelu(slope=0.01), gelu, sigmoid, tanh, identity, softmax. The last dense has an output for each class, \
      or for each number of a target; what the loss needs behind it is added.
      """, valueName: "layers"))
  var network: String?

  @Option(
    help: ArgumentHelp(
      "xavier, he, or normal:0.01 with a standard deviation. (default: he with relu, leakyrelu or gelu, xavier otherwise)",
      valueName: "name"), transform: InitializerOption.init)
  var initializer: InitializerOption?

  func validate() throws {
    guard let network else {
      if let activation, hidden == nil {
        throw ValidationError(
          "--activation is that of the hidden layers, and there are none: give --hidden as well, as in "
            + "--hidden 64 --activation \(activation.rawValue)")
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

  /// The layers for samples of a shape, the last one with as many outputs as the task has.
  func layers(inputShape: [Int], task: TrainingTask, loss: Loss) throws -> [LayerSpecification] {
    guard let network else {
      let inner = (hidden?.widths ?? []).flatMap { [.affine(outputs: $0), (activation ?? .relu).layer] }
      return inner + [.affine(outputs: task.outputs), task.outputLayer(for: loss)]
    }
    let text = try NetworkText(network)
    let outputs = try text.outputShape(inputShape: inputShape).reduce(1, *)
    guard task.allows(outputs: outputs, loss: loss) else {
      throw text.error(
        atLayer: text.layers.count - 1, expected: task.outputsInWords, found: "\(outputs)")
    }
    guard let last = loss.outputLayer, text.layers.last != last else { return text.layers }
    return text.layers + [last]
  }

  /// The initialiser that was asked for, or the one that keeps the variance of activations steady from layer to layer.
  func initializer(for layers: [LayerSpecification]) -> Initializer {
    if let initializer { return initializer.initializer }
    guard network != nil else { return (activation ?? .relu).initializer }
    return layers.contains { ["relu", "leakyrelu", "gelu"].contains($0.kind) } ? .he : .xavier
  }
}

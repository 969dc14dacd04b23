import LayerKinds
public import NeuralNetwork

/// The activation of hidden layers: a kind of layer that applies a function without settings to each value by itself.
public struct Activation: Equatable, Sendable {
  /// The layer.
  public let layer: LayerSpecification

  /// max(x, 0) for each value.
  public static let relu = Activation(layer: .relu)
  /// 1 / (1 + e⁻ˣ) for each value.
  public static let sigmoid = Activation(layer: .sigmoid)
  /// tanh x for each value.
  public static let tanh = Activation(layer: .tanh)
  /// x itself.
  public static let identity = Activation(layer: .identity)

  /// The names of all activations.
  public static let names = LayerKind.activations.map(\.rawValue)

  private init(layer: LayerSpecification) { self.layer = layer }

  /// The activation of that name; nil if there is none.
  public init?(name: String) {
    guard let kind = LayerKind.activations.first(where: { $0.rawValue == name }) else { return nil }
    layer = LayerSpecification(kind)
  }

  /// The name, as in files and on the command line.
  public var name: String { layer.kind }
}

/// What a network looks like, whatever data it is for.
public enum NetworkDesign: Sendable {
  /// Hidden layers of these widths, each with the activation after it; a linear network without any.
  case hidden([Int], Activation = .relu)
  /// All layers. What the loss needs after the last is added.
  case layers(NetworkText)

  /// The layers for samples of a shape, the last one with as many outputs as the task has. O(number of layers).
  ///
  /// - Throws: `NetworkTextError` for layers that cannot take what comes in, or give other outputs than the task has.
  package func layers(
    inputShape: [Int], task: TrainingTask, loss: Loss
  ) throws(NetworkTextError) -> [LayerSpecification] {
    switch self {
    case .hidden(let widths, let activation):
      return widths.flatMap { [.affine(outputs: $0), activation.layer] }
        + [.affine(outputs: task.outputs), task.outputLayer(for: loss)]
    case .layers(let text):
      let outputs = try text.outputShape(inputShape: inputShape).reduce(1, *)
      guard task.allows(outputs: outputs, loss: loss) else {
        throw text.error(atLayer: text.layers.count - 1, expected: task.outputsInWords, found: "\(outputs)")
      }
      guard let last = loss.outputLayer, text.layers.last != last else { return text.layers }
      return text.layers + [last]
    }
  }

  /// The initialiser that keeps the variance of activations steady from layer to layer.
  package var initializer: Initializer {
    switch self {
    case .hidden(_, let activation): .suited(to: [activation.layer])
    case .layers(let text): .suited(to: text.layers)
    }
  }
}

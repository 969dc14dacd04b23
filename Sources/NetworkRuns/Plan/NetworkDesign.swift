public import NeuralNetwork

/// The activation of hidden layers.
public enum Activation: String, CaseIterable, Sendable {
  /// See `LayerSpecification.sigmoid`.
  case sigmoid
  /// See `LayerSpecification.relu`.
  case relu
  /// See `LayerSpecification.tanh`.
  case tanh
  /// See `LayerSpecification.identity`.
  case identity

  /// The layer.
  public var layer: LayerSpecification {
    switch self {
    case .sigmoid: .sigmoid
    case .relu: .relu
    case .tanh: .tanh
    case .identity: .identity
    }
  }

  /// The initialiser that keeps the variance of activations steady from layer to layer.
  public var initializer: Initializer { self == .relu ? .he : .xavier }
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
    case .hidden(_, let activation): activation.initializer
    case .layers(let text):
      text.layers.contains { ["relu", "leakyrelu", "gelu"].contains($0.kind) } ? .he : .xavier
    }
  }
}

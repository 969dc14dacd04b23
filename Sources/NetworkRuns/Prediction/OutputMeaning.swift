public import ModelFormat
public import NeuralNetwork

/// What the outputs of a network are: probabilities of classes, or numbers.
///
/// Softmax gives the probabilities of classes. Sigmoid, with binary cross-entropy, gives those of a yes: one output that
/// of class 1 rather than 0, several one for each class. Such a network may as well have learned numbers from 0 to 1,
/// and looks the same then. So, in this order, what is known decides:
///
/// 1. Labels to evaluate against, by their element type, as in training: integers, one for each sample, are classes, all
///    else is numbers. That holds for numbers that are all 0 or 1 too: the columns of the predictions must not depend on
///    the values that a file happens to have, and accuracy is measured for them all the same.
/// 2. What the model says that it was trained on.
/// 3. Whether the model names binary cross-entropy: then classes, which are more common. Where it names no loss, numbers,
///    as nothing says that they are anything else.
///
/// The outputs of all other networks are numbers.
public struct OutputMeaning: Sendable {
  private enum LastLayer: Sendable { case softmax, sigmoid, other }

  /// The outputs of the network.
  public let outputs: Int
  private let lastLayer: LastLayer
  private let namesLoss: Bool
  private let task: TrainingTask.Name?

  /// Puts together what is known of a network.
  public init(_ network: Network<Float>, _ topology: Topology, _ metadata: RunMetadata) {
    outputs = network.outputShape.reduce(1, *)
    namesLoss = topology.loss == Loss.binaryCrossEntropy.rawValue
    switch network.layers.last {
    case .softmax: lastLayer = .softmax
    // With another loss than binary cross-entropy sigmoid only keeps numbers between 0 and 1.
    case .sigmoid where namesLoss || topology.loss == nil: lastLayer = .sigmoid
    default: lastLayer = .other
    }
    task = metadata.task
  }

  /// The classes, if they are classes: one output has two sides.
  public var classes: Int { lastLayer == .sigmoid && outputs == 1 ? 2 : outputs }

  /// Whether labels to evaluate against are classes.
  ///
  /// - Parameter areIntegers: whether they are integers, one for each sample.
  public func takesClasses(areIntegers: Bool) -> Bool {
    switch lastLayer {
    case .softmax: true
    case .sigmoid: areIntegers
    case .other: false
    }
  }

  /// Whether predictions are classes.
  public func isClassification(_ truth: Truth?) -> Bool {
    switch (lastLayer, truth) {
    case (.softmax, _): true
    case (.other, _): false
    case (.sigmoid, .labels): true
    case (.sigmoid, .targets): false
    case (.sigmoid, nil): task.map { $0 == .classification } ?? namesLoss
    }
  }

  /// Whether binary cross-entropy is what to measure: it is where the model names it, and it is what classes are
  /// learned with by a network that ends in sigmoid.
  public func hasBinaryCrossEntropy(areClasses: Bool) -> Bool { lastLayer == .sigmoid && (namesLoss || areClasses) }

  /// A column for each class: of a single output y, 1 − y for class 0 and y for class 1.
  public func probabilities(_ outputs: Matrix<Float>) throws(NetworkError) -> Matrix<Float> {
    guard classes != self.outputs else { return outputs }
    return try Matrix(rows: outputs.rows, columns: 2, elements: outputs.elements.flatMap { [1 - $0, $0] })
  }
}

import LayerKinds
import NeuralNetwork

/// What the last values of a network are, for a comparison with those of another.
enum OutputForm: Equatable {
  /// The probabilities of classes that exclude one another, by softmax.
  case distribution(classes: Int)
  /// The probability of class 1, by sigmoid.
  case oneProbability
  /// The probability of each of several classes by itself, by sigmoid.
  case probabilities(classes: Int)
  /// Numbers.
  case numbers

  /// - Parameter areClasses: Whether the outputs are to be seen as classes, where the last layer allows that.
  init(_ network: Network<Float>, areClasses: Bool) {
    let outputs = network.architecture.outputCount
    let kind = network.layers.last?.layerKind
    if areClasses, let kind, kind.definition.traits.contains(.givesDistribution) {
      self = .distribution(classes: outputs)
    } else if areClasses, kind == .sigmoid {
      self = outputs == 1 ? .oneProbability : .probabilities(classes: outputs)
    } else {
      self = .numbers
    }
  }

  /// The number of classes; nil for numbers.
  var classes: Int? {
    switch self {
    case .distribution(let classes), .probabilities(let classes): classes
    case .oneProbability: 2
    case .numbers: nil
    }
  }

  /// Whether probabilities of this form and of another one are about the same events.
  func hasSameEvents(as other: OutputForm) -> Bool {
    switch (self, other) {
    case (.probabilities(let a), .probabilities(let b)): a == b
    case (.distribution, .distribution), (.distribution, .oneProbability), (.oneProbability, .distribution),
      (.oneProbability, .oneProbability):
      classes == other.classes
    case (.numbers, _), (.probabilities, _), (.distribution, _), (.oneProbability, _): false
    }
  }

  /// The class with the greatest probability, the first of equal ones; nil if an output is not a number.
  func predictedClass(_ outputs: UnsafeBufferPointer<Float>) -> Int? {
    var best = 0
    for index in outputs.indices {
      if unsafe outputs[index].isNaN { return nil }
      if unsafe outputs[index] > outputs[best] { best = index }
    }
    switch self {
    case .distribution, .probabilities: return best
    // As predictions have it: the columns 1 − y and y.
    case .oneProbability: return unsafe outputs[0] > 1 - outputs[0] ? 1 : 0
    case .numbers: return nil
    }
  }
}

import ArgumentParser
import NeuralNetwork

/// One of the named cases of a type that knows nothing of command lines.
struct Named<Value: RawRepresentable<String> & CaseIterable & Sendable>: ExpressibleByArgument, Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }

  init?(argument: String) {
    guard let value = Value(rawValue: argument) else { return nil }
    self.value = value
  }

  var defaultValueDescription: String { value.rawValue }
  static var allValueStrings: [String] { Value.allCases.map(\.rawValue) }
}

/// The activation of hidden layers.
enum Activation: String, CaseIterable, ExpressibleByArgument {
  case sigmoid, relu, tanh, identity

  var layer: LayerSpecification {
    switch self {
    case .sigmoid: .sigmoid
    case .relu: .relu
    case .tanh: .tanh
    case .identity: .identity
    }
  }

  /// The initialiser that keeps the variance of activations steady from layer to layer.
  var initializer: Initializer { self == .relu ? .he : .xavier }
}

/// `--initializer`: xavier, he, or normal:0.01.
struct InitializerOption: ExpressibleByArgument {
  let initializer: Initializer
  let text: String

  init?(argument: String) {
    text = argument
    switch argument {
    case "xavier": initializer = .xavier
    case "he": initializer = .he
    default:
      guard argument.hasPrefix("normal:"), let deviation = Double(argument.dropFirst(7)), deviation.isFinite,
        deviation >= 0
      else { return nil }
      initializer = .normal(standardDeviation: deviation)
    }
  }
}

/// `--hidden`: the widths of the hidden layers, 128,64.
struct HiddenWidths: ExpressibleByArgument {
  let widths: [Int]

  init?(argument: String) {
    var widths: [Int] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      guard let width = Int(part), width > 0 else { return nil }
      widths.append(width)
    }
    self.widths = widths
  }
}

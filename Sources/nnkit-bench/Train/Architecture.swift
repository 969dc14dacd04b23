import ArgumentParser
import NeuralNetwork

/// `--arch`: the widths of a network from its input to its output, 784-50-10.
struct Architecture: ExpressibleByArgument {
  /// At least two, each at least 1.
  private let widths: [Int]

  static let `default` = Architecture(checked: [784, 50, 10])

  init?(argument: String) {
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
    let widths = parts.compactMap { Int($0) }.filter { $0 >= 1 }
    guard widths.count == parts.count, widths.count >= 2 else { return nil }
    self.widths = widths
  }

  private init(checked widths: [Int]) { self.widths = widths }

  var inputs: Int { widths[0] }
  var outputs: Int { widths[widths.count - 1] }

  /// An affine layer for each step from width to width, with activations between them.
  func layers(_ activation: Activation) -> [LayerSpecification] {
    widths.dropFirst().flatMap { [activation.layer, .affine(outputs: $0)] }.dropFirst().map(\.self)
  }
}

/// `--activation`: what stands between affine layers.
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
}

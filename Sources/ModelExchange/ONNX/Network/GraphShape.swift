import BinaryIO
import ModelFormat

/// A shape that a graph computes: numbers, and the size of the mini-batch.
struct GraphShape {
  enum Dimension: Equatable {
    case known(Int)
    case batch
  }

  let dimensions: [Dimension]

  /// How many nodes may have to do with a shape.
  private static let largestDepth = 8

  /// The shape that a value is; nil where it is none that follows from the shape of the network's value.
  init?(of value: String, _ network: RecognisedNetwork) {
    guard let dimensions = GraphShape.dimensions(value, network, depth: 0) else { return nil }
    self.dimensions = dimensions
  }

  private static func dimensions(_ value: String, _ network: RecognisedNetwork, depth: Int) -> [Dimension]? {
    if let numbers = network.constants.integers(value) { return numbers.map { .known($0) } }
    guard depth < largestDepth, let node = network.constants.producer(of: value), node.isStandard,
      let input = node.inputs.first
    else { return nil }
    func whole(_ value: String) -> [Dimension]? { dimensions(value, network, depth: depth + 1) }
    switch node.operatorName {
    case "Shape":
      guard ByteName(input) == ByteName(network.value), node.attributes.isEmpty else { return nil }
      return [.batch] + network.shape.map { .known($0) }
    case "Cast", "Identity", "Unsqueeze", "Squeeze": return whole(input)
    case "Gather":
      guard let all = whole(input), node.inputs.count == 2, let places = network.constants.integers(node.inputs[1])
      else { return nil }
      let found = places.map { $0 < 0 ? $0 + all.count : $0 }.filter(all.indices.contains)
      return found.count == places.count ? found.map { all[$0] } : nil
    case "Concat":
      guard node.inputs.count <= 32 else { return nil }
      var all: [Dimension] = []
      for input in node.inputs {
        guard let part = whole(input) else { return nil }
        all += part
      }
      return all
    default: return nil
    }
  }
}

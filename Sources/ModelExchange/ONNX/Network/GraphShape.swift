import BinaryIO
import ModelFormat

/// A shape that a graph computes: numbers, and the size of the mini-batch.
struct GraphShape {
  enum Dimension: Equatable {
    case known(Int)
    case batch
  }

  let dimensions: [Dimension]

  /// How many values may have to do with a shape, and how many dimensions it may have on the way.
  private static let limit = 64

  /// The shape that a value is; nil where it is none that follows from the shape of the network's value.
  init?(of value: String, _ network: RecognisedNetwork) {
    var allowance = GraphShape.limit
    guard let dimensions = GraphShape.dimensions(value, network, &allowance) else { return nil }
    self.dimensions = dimensions
  }

  /// - Parameter allowance: how many values may yet be looked at, of which one may be many times in another.
  private static func dimensions(
    _ value: String, _ network: RecognisedNetwork, _ allowance: inout Int
  ) -> [Dimension]? {
    allowance -= 1
    guard allowance > 0 else { return nil }
    if let numbers = network.constants.integers(value) { return numbers.map { .known($0) } }
    guard let node = network.constants.producer(of: value), node.isStandard, let input = node.inputs.first else {
      return nil
    }
    switch node.operatorName {
    case "Shape":
      guard ByteName(input) == ByteName(network.value), node.attributes.isEmpty else { return nil }
      return [.batch] + network.shape.map { .known($0) }
    case "Cast", "Identity", "Unsqueeze", "Squeeze": return dimensions(input, network, &allowance)
    case "Gather":
      guard let all = dimensions(input, network, &allowance), node.inputs.count == 2,
        let places = network.constants.integers(node.inputs[1])
      else { return nil }
      let found = places.map { $0 < 0 ? $0 + all.count : $0 }.filter(all.indices.contains)
      return found.count == places.count ? found.map { all[$0] } : nil
    case "Concat":
      var all: [Dimension] = []
      for input in node.inputs {
        guard let part = dimensions(input, network, &allowance), all.count + part.count <= limit else { return nil }
        all += part
      }
      return all
    default: return nil
    }
  }
}

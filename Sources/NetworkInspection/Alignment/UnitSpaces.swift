import LayerKinds
import NeuralNetwork

/// The hidden units of a network whose order is free, and the dimensions of its tensors that go by that order.
///
/// Each layer with weights but the last has units of its own: outputs of a dense layer, filters of a convolution. What
/// follows it counts in the same order, up to the next layer with weights: normalisation, pooling, and flattening, after
/// which a channel is a block of values.
struct UnitSpaces {
  /// A tensor in the values of a network: parameters, and running statistics after them.
  struct Tensor {
    let layer: Int
    let range: Range<Int>
    let dimensions: [Dimension]

    /// Where the order of a space's units is; nil where the tensor has nothing to do with it.
    func dimension(of space: Int) -> Int? { dimensions.firstIndex { $0.space == space } }
  }

  struct Dimension {
    let count: Int
    /// The units that it goes over; nil where its order is fixed.
    var space: Int?
    /// Whether the units are what comes into the layer, and not what it gives.
    var isInput = false
  }

  /// How many units each space has, first to last.
  private(set) var counts: [Int] = []
  /// The layer that gives the units of each.
  private(set) var layers: [Int] = []
  /// All tensors, in the order of their values.
  private(set) var tensors: [Tensor] = []

  init(_ architecture: Architecture<Float>) {
    let placed = architecture.placedLayers
    let last = placed.last { UnitSpaces.hasWeights($0) }?.index
    var current: Int?
    var dimensions: [[[Dimension]]] = [[], []]
    for layer in placed {
      let definition = layer.specification.layerKind.definition
      let before = current.map { ($0, counts[$0]) }
      if UnitSpaces.hasWeights(layer) {
        current = layer.index == last ? nil : counts.count
        if layer.index != last {
          counts.append(UnitShape(layer.outputShape).units)
          layers.append(layer.index)
        }
      }
      let specifications = layer.parameters + layer.runningStatistics
      for (tensor, specification) in zip(definition.tensors, specifications) {
        let found = zip(tensor.shape, specification.shape).flatMap { dimension, count in
          switch definition.meaning(of: dimension) {
          case .inputs: UnitSpaces.parts(count, of: before, isInput: UnitSpaces.hasWeights(layer))
          case .units: [Dimension(count: count, space: current)]
          case .other: [Dimension(count: count)]
          }
        }
        dimensions[tensor.isMeasured ? 1 : 0].append(found)
      }
    }
    tensors = zip(architecture.parameterEntries, dimensions[0]).map {
      Tensor(layer: $0.layerIndex, range: $0.range, dimensions: $1)
    }
    tensors += zip(architecture.runningStatisticsEntries, dimensions[1]).map { entry, dimensions in
      let start = architecture.parameterCount + entry.range.lowerBound
      return Tensor(layer: entry.layerIndex, range: start..<start + entry.range.count, dimensions: dimensions)
    }
  }

  /// Whether a layer mixes what comes in, and so has units of its own.
  private static func hasWeights(_ layer: PlacedLayer) -> Bool {
    layer.specification.layerKind.definition.tensors.contains { tensor in
      tensor.shape.contains(.inputs) || tensor.shape.contains(.planes)
    }
  }

  /// The values of a dimension, as a block for each unit of a space.
  private static func parts(_ all: Int, of space: (index: Int, count: Int)?, isInput: Bool) -> [Dimension] {
    guard let space else { return [Dimension(count: all)] }
    return [
      Dimension(count: space.count, space: space.index, isInput: isInput), Dimension(count: all / space.count),
    ]
  }
}

extension LayerDefinition {
  /// What a dimension of a layer's tensor goes over.
  fileprivate enum Meaning {
    /// What comes into the layer.
    case inputs
    /// The layer's own units.
    case units
    case other
  }

  fileprivate func meaning(of dimension: LayerDimension) -> Meaning {
    switch dimension {
    case .inputs, .planes, .channels: return .inputs
    case .output: return .units
    case .field(let name):
      if case .windows(_, _, let channels) = output, channels == name { return .units }
      return .other
    }
  }
}

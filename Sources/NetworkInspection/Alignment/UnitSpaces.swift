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
    var dimensions: [[Dimension]] = []
    var measured: [[Dimension]] = []
    for layer in placed {
      let parts = { [counts] (all: Int) in UnitSpaces.parts(all, of: current.map { ($0, counts[$0]) }) }
      if UnitSpaces.hasWeights(layer) {
        let input = parts(layer.parameters[0].shape[layer.specification.layerKind == .conv ? 1 : 0])
          .map { Dimension(count: $0.count, space: $0.space, isInput: true) }
        var output = Dimension(count: layer.parameters[1].count)
        if layer.index != last {
          output.space = counts.count
          current = counts.count
          counts.append(output.count)
          layers.append(layer.index)
        } else {
          current = nil
        }
        let window = Dimension(count: layer.parameters[0].shape.dropFirst(2).reduce(1, *))
        dimensions.append(
          layer.specification.layerKind == .conv ? [output] + input + [window] : input + [output])
        dimensions.append([output])
      } else {
        dimensions += layer.parameters.map { parts($0.count) }
        measured += layer.runningStatistics.map { parts($0.count) }
      }
    }
    tensors = zip(architecture.parameterEntries, dimensions).map {
      Tensor(layer: $0.layerIndex, range: $0.range, dimensions: $1)
    }
    tensors += zip(architecture.runningStatisticsEntries, measured).map { entry, dimensions in
      let start = architecture.parameterCount + entry.range.lowerBound
      return Tensor(layer: entry.layerIndex, range: start..<start + entry.range.count, dimensions: dimensions)
    }
  }

  /// The layers that mix what comes in.
  private static func hasWeights(_ layer: PlacedLayer) -> Bool {
    switch layer.specification.layerKind {
    case .affine, .conv: true
    case .maxpool, .averagepool, .flatten, .dropout, .batchnorm, .relu, .leakyrelu, .gelu, .silu, .elu, .softplus,
      .sigmoid, .tanh, .identity, .softmax:
      false
    }
  }

  /// The values of a dimension, as a block for each unit of a space.
  private static func parts(_ all: Int, of space: (index: Int, count: Int)?) -> [Dimension] {
    guard let space else { return [Dimension(count: all)] }
    return [Dimension(count: space.count, space: space.index), Dimension(count: all / space.count)]
  }
}

import BinaryIO
import LayerKinds
import ModelFormat

/// A layer with weights of its own, and the tensors that are about its units.
struct WeightedLayer {
  let name: String
  let layout: WeightLayout
  let weight: MeasuredTensor
  /// A number for each unit.
  let bias: MeasuredTensor?
  /// The scales of normalisations between this layer's units and the next weights: the same number for each unit.
  var scales: [MeasuredTensor] = []
  /// The weights that the units go into; nil where nothing is known of what comes next.
  var next: (weight: MeasuredTensor, layout: WeightLayout)?
}

/// The layers with weights of a network, in their order, and how units of one are inputs of the next.
///
/// Between them may stand what keeps units apart: activations, pooling, dropout, flattening (a channel then is a block of
/// inputs) and normalisation by channel.
enum UnitChain {
  static func layers(of topology: Topology, _ tensors: [ByteName: MeasuredTensor]) -> [WeightedLayer] {
    var layers: [WeightedLayer] = []
    /// The place of the layer whose units still can be told apart.
    var open: Int?
    // A tensor that several layers share is looked at once: a file may name it thousands of times.
    var seen: Set<ByteName> = []
    for layer in topology.layers {
      guard let kind = LayerKind(named: ByteName(layer.kind)) else {
        open = nil
        continue
      }
      if let weighted = weightedLayer(layer, kind, tensors) {
        guard seen.insert(ByteName(weighted.weight.description.name)).inserted else {
          open = nil
          continue
        }
        // Each unit is a block of as many inputs.
        if let place = open, weighted.layout.inputCount % layers[place].layout.unitCount == 0 {
          layers[place].next = (weighted.weight, weighted.layout)
        }
        layers.append(weighted)
        open = layers.count - 1
      } else if WeightLayout.weights(of: kind) != nil || kind.definition.traits.contains(.givesDistribution) {
        open = nil
      } else if let place = open, let scale = scale(layer, kind, tensors),
        scale.description.count % layers[place].layout.unitCount == 0,
        scale.description.count <= WeightLayout.maximumDimension, seen.insert(ByteName(scale.description.name)).inserted
      {
        layers[place].scales.append(scale)
      }
    }
    return layers
  }

  private static func weightedLayer(
    _ layer: LayerDescription, _ kind: LayerKind, _ tensors: [ByteName: MeasuredTensor]
  ) -> WeightedLayer? {
    guard let role = WeightLayout.weights(of: kind)?.role, let weight = tensor(role, layer, tensors),
      let layout = WeightLayout(kind, shape: weight.description.shape)
    else { return nil }
    let bias = tensor("bias", layer, tensors)
    return WeightedLayer(
      name: layer.name, layout: layout, weight: weight,
      bias: bias?.description.count == layout.unitCount ? bias : nil)
  }

  /// What a normalisation multiplies by.
  private static func scale(
    _ layer: LayerDescription, _ kind: LayerKind, _ tensors: [ByteName: MeasuredTensor]
  ) -> MeasuredTensor? {
    let factor = kind.definition.tensors.first { $0.shape == [.channels] && $0.role == "weight" }
    return factor.flatMap { tensor($0.role, layer, tensors) }
  }

  private static func tensor(
    _ role: String, _ layer: LayerDescription, _ tensors: [ByteName: MeasuredTensor]
  ) -> MeasuredTensor? {
    layer.parameters.first { ByteName($0.role) == ByteName(role) }.flatMap { tensors[ByteName($0.tensor)] }
  }
}

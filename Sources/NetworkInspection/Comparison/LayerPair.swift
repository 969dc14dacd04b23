import BinaryIO
import NeuralNetwork

/// Two layers, of two networks, whose outputs can be compared.
struct LayerPair: Equatable {
  /// The place of the layer in the left network.
  let left: Int
  /// The place of the layer in the right network.
  let right: Int

  /// The layers that correspond, in the order of the left network: those of the same name and output shape; for a layer
  /// without such a partner the one in the same place, if it has the same output shape and is no one else's. O(layers).
  static func pairs(
    _ left: Architecture<Float>, _ leftNames: LayerNames, _ right: Architecture<Float>, _ rightNames: LayerNames
  ) -> [LayerPair] {
    var places: [ByteName: Int] = [:]
    for index in right.placedLayers.indices.reversed() { places[ByteName(rightNames[index])] = index }
    var partners: [Int: Int] = [:]
    var taken: Set<Int> = []
    for layer in left.placedLayers {
      guard let place = places[ByteName(leftNames[layer.index])], !taken.contains(place),
        right.placedLayers[place].outputShape == layer.outputShape
      else { continue }
      partners[layer.index] = place
      taken.insert(place)
    }
    for layer in left.placedLayers where partners[layer.index] == nil {
      let place = layer.index
      guard place < right.placedLayers.count, !taken.contains(place),
        right.placedLayers[place].outputShape == layer.outputShape
      else { continue }
      partners[place] = place
      taken.insert(place)
    }
    return left.placedLayers.compactMap { layer in
      partners[layer.index].map { LayerPair(left: layer.index, right: $0) }
    }
  }
}

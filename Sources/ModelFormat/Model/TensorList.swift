/// Tensors in their order, each found by its name in O(1).
///
/// Invariant: no two tensors have the same name.
struct TensorList: Sendable {
  let tensors: [Tensor]
  private let places: [[UInt8]: Int]

  /// - Throws: `duplicateTensor` when two tensors have the same name.
  init(_ tensors: [Tensor]) throws(ModelFormatError) {
    var places: [[UInt8]: Int] = [:]
    places.reserveCapacity(tensors.count)
    for (place, tensor) in tensors.enumerated() {
      guard places.updateValue(place, forKey: Array(tensor.name.utf8)) == nil else {
        throw ModelFormatError(
          .duplicateTensor, tensor: tensor.name, expected: "each tensor name once", found: "the same name twice")
      }
    }
    self.tensors = tensors
    self.places = places
  }

  subscript(name: String) -> Tensor? { places[Array(name.utf8)].map { tensors[$0] } }
}

extension TensorList: Equatable {
  static func == (left: TensorList, right: TensorList) -> Bool { left.tensors == right.tensors }
}

import BinaryIO

/// Tensors in their order, each found by its name in O(1).
///
/// Invariant: no two tensors have the same name.
struct TensorList: Sendable {
  let tensors: [Tensor]
  private let places: [ByteName: Int]

  /// - Throws: `duplicateTensor` when two tensors have the same name.
  init(_ tensors: [Tensor]) throws(ModelFormatError) {
    var places: [ByteName: Int] = [:]
    places.reserveCapacity(tensors.count)
    for (place, tensor) in tensors.enumerated() {
      guard places.updateValue(place, forKey: ByteName(tensor.name)) == nil else {
        throw ModelFormatError(
          .duplicateTensor, tensor: tensor.name, expected: "each tensor name once", found: "the same name twice")
      }
    }
    self.tensors = tensors
    self.places = places
  }

  subscript(name: String) -> Tensor? { places[ByteName(name)].map { tensors[$0] } }
}

extension TensorList: Equatable {
  static func == (left: TensorList, right: TensorList) -> Bool { left.tensors == right.tensors }
}

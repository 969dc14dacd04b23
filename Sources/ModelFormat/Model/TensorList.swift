/// Tensors in their order, each found by its name in O(1).
///
/// Invariant: no two tensors have the same name.
struct TensorList: Sendable {
  let tensors: [Tensor]
  let places: TensorPlaces

  /// - Throws: `duplicateTensor` when two tensors have the same name.
  init(_ tensors: [Tensor]) throws(ModelFormatError) {
    places = try TensorPlaces(tensors.lazy.map(\.name))
    self.tensors = tensors
  }

  subscript(name: String) -> Tensor? { places[name].map { tensors[$0] } }
}

extension TensorList: Equatable {
  static func == (left: TensorList, right: TensorList) -> Bool { left.tensors == right.tensors }
}

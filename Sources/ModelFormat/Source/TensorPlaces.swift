import BinaryIO

/// Where the tensor of each name is in a list, found in O(1).
///
/// Invariant: no two tensors have the same name.
struct TensorPlaces: Sendable {
  private var places: [ByteName: Int] = [:]

  /// - Throws: `duplicateTensor` when a name occurs twice.
  init(_ names: some Collection<String>) throws(ModelFormatError) {
    places.reserveCapacity(names.count)
    for (place, name) in names.enumerated() {
      guard places.updateValue(place, forKey: ByteName(name)) == nil else {
        throw ModelFormatError(
          .duplicateTensor, tensor: name, expected: "each tensor name once", found: "the same name twice")
      }
    }
  }

  subscript(name: String) -> Int? { places[ByteName(name)] }
}

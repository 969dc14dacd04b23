import BinaryIO
import ModelFormat

/// A storage that a pickle speaks of: elements in another place of the file.
final class TorchStorage: Sendable {
  /// The name of the place.
  let key: String
  /// Nil for bytes whose type the tensors say.
  let type: TorchType?
  /// How many elements there are, or bytes.
  let count: Int
  /// Which element of the place is the first one.
  let start: Int

  init(key: String, type: TorchType?, count: Int, start: Int = 0) {
    (self.key, self.type, self.count, self.start) = (key, type, count, start)
  }
}

/// A tensor: a view of a storage.
final class TorchTensor: Sendable {
  let storage: TorchStorage
  let type: TorchType
  let shape: [Int]
  let layout: StridedLayout

  /// - Parameter type: that of the elements, where the storage does not say it.
  /// - Throws: `inconsistentLayout` for a view that goes on after its storage; `invalidTensor` for a size that does not
  ///   fit.
  init(
    _ storage: TorchStorage, _ type: TorchType, offset: Int, shape: [Int], strides: [Int]
  ) throws(ModelFormatError) {
    guard let start = CheckedArithmetic.sum(storage.start, offset),
      let layout = StridedLayout(shape: shape, strides: strides, offset: start, elementSize: type.byteCount)
    else {
      throw ModelFormatError(
        .invalidTensor, expected: "lengths and strides of at least 0 and a size that fits in 63 bits",
        found: "shape \(shape) with strides \(strides) from element \(offset) on")
    }
    let capacity = storage.type == nil ? storage.count / type.byteCount : storage.count
    guard layout.end <= CheckedArithmetic.sum(capacity, storage.start) ?? .max else {
      throw ModelFormatError(
        .inconsistentLayout, expected: "a view of at most \(capacity) elements, as many as the storage has",
        found: "shape \(shape) with strides \(strides) from element \(offset) on")
    }
    (self.storage, self.type, self.shape, self.layout) = (storage, type, shape, layout)
  }
}

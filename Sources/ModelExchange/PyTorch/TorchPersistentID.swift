import BinaryIO
import ModelFormat

/// What a pickle of PyTorch refers to in other places: a storage as `('storage', class, key, location, count)`, and in files
/// of the older form a view of it or None at the end; there also a class, as `('module', class, file, source)`.
enum TorchPersistentID {
  /// - Throws: `malformedValue` for anything else; `unsupported` for a class of storages that is not read.
  static func value(
    _ values: PickleValues, _ reference: PickleValues.Reference
  ) throws(ModelFormatError) -> PickleValues.Value {
    if case .tuple(let parts) = values[reference], parts.count > 1, case .string("module") = values[parts[0]],
      case .name(let name) = values[parts[1]]
    {
      // Its source is text that nobody reads.
      return .name(name)
    }
    return .storage(try storage(values, reference))
  }

  private static func storage(
    _ values: PickleValues, _ reference: PickleValues.Reference
  ) throws(ModelFormatError) -> TorchStorage {
    guard case .tuple(let parts) = values[reference], parts.count >= 5, case .string("storage") = values[parts[0]],
      case .name(let name) = values[parts[1]], case .string(let key) = values[parts[2]],
      case .integer(let count) = values[parts[4]], count >= 0
    else {
      throw ModelFormatError(
        .malformedValue, expected: "('storage', class, key, location, number of elements)",
        found: values[reference].kind)
    }
    let type = TorchType.storage(name)
    guard type != nil || TorchType.isUntyped(name) else {
      throw ModelFormatError(
        .unsupported, expected: "a class of storages that is read", found: ByteName(name).excerpt,
        advice: "convert the tensors first, as with tensor.float()")
    }
    guard parts.count > 5, case .tuple(let view) = values[parts[5]] else {
      return TorchStorage(key: key, type: type, count: count)
    }
    guard view.count == 3, case .integer(let start) = values[view[1]], case .integer(let size) = values[view[2]],
      (0...count).contains(start), (0...(count - start)).contains(size)
    else {
      throw ModelFormatError(
        .malformedValue, expected: "a view of at most \(count) elements of the storage", found: "another")
    }
    return TorchStorage(key: key, type: type, count: size, start: start)
  }
}

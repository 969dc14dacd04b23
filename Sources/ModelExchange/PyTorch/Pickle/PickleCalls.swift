import BinaryIO
import ModelFormat

/// The calls in a pickle that are replaced by what they would give. Every other call becomes an object of that name.
///
/// Source: what PyTorch's `torch/_weights_only_unpickler.py` allows, and `torch/_utils.py` for the arguments.
struct PickleCalls {
  typealias Reference = PickleValues.Reference
  typealias Value = PickleValues.Value

  /// The longest text that is turned into bytes: of those that are, numbers of NumPy are the most.
  private static let longestText = 1024

  let name: String
  let arguments: [Reference]
  let values: PickleValues
  let limits: DecodingLimits

  /// What a call gives.
  ///
  /// - Parameter tuple: the arguments as one value.
  func result(_ tuple: Reference) throws(ModelFormatError) -> Value {
    switch name {
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_qtensor":
      return .tensor(try tensor(type: nil))
    case "torch._utils._rebuild_tensor_v3":
      guard case .name(let typeName)? = value(6) else { throw wrong("the type of the elements", at: 6) }
      guard let type = TorchType.type(typeName) else { throw unsupported(typeName) }
      return .tensor(try tensor(type: type))
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
      "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer":
      guard let value = value(0) else { throw wrong("a tensor", at: 0) }
      return value
    case "torch._tensor._rebuild_from_type_v2":
      guard case .name(let function)? = value(0), case .tuple(let others)? = value(2) else {
        throw wrong("a function and its arguments", at: 0)
      }
      // A tensor with attributes of Python, rebuilt by one of the functions above.
      guard function != name else { throw wrong("another function", at: 0) }
      return try PickleCalls(name: function, arguments: others, values: values, limits: limits)
        .result(arguments[2])
    case "collections.OrderedDict", "builtins.dict", "__builtin__.dict": return try dictionary()
    case "collections.defaultdict": return .dictionary([])
    case "torch.Size", "builtins.tuple", "__builtin__.tuple", "builtins.list", "__builtin__.list", "builtins.set",
      "__builtin__.set", "builtins.frozenset", "__builtin__.frozenset", "torch.jit._pickle.build_intlist",
      "torch.jit._pickle.build_tensorlist", "torch.jit._pickle.build_doublelist", "torch.jit._pickle.build_boollist",
      "torch.jit._pickle.restore_type_tag":
      return value(0) ?? .list([])
    case "torch.device": return device()
    case "_codecs.encode": return bytes() ?? .object(name: name, arguments: tuple, state: nil)
    case "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar":
      return NumPyScalar.value(value(0), value(1), values) ?? .object(name: name, arguments: tuple, state: nil)
    case "copy_reg._reconstructor", "copyreg._reconstructor":
      guard case .name(let type)? = value(0) else { break }
      return .object(name: type, arguments: nil, state: nil)
    default: break
    }
    return .object(name: name, arguments: tuple, state: nil)
  }

  private func value(_ index: Int) -> Value? { index < arguments.count ? values[arguments[index]] : nil }

  private func wrong(_ expected: String, at index: Int) -> ModelFormatError {
    ModelFormatError(
      .malformedValue, expected: "\(expected) as argument \(index + 1) of \(name)",
      found: value(index)?.kind ?? "\(arguments.count) arguments")
  }

  private func unsupported(_ type: String) -> ModelFormatError {
    ModelFormatError(
      .unsupported, expected: "a type of elements that is read", found: ByteName(type).excerpt,
      advice: "convert the tensor first, as with tensor.float()")
  }

  /// A view of a storage, from its offset, lengths and strides.
  private func tensor(type: TorchType?) throws(ModelFormatError) -> TorchTensor {
    guard case .storage(let storage)? = value(0) else { throw wrong("a storage", at: 0) }
    guard case .integer(let offset)? = value(1), offset >= 0 else { throw wrong("an offset", at: 1) }
    let (shape, strides) = (try numbers(2), try numbers(3))
    guard shape.count == strides.count else {
      throw ModelFormatError(
        .malformedValue, expected: "a stride for each of \(shape.count) dimensions", found: "\(strides.count)")
    }
    guard let type = storage.type ?? type else { throw wrong("a storage with a type", at: 0) }
    return try TorchTensor(storage, type, offset: offset, shape: shape, strides: strides)
  }

  private func numbers(_ index: Int) throws(ModelFormatError) -> [Int] {
    let references: [Reference]
    switch value(index) {
    case .tuple(let elements)?, .list(let elements)?: references = elements
    default: throw wrong("a tuple of integers", at: index)
    }
    guard references.count <= limits.rank else {
      throw ModelFormatError(
        .limitExceeded, expected: "at most \(limits.rank) dimensions", found: "\(references.count)")
    }
    var numbers: [Int] = []
    for reference in references {
      guard case .integer(let number) = values[reference] else { throw wrong("a tuple of integers", at: index) }
      numbers.append(number)
    }
    return numbers
  }

  private func dictionary() throws(ModelFormatError) -> Value {
    switch value(0) {
    case nil: return .dictionary([])
    case .dictionary(let pairs)?: return .dictionary(pairs)
    case .list(let elements)?, .tuple(let elements)?:
      var pairs: [Reference] = []
      for element in elements {
        switch values[element] {
        case .list(let pair) where pair.count == 2, .tuple(let pair) where pair.count == 2: pairs += pair
        default: throw wrong("pairs of a key and a value", at: 0)
        }
      }
      return .dictionary(pairs)
    default: throw wrong("pairs of a key and a value", at: 0)
    }
  }

  private func device() -> Value {
    switch (value(0), value(1)) {
    case (.string(let kind)?, .integer(let index)?): .string("\(kind):\(index)")
    case (.string(let kind)?, _): .string(kind)
    default: .string("device")
    }
  }

  /// Bytes as protocol 2 has them: text whose characters are the bytes.
  private func bytes() -> Value? {
    guard case .string(let text)? = value(0), case .string("latin1")? = value(1),
      text.utf8.count <= PickleCalls.longestText
    else { return nil }
    let codes = text.unicodeScalars.map(\.value)
    return codes.allSatisfy { $0 < 256 } ? .bytes(codes.map { UInt8(truncatingIfNeeded: $0) }) : nil
  }
}

import ModelFormat

extension PickleValues.Value {
  /// An integer, least significant byte first, in two's complement of any length.
  init(integer bytes: ArraySlice<UInt8>) {
    guard bytes.count <= 8 else {
      self = .largeInteger
      return
    }
    let isNegative = bytes.last.map { $0 & 0x80 != 0 } ?? false
    self = .integer(bytes.reversed().reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) })
  }

  /// A string of Python 2: text where it is some.
  init(text bytes: ArraySlice<UInt8>) {
    self = String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(Array(bytes))
  }
}

extension PickleValues {
  /// A number, a string or the name of a type of elements; nil for anything else.
  func scalar(_ reference: Reference) -> AttributeValue? {
    switch self[reference] {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .name(let name): TorchType.type(name) == nil ? nil : .string(name)
    case .none, .largeInteger, .bytes, .tuple, .list, .dictionary, .object, .storage, .tensor: nil
    }
  }

  /// A list of numbers and strings; nil for anything else. O(number of elements up to the first that is neither).
  func scalars(_ reference: Reference) -> [AttributeValue]? {
    let elements: [Reference]
    switch self[reference] {
    case .list(let parts), .tuple(let parts): elements = parts
    case .none, .boolean, .integer, .largeInteger, .number, .string, .bytes, .dictionary, .name, .object, .storage,
      .tensor:
      return nil
    }
    var list: [AttributeValue] = []
    for element in elements {
      guard let value = scalar(element) else { return nil }
      list.append(value)
    }
    return list
  }

  /// Which values are tensors or hold some, however deeply. O(values and references).
  func holdsTensors() -> [Bool] {
    // A container may be filled after others refer to it, so references are followed backwards, from the tensors.
    var holders = [[Reference]](repeating: [], count: all.count)
    var found: [Reference] = []
    for (index, value) in all.enumerated() {
      let place = Reference(truncatingIfNeeded: index)
      switch value {
      case .tensor: found.append(place)
      case .tuple(let parts), .list(let parts), .dictionary(let parts):
        for part in parts { holders[Int(part)].append(place) }
      case .object(_, _, let state?): holders[Int(state)].append(place)
      case .none, .boolean, .integer, .largeInteger, .number, .string, .bytes, .name, .object, .storage: break
      }
    }
    var holds = [Bool](repeating: false, count: all.count)
    while let place = found.popLast() {
      guard !holds[Int(place)] else { continue }
      holds[Int(place)] = true
      found += holders[Int(place)]
    }
    return holds
  }
}

import BinaryIO

/// Takes the fields of an object apart, with an error that names the field.
package struct FieldReader {
  let value: EncodedValue
  /// Where the object is among others, for messages.
  private let place: Place

  private enum Place {
    case path(String)
    /// An element of an array. Its path is put together when an error asks for it: there may be a million of them.
    case element(array: String, index: Int)
  }

  /// Where the object is, for messages: `topology.layers[2]`.
  var path: String {
    switch place {
    case .path(let path): path
    case .element(let array, let index): "\(array)[\(index)]"
    }
  }

  package init(_ value: EncodedValue, path: String) throws(ModelFormatError) {
    try self.init(value, .path(path))
  }

  private init(_ value: EncodedValue, _ place: Place) throws(ModelFormatError) {
    self.value = value
    self.place = place
    guard case .object = value.head else {
      throw ModelFormatError(.invalidField, expected: "an object at \(path)", found: value.kind)
    }
  }

  package func has(_ name: String) -> Bool { value.field(name) != nil }

  private func mismatch(_ name: String, _ expected: String) -> ModelFormatError {
    ModelFormatError(
      .invalidField, expected: "\(expected) at \(path).\(name)", found: value.field(name)?.kind ?? "no such field")
  }

  package func string(_ name: String) throws(ModelFormatError) -> String {
    guard let string = value.field(name)?.string else { throw mismatch(name, "a string") }
    return string
  }

  package func optionalString(_ name: String) throws(ModelFormatError) -> String? {
    has(name) ? try string(name) : nil
  }

  package func number(_ name: String) throws(ModelFormatError) -> Double {
    guard case .number(let number) = value.field(name)?.head else { throw mismatch(name, "a number") }
    return number
  }

  package func count(_ name: String) throws(ModelFormatError) -> Int {
    guard case .integer(let count) = value.field(name)?.head, count >= 0 else {
      throw mismatch(name, "an integer of at least 0")
    }
    return count
  }

  /// Where the bytes of a byte string are among those of the value.
  func bytes(_ name: String) throws(ModelFormatError) -> Range<Int> {
    guard case .bytes(let range) = value.field(name)?.head else { throw mismatch(name, "a byte string") }
    return range
  }

  package func array(_ name: String) throws(ModelFormatError) -> EncodedValue.Elements {
    guard let elements = value.field(name)?.elements else { throw mismatch(name, "an array") }
    return elements
  }

  package func shape(_ name: String) throws(ModelFormatError) -> [Int] {
    var dimensions: [Int] = []
    for element in try array(name) {
      guard case .integer(let dimension) = element.head, dimension >= 0 else {
        throw mismatch(name, "dimensions of at least 0")
      }
      dimensions.append(dimension)
    }
    return dimensions
  }

  package func strings(_ name: String) throws(ModelFormatError) -> [String] {
    let elements = try array(name)
    var strings: [String] = []
    strings.reserveCapacity(elements.underestimatedCount)
    for element in elements {
      guard let string = element.string else { throw mismatch(name, "an array of strings") }
      strings.append(string)
    }
    return strings
  }

  /// Makes something of each element of an array of objects.
  package func objects<Part>(
    _ name: String, _ part: (FieldReader) throws(ModelFormatError) -> Part
  ) throws(ModelFormatError) -> [Part] {
    let (elements, path) = (try array(name), "\(path).\(name)")
    var parts: [Part] = []
    parts.reserveCapacity(elements.underestimatedCount)
    for element in elements {
      parts.append(try part(FieldReader(element, .element(array: path, index: parts.count))))
    }
    return parts
  }

  package func object(_ name: String) throws(ModelFormatError) -> FieldReader {
    guard let object = value.field(name) else { throw mismatch(name, "an object") }
    return try FieldReader(object, path: "\(path).\(name)")
  }
}

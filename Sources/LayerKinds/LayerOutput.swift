/// The rule for the shape of a layer's output.
package enum LayerOutput: Sendable {
  /// That of the input.
  case unchanged
  /// One dimension with all values.
  case flattened
  /// One dimension: the value of a field.
  case dimension(String)
  /// ⌊(length + 2 · padding − size) / stride⌋ + 1 for height and width, after windows that slide over the planes of
  /// [channels, height, width] or [height, width]. The field `channels` says how many planes come out, in front of height
  /// and width; without it they are those of the input. `stride` is a field too.
  case windows(size: String, padding: String? = nil, channels: String? = nil)

  /// Checks the rank of an input, as far as the rule has need of one.
  package func check(_ input: [Int]) throws(LayerMisfit) {
    if case .windows = self { try LayerOutput.checkImage(input) }
  }

  /// The shape of the output for an input.
  ///
  /// - Parameter integer: The value of a field; nil where it is not known.
  /// - Throws: `LayerMisfit` where it does not follow, or no window fits.
  package func shape(input: [Int], integer: (String) -> Int?) throws(LayerMisfit) -> [Int] {
    switch self {
    case .unchanged: return input
    case .flattened: return [try LayerContext.elementCount(input)]
    case .dimension(let field): return [try LayerContext.value(field, integer)]
    case .windows(let size, let padding, let channels):
      try check(input)
      let planes = try channels.map { (name) throws(LayerMisfit) in [try LayerContext.value(name, integer)] }
      return try (planes ?? input.dropLast(2))
        + LayerOutput.plane(
          input, size: LayerContext.value(size, integer), stride: LayerContext.value("stride", integer),
          padding: padding.map { (name) throws(LayerMisfit) in try LayerContext.value(name, integer) } ?? 0)
    }
  }

  static func checkImage(_ input: [Int]) throws(LayerMisfit) {
    guard (2...3).contains(input.count) else {
      throw LayerMisfit(
        reason: .shape, expected: "an input [channels, height, width] or [height, width]", found: "\(input)")
    }
  }

  /// Height and width after windows.
  private static func plane(
    _ input: [Int], size: Int, stride: Int, padding: Int
  ) throws(LayerMisfit) -> [Int] {
    let plausible = 0...IntegerRange.limit
    guard stride >= 1, [size, stride, padding].allSatisfy(plausible.contains),
      input.suffix(2).allSatisfy(plausible.contains)
    else {
      throw LayerMisfit(
        reason: .value, expected: "windows, strides and images of at most \(IntegerRange.limit)",
        found: "\(size), \(stride) and \(input)")
    }
    guard input.suffix(2).allSatisfy({ $0 + 2 * padding >= size }) else {
      let least = max(size - 2 * padding, 1)
      throw LayerMisfit(
        reason: .shape, expected: "an input of at least \(least) × \(least) for windows of \(size) × \(size)",
        found: "\(input)")
    }
    return input.suffix(2).map { ($0 + 2 * padding - size) / stride + 1 }
  }
}

extension LayerDefinition {
  /// Checks each setting against the range of its field.
  ///
  /// - Parameters:
  ///   - values: A value for each field, in their order.
  ///   - rounded: The number of the type that the layer computes with; the range has to hold it as well.
  /// - Throws: `LayerMisfit` with the first that is out of range, or of another type than its field.
  package func check(_ values: [LayerValue], rounded: (Double) -> Double) throws(LayerMisfit) {
    func integer(_ name: String) -> Int? { LayerDefinition.integer(name, fields, values) }
    guard values.count == fields.count else {
      throw LayerMisfit(reason: .value, expected: "\(fields.count) values", found: "\(values.count)")
    }
    for (field, value) in zip(fields, values) {
      switch (field.values, value) {
      case (.integers(let range), .integer(let value)): try range.check(value, field.words, integer)
      case (.numbers(let range), .number(let value)):
        guard range.contains(value), range.contains(rounded(value)) else {
          throw LayerMisfit(reason: .value, expected: range.words(field.words), found: "\(value)")
        }
      case (.integers, .number(let value)):
        throw LayerMisfit(reason: .value, expected: "an integer \(field.name)", found: "\(value)")
      case (.numbers, .integer(let value)):
        throw LayerMisfit(reason: .value, expected: "a number \(field.name)", found: "\(value)")
      }
    }
  }

  /// The integer of a field; nil if there is no such field.
  package func integer(_ name: String, _ values: [LayerValue]) -> Int? {
    LayerDefinition.integer(name, fields, values)
  }

  private static func integer(_ name: String, _ fields: [LayerField], _ values: [LayerValue]) -> Int? {
    for (field, value) in zip(fields, values) where field.name == name {
      if case .integer(let integer) = value { return integer }
    }
    return nil
  }
}

@testable package import ModelFormat

extension StructuredValue {
  /// The same value with one node of its tree changed.
  package func mutated(_ choices: inout SeededChoices) -> StructuredValue {
    switch self {
    case .array(let elements) where !elements.isEmpty && choices.below(5) > 0:
      var changed = elements
      let place = choices.below(changed.count)
      changed[place] = changed[place].mutated(&choices)
      return .array(changed)
    case .object(let fields) where !fields.isEmpty && choices.below(5) > 0:
      var changed = fields
      let place = choices.below(changed.count)
      changed[place] = Field(name: changed[place].name, value: changed[place].value.mutated(&choices))
      return .object(changed)
    default: return changed(&choices)
    }
  }

  /// This node changed, as its kind has it, or another kind of value in its place.
  private func changed(_ choices: inout SeededChoices) -> StructuredValue {
    if choices.below(8) == 0 { return StructuredValue.leaf(&choices) }
    switch self {
    case .boolean(let value): return .boolean(!value)
    case .integer(let value): return .integer(StructuredValue.changed(value, &choices))
    case .number(let value): return .number(StructuredValue.changed(value, &choices))
    case .string(let text): return .string(StructuredValue.changed(text, &choices))
    case .bytes(let bytes): return .bytes(Fuzzer.mutated(bytes))
    case .array(let elements): return .array(StructuredValue.rearranged(elements, &choices))
    case .object(let fields):
      var rearranged = StructuredValue.rearranged(fields, &choices)
      if choices.below(4) == 0, !rearranged.isEmpty {
        let place = choices.below(rearranged.count)
        let name = StructuredValue.changed(rearranged[place].name, &choices)
        rearranged[place] = Field(name: name, value: rearranged[place].value)
      }
      // Mostly in canonical order, each name once.
      guard choices.below(8) > 0 else { return .object(rearranged) }
      return .object(rearranged.sorted { StructuredValue.precedes($0.name, $1.name) })
    }
  }

  private static func changed(_ value: Int, _ choices: inout SeededChoices) -> Int {
    let special = [
      0, 1, 2, 3, 4, 8, 23, 24, 63, 64, 255, 256, 1 << 16, 1 << 20, 1 << 31, 1 << 32, 1 << 62, Int.max, -1,
    ]
    switch choices.below(4) {
    case 0: return choices.element(of: special)
    case 1: return value &+ choices.below(9) &- 4
    case 2: return value ^ (1 << choices.below(64))
    default: return value &* (1 + choices.below(8))
    }
  }

  private static func changed(_ value: Double, _ choices: inout SeededChoices) -> Double {
    let special = [0, -0.0, 1, -1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    return choices.below(2) == 0 ? choices.element(of: special) : Double(bitPattern: choices.next())
  }

  private static func changed(_ text: String, _ choices: inout SeededChoices) -> String {
    let types = DataType.allCases.map(\.rawValue)
    let special =
      types + ["", "a", "é", "e\u{301}", "\0", "nnkit.topology", "__metadata__", "weight", "bias", "affine", "seconds"]
    return choices.below(2) == 0
      ? choices.element(of: special) : String(decoding: Fuzzer.mutated(Array(text.utf8), growth: 16), as: UTF8.self)
  }

  private static func rearranged<Element>(_ elements: [Element], _ choices: inout SeededChoices) -> [Element] {
    guard !elements.isEmpty else { return elements }
    var changed = elements
    let place = choices.below(elements.count)
    switch choices.below(4) {
    case 0: changed.remove(at: place)
    case 1: changed.removeSubrange(place...)
    case 2: changed.insert(elements[place], at: choices.below(elements.count + 1))
    default: changed.swapAt(place, choices.below(elements.count))
    }
    return changed
  }

  private static func leaf(_ choices: inout SeededChoices) -> StructuredValue {
    switch choices.below(7) {
    case 0: .boolean(choices.below(2) == 0)
    case 1: .integer(changed(0, &choices))
    case 2: .number(changed(0.0, &choices))
    case 3: .string(changed("", &choices))
    case 4: .bytes([UInt8](repeating: 0, count: choices.below(17)))
    case 5: .array([.integer(1), .number(.nan), .string("x"), .array([])])
    default: .object(["a": .integer(1)])
    }
  }
}

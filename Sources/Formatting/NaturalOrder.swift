/// The order in which people expect names: numbers in them count as numbers, so that `layer2` comes before `layer10`.
package enum NaturalOrder {
  /// Whether a name comes before another. Bytes decide, but for runs of digits; where only leading zeros differ, all
  /// bytes do. O(n).
  package static func precedes(_ left: String, _ right: String) -> Bool {
    var (a, b) = (left.utf8[...], right.utf8[...])
    while let first = a.first, let second = b.first {
      if isDigit(first), isDigit(second) {
        let (number, other) = (takeNumber(&a), takeNumber(&b))
        if number.count != other.count { return number.count < other.count }
        if !number.elementsEqual(other) { return number.lexicographicallyPrecedes(other) }
      } else {
        if first != second { return first < second }
        a = a.dropFirst()
        b = b.dropFirst()
      }
    }
    if a.isEmpty != b.isEmpty { return a.isEmpty }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  /// Takes the digits at the beginning, and returns those that count.
  private static func takeNumber(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
    let digits = text.prefix(while: isDigit)
    text = text[digits.endIndex...]
    return digits.drop { $0 == UInt8(ascii: "0") }
  }
}

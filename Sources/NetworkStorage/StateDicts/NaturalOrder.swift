/// The order in which people number things: `layer2` comes before `layer10`.
enum NaturalOrder {
  /// Whether one name comes before another: runs of digits are compared as numbers, everything else byte by byte.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let (a, b) = (parts(of: left), parts(of: right))
    for (x, y) in zip(a, b) where x != y {
      guard x.isNumber && y.isNumber else { return x.bytes.lexicographicallyPrecedes(y.bytes) }
      let (m, n) = (x.bytes.drop { $0 == 0x30 }, y.bytes.drop { $0 == 0x30 })
      if m.count != n.count { return m.count < n.count }
      if m != n { return m.lexicographicallyPrecedes(n) }
      // Of 7 and 07, the shorter.
      return x.bytes.count < y.bytes.count
    }
    return a.count < b.count
  }

  private struct Part: Equatable {
    let isNumber: Bool
    var bytes: [UInt8]
  }

  private static func parts(of name: String) -> [Part] {
    var parts: [Part] = []
    for byte in name.utf8 {
      let isDigit = (0x30...0x39).contains(byte)
      if let last = parts.last, last.isNumber == isDigit {
        parts[parts.count - 1].bytes.append(byte)
      } else {
        parts.append(Part(isNumber: isDigit, bytes: [byte]))
      }
    }
    return parts
  }
}

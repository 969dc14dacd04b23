extension Text {
  /// Scalars that take two columns of a terminal: the wide ones of Unicode Standard Annex 11, in whole blocks.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
    0x20000...0x3FFFD,
  ]

  /// The columns that a text takes on a terminal. O(n).
  package static func width(_ text: String) -> Int {
    // Most texts are ASCII, or single columns all the same.
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    case _: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
  }

  /// A text with as many columns as there are, an ellipsis in the place of its middle where it is longer: names that
  /// belong together begin alike, and differ at their ends. A list, `a, b, c`, loses whole items where that leaves at least
  /// half of the columns filled. O(n).
  package static func elided(_ text: String, to columns: Int) -> String {
    guard width(text) > columns, columns > 0 else { return text }
    if let list = elidedList(text, to: columns), 2 * width(list) >= columns { return list }
    let rest = columns - 1
    let end = prefix(String(String.UnicodeScalarView(text.unicodeScalars.reversed())), columns: rest / 2 + rest % 2)
    return prefix(text, columns: rest / 2) + "…" + String(String.UnicodeScalarView(end.unicodeScalars.reversed()))
  }

  /// As many items of a list as there is room for, from its beginning and its end in turn, and an ellipsis between.
  private static func elidedList(_ text: String, to columns: Int) -> String? {
    let separator = ", "
    let items = text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    guard items.count > 2 else { return nil }
    var (first, last, taken) = (0, 0, 1)
    while first + last < items.count {
      let item = first > last ? items[items.count - 1 - last] : items[first]
      taken += width(item) + separator.count
      if taken > columns { break }
      if first > last { last += 1 } else { first += 1 }
    }
    guard first > 0, first + last < items.count else { return nil }
    return (items.prefix(first) + ["…"] + items.suffix(last)).joined(separator: separator)
  }

  /// A name from a file, escaped; of one that is longer than any table the beginning and the end. O(1).
  package static func name(_ text: String) -> String { elided(escaped(text), to: 160) }

  /// The longest beginning of a text that fits.
  private static func prefix(_ text: String, columns: Int) -> String {
    var (result, taken) = (String.UnicodeScalarView(), 0)
    for scalar in text.unicodeScalars {
      taken += width(scalar)
      if taken > columns { break }
      result.append(scalar)
    }
    return String(result)
  }

  /// Words in lines of at most so many columns; a longer word has a line of its own.
  package static func wrapped(_ text: String, to columns: Int) -> [String] {
    var (lines, line, taken) = ([String](), "", 0)
    for word in text.split(separator: " ") {
      let columnsOfWord = width(String(word))
      if taken > 0, taken + 1 + columnsOfWord > columns {
        lines.append(line)
        (line, taken) = ("", 0)
      }
      line += (taken > 0 ? " " : "") + word
      taken += (taken > 0 ? 1 : 0) + columnsOfWord
    }
    return taken > 0 ? lines + [line] : lines
  }

  /// A text in lines of at most so many columns, the first of which begins with `first`, and the others as far in.
  ///
  /// - Parameter columns: nil for one line of any length.
  package static func wrapped(_ text: String, to columns: Int?, first: String) -> [String] {
    let start = width(first)
    guard let columns, start + width(text) > columns else { return [first + text] }
    let indent = String(repeating: " ", count: start)
    return wrapped(text, to: max(20, columns - start)).enumerated().map { ($0 == 0 ? first : indent) + $1 }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Numbers and names as people read them.
package enum Text {
  /// C's `printf` for one number, in the C locale.
  private static func printf(_ format: String, _ arguments: any CVarArg...) -> String {
    unsafe withVaList(arguments) { list in
      // The largest double has 309 digits before the point.
      var buffer = [CChar](repeating: 0, count: 512)
      let count = unsafe vsnprintf(&buffer, buffer.count, format, list)
      return String(
        decoding: buffer.prefix(max(0, min(Int(count), buffer.count - 1))).map { UInt8(bitPattern: $0) },
        as: UTF8.self)
    }
  }

  /// A number with this many decimals.
  package static func fixed(_ value: Double, _ decimals: Int) -> String { printf("%.*f", Int32(decimals), value) }

  /// A number with this many significant digits, in scientific notation when that is shorter.
  package static func significant(_ value: Double, _ digits: Int = 4) -> String {
    value.isFinite ? printf("%.*g", Int32(digits), value) : nonFinite(value)
  }

  /// A whole number with all its digits, any other with a few.
  package static func number(_ value: Double?, _ digits: Int = 4) -> String {
    guard let value else { return "–" }
    if value.rounded() == value, value.magnitude < 1e15 { return grouped(Int(value)) }
    return significant(value, digits)
  }

  package static func significant(_ value: Double?, _ digits: Int = 4) -> String {
    value.map { significant($0, digits) } ?? "–"
  }

  /// A place on an axis; what rounding left of 0 is 0.
  package static func coordinate(_ value: Double) -> String { significant(value.magnitude < 1e-9 ? 0 : value, 3) }

  /// The names that JSON output uses too.
  package static func nonFinite(_ value: Double) -> String {
    value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity"
  }

  /// A loss, whose decimals matter while it is small.
  package static func loss(_ value: Double) -> String {
    value < 0.001 ? significant(value, 3) : value < 1000 ? fixed(value, 4) : significant(value, 6)
  }

  package static func percent(_ fraction: Double) -> String { fixed(fraction * 100, 2) + " %" }

  /// Names and texts below one another, indented by two spaces.
  package static func aligned(_ rows: [(name: String, text: String)]) -> [String] {
    let width = rows.reduce(0) { max($0, $1.name.count) }
    return rows.map { "  \($0.name)\(String(repeating: " ", count: width - $0.name.count))  \($0.text)" }
  }

  /// An integer with its digits in groups of three.
  package static func grouped(_ value: Int) -> String {
    var (digits, result) = (Array(String(value.magnitude)), "")
    while digits.count > 3 {
      result = "," + String(digits.suffix(3)) + result
      digits.removeLast(3)
    }
    return (value < 0 ? "-" : "") + String(digits) + result
  }

  /// A factor, as a fraction where it is the inverse of a whole number: 1/255.
  package static func factor(_ value: Double) -> String {
    let inverse = 1 / value
    return inverse.magnitude > 1 && inverse.magnitude < 1e6 && (inverse - inverse.rounded()).magnitude < 1e-9 * inverse
      ? "1/\(Int(inverse.rounded()))" : significant(value, 6)
  }

  /// A size, and the number of files where they are several.
  package static func bytes(_ count: Int, inFiles fileCount: Int) -> String {
    fileCount == 1 ? bytes(count) : "\(bytes(count)) in \(counted(fileCount, "file"))"
  }

  package static func bytes(_ count: Int) -> String {
    if count == 1 { return "1 byte" }
    if count < 10_000 { return "\(grouped(count)) bytes" }
    let units = ["kB", "MB", "GB", "TB"]
    var (value, unit) = (Double(count) / 1000, 0)
    while value >= 999.95, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    return "\(fixed(value, value < 10 ? 2 : 1)) \(units[unit])"
  }

  package static func shape(_ dimensions: [Int]) -> String {
    dimensions.isEmpty ? "scalar" : dimensions.map(String.init).joined(separator: "×")
  }

  package static func seconds(_ value: Double) -> String {
    if value < 0.001 { return fixed(value * 1e6, 0) + " µs" }
    if value < 1 { return fixed(value * 1000, 0) + " ms" }
    if value < 100 { return fixed(value, 1) + " s" }
    return "\(Int(value) / 60) min \(Int(value) % 60) s"
  }

  /// `1 epoch`, `2 epochs`.
  package static func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(grouped(count)) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// `a`, `a or b`, `a, b or c`.
  package static func alternatives(_ words: [String]) -> String {
    words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
  }

  /// As many of the texts as a line bears: of more than 40 the first 20, the last, and how many there are.
  ///
  /// - Parameter form: how a text is shown. It is asked for no more than those.
  package static func listed(
    _ texts: [String], separator: String, as form: (String) -> String = { $0 }
  ) -> String {
    guard texts.count > 40, let last = texts.last else { return texts.map(form).joined(separator: separator) }
    return (texts.prefix(20).map(form) + ["…", form(last)]).joined(separator: separator)
      + " (\(grouped(texts.count)))"
  }

  /// The beginning of a name or a value from a file, escaped, so that no line is as long as a file wants.
  package static func short(_ text: String) -> String { escaped(text, atMost: 160) }

  /// A text without anything that a terminal would act on.
  ///
  /// - Parameter limit: how many Unicode scalars are shown; an ellipsis stands for the rest.
  package static func escaped(_ text: String, atMost limit: Int = 8_192) -> String {
    // Most texts hold nothing but printable ASCII.
    if text.utf8.count <= limit, text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text }
    var result = ""
    for (place, scalar) in text.unicodeScalars.enumerated() {
      guard place < limit else { return result + "…" }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// The first line in which two transcripts differ by more than the recorded one allows.
struct TranscriptDifference: CustomStringConvertible {
  /// The number of the line, from 1, in the file of what was recorded.
  let line: Int
  let command: String
  /// Nil after the last line.
  let recorded: String?
  let printed: String?

  init?(recorded: Transcript, printed: Transcript) {
    let tolerance = recorded.tolerance
    let count = max(recorded.lines.count, printed.lines.count)
    let different = (0..<count).first { index in
      guard index < recorded.lines.count, index < printed.lines.count else { return true }
      return !TranscriptDifference.agree(recorded.lines[index], printed.lines[index], tolerance: tolerance)
    }
    guard let different else { return nil }
    line = recorded.notes.count + different + 1
    command = recorded.lines.prefix(different + 1).last { $0.hasPrefix("$ ") } ?? "no command"
    self.recorded = different < recorded.lines.count ? recorded.lines[different] : nil
    self.printed = different < printed.lines.count ? printed.lines[different] : nil
  }

  var description: String {
    "\(command)\nline \(line)\n  recorded  \(recorded ?? "the end")\n  printed   \(printed ?? "the end")"
  }

  /// Whether two lines are the same, but for numbers that differ by no more than `tolerance` times the larger one.
  static func agree(_ left: String, _ right: String, tolerance: Double) -> Bool {
    if left == right { return true }
    guard tolerance > 0 else { return false }
    let number = /-?[0-9][0-9,]*(\.[0-9]+)?(e[-+]?[0-9]+)?/
    // Spaces align columns, whose widths follow from the numbers.
    func words(_ line: String) -> [Substring] { line.replacing(number, with: "#").split(separator: " ") }
    func numbers(_ line: String) -> [Double?] {
      line.matches(of: number).map { Double($0.output.0.filter { $0 != "," }) }
    }
    guard words(left) == words(right) else { return false }
    return zip(numbers(left), numbers(right)).allSatisfy { left, right in
      guard let left, let right else { return false }
      return abs(left - right) <= tolerance * max(abs(left), abs(right))
    }
  }
}

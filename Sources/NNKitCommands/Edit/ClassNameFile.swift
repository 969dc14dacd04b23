import BinaryIO

/// A text file with a name on each line.
struct ClassNameFile {
  /// More are no names.
  private static let largestSize = 1 << 24

  let names: [String]

  /// The names that an option gives: a file of them if there is one of that name, otherwise a list with commas.
  ///
  /// - Throws: what `init(path:)` throws, also for one word that is no file; `CommandFailure` for an empty name.
  static func names(from option: String) throws -> [String] {
    guard option.contains(","), !FileSystem.exists(option) else { return try ClassNameFile(path: option).names }
    let names = option.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else {
      throw CommandFailure.usage("--class-names: expected a name on each side of a comma, found none")
    }
    return names
  }

  /// - Throws: `CommandFailure` for a file that is no text, or has an empty line.
  init(path: String) throws {
    guard let bytes = try FileInput(path: path).readAll(after: [], maximumCount: ClassNameFile.largestSize) else {
      throw CommandFailure.badData("\(path): expected at most \(ClassNameFile.largestSize) bytes of names, found more")
    }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // A line ends with a line feed, and does not begin with one.
    if lines.last?.isEmpty == true { lines.removeLast() }
    names = try lines.enumerated().map { number, line in
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let name = String(validating: line, as: UTF8.self), !name.isEmpty else {
        throw CommandFailure.badData(
          "\(path): line \(number + 1): expected a name in UTF-8, found \(line.isEmpty ? "none" : "other bytes")")
      }
      return name
    }
    guard !names.isEmpty else { throw CommandFailure.badData("\(path): expected a name on each line, found none") }
  }
}

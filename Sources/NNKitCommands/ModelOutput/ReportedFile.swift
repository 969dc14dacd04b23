import BinaryIO
import Formatting

/// A model file that was read or written.
struct ReportedFile: Encodable {
  let path: String
  let format: String
  /// Nil where it cannot be known, as for a pipe.
  var bytes: Int?

  /// Takes in the size, once the file is written.
  mutating func measure() {
    guard path != "-", let file = try? FileInput(path: path) else { return }
    bytes = file.size
  }

  /// Path, format and size.
  var text: String {
    let name = path == "-" ? "(standard stream)" : Text.escaped(path)
    return "\(name) (\(([format] + [bytes.map(Text.bytes)].compactMap(\.self)).joined(separator: ", ")))"
  }
}

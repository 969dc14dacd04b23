import BinaryIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An independent oracle: scripts that use Python's standard library only.
enum Python {
  static let isAvailable = (try? run("print(6 * 7)", in: TemporaryFolder())) == "42\n"

  struct Failure: Error {
    let status: Int32
    let output: String
  }

  /// Runs `script` with `folder` as its working folder, and returns what it prints.
  static func run(_ script: String, in folder: TemporaryFolder) throws -> String {
    try folder.write(Array(script.utf8), to: ".script.py")
    defer { _ = unlink(folder.file(".script.py")) }
    guard let pipe = popen("cd '\(folder.path)' && python3 .script.py 2>&1", "r") else {
      throw Failure(status: -1, output: "")
    }
    var output: [UInt8] = []
    while true {
      let byte = getc(pipe)
      if byte == EOF { break }
      output.append(UInt8(truncatingIfNeeded: byte))
    }
    let text = String(decoding: output, as: UTF8.self)
    let status = pclose(pipe)
    guard status == 0 else { throw Failure(status: status, output: text) }
    return text
  }
}

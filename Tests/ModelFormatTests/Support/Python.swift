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
  static let isAvailable: Bool = output(of: "python3 -c 'print(6 * 7)' 2>&1") == (0, "42\n")

  struct Failure: Error {
    let status: Int32
    let output: String
  }

  /// Runs `script` with `folder` as its working folder, and returns what it prints.
  static func run(_ script: String, in folder: TemporaryFolder) throws -> String {
    try folder.write(Array(script.utf8), to: ".script.py")
    defer { _ = unlink(folder.file(".script.py")) }
    let (status, text) = output(of: "cd '\(folder.path)' && python3 .script.py 2>&1")
    guard status == 0 else { throw Failure(status: status, output: text) }
    return text
  }

  /// What a command of the shell prints, and its status.
  static func output(of command: String) -> (status: Int32, text: String) {
    guard let pipe = popen(command, "r") else { return (-1, "") }
    var output: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&block, 1, block.count, pipe)
      if count == 0 { break }
      output += block[..<count]
    }
    return (pclose(pipe), String(decoding: output, as: UTF8.self))
  }
}

import BinaryIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Facts about the standard streams.
enum Terminal {
  static var standardOutputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  static var standardErrorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The width of the terminal behind standard error in columns; 80 when it does not say.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Writes to standard error. Nothing can be done, or said, when that fails.
  static func log(_ text: String) {
    var sink = DescriptorSink.standardError
    try? sink.write(Array(text.utf8))
  }

  static func logLine(_ text: String) { log(text + "\n") }

  /// Writes to standard output.
  static func output(_ text: String) throws {
    var sink = DescriptorSink.standardOutput
    try sink.write(Array(text.utf8))
  }
}

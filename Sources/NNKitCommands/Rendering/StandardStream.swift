import BinaryIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One of the two streams that a command writes to.
enum StandardStream {
  /// For what the command is for.
  case output
  /// For what there is to say about it.
  case error

  private var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }

  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// The width of its terminal in columns; 80 when it does not say.
  var width: Int {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Writes a text. Nothing can be done, or said, when that fails on standard error.
  ///
  /// - Throws: `FileError` for standard output.
  func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// Writes bytes, as `write(_:)` writes a text.
  func write(_ bytes: [UInt8]) throws {
    switch self {
    case .output:
      var sink = DescriptorSink.standardOutput
      try sink.write(bytes)
    case .error:
      var sink = DescriptorSink.standardError
      try? sink.write(bytes)
    }
  }
}

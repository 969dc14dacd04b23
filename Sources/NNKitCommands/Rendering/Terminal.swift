#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Messages, and what the environment says.
enum Terminal {
  static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  /// Writes to standard error. Nothing can be done, or said, when that fails.
  static func log(_ text: String) { try? StandardStream.error.write(text) }

  static func logLine(_ text: String) { log(text + "\n") }

  /// Writes to standard output.
  static func output(_ text: String) throws { try StandardStream.output.write(text) }
}

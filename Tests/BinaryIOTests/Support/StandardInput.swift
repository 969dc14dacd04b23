import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The standard input of the test process, which only one test at a time may change.
enum StandardInput {
  /// Runs `body` with a file as standard input, of which `skipped` bytes have been read already.
  static func withFile(_ path: String, skipped: Int, _ body: () throws -> Void) throws {
    let kept = dup(STDIN_FILENO)
    defer {
      if kept >= 0 {
        _ = dup2(kept, STDIN_FILENO)
        _ = close(kept)
      }
    }
    let descriptor = open(path, O_RDONLY)
    #expect(lseek(descriptor, off_t(skipped), SEEK_SET) == off_t(skipped))
    #expect(dup2(descriptor, STDIN_FILENO) == STDIN_FILENO)
    _ = close(descriptor)
    try body()
  }
}

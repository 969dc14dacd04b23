import FuzzingSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A pipe that holds some bytes and whose other end is closed: a file of unknown size.
struct FilledPipe: ~Copyable {
  private let descriptor: Int32

  /// A path that opens the pipe.
  var path: String { "/dev/fd/\(descriptor)" }

  /// Nil for more bytes than a pipe surely holds.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= 1 << 14 else { return nil }
    var ends: [Int32] = [0, 0]
    require(pipe(&ends) == 0, "cannot create a pipe")
    let written = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
    require(written == bytes.count, "cannot fill a pipe")
    close(ends[1])
    descriptor = ends[0]
  }

  deinit { close(descriptor) }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file, or standard input, opened for reading.
///
/// Reads go straight to the system; callers read in pieces of their own choice. The descriptor is closed when
/// the last reference goes.
package final class FileInput: Sendable {
  package let path: String
  /// The size in bytes when this is a regular file; nil for pipes, terminals and devices.
  package let size: Int?
  private let descriptor: Int32
  private let ownsDescriptor: Bool

  /// Opens `path` for reading; `-` is standard input.
  package init(path: String) throws(FileError) {
    self.path = path
    if path == "-" {
      descriptor = STDIN_FILENO
      ownsDescriptor = false
    } else {
      let opened = open(path, O_RDONLY | O_CLOEXEC)
      guard opened >= 0 else {
        throw FileError(operation: .open, path: path, errorNumber: SystemCall.lastError)
      }
      descriptor = opened
      ownsDescriptor = true
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let number = SystemCall.lastError
      if ownsDescriptor { _ = SystemCall.close(descriptor) }
      throw FileError(operation: .inspect, path: path, errorNumber: number)
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR {
      if ownsDescriptor { _ = SystemCall.close(descriptor) }
      throw FileError(operation: .open, path: path, reason: .isDirectory)
    }
    size = kind == S_IFREG ? Int(status.st_size) : nil
  }

  deinit {
    if ownsDescriptor { _ = SystemCall.close(descriptor) }
  }

  /// Reads the next bytes; fewer than asked for only at the end. Returns how many were read.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = SystemCall.read(descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if count == 0 { break }
      if count < 0 {
        if SystemCall.lastError == EINTR { continue }
        throw FileError(operation: .read, path: path, errorNumber: SystemCall.lastError)
      }
      filled += count
    }
    return filled
  }

  /// Reads at `offset` without moving the cursor; fewer bytes than asked for only at the end of the file.
  package func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = pread(
        descriptor, rest.baseAddress, min(rest.count, SystemCall.largestTransfer), off_t(offset + filled))
      if count == 0 { break }
      if count < 0 {
        if SystemCall.lastError == EINTR { continue }
        throw FileError(operation: .read, path: path, errorNumber: SystemCall.lastError)
      }
      filled += count
    }
    return filled
  }
}

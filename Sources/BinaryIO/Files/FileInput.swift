import MachineLimits

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
/// the last reference goes. Standard input begins at its current position: what others have read of it is no part of it.
package final class FileInput: Sendable {
  package let path: String
  /// The size in bytes, from where it begins, when this is a regular file; nil for pipes, terminals and devices.
  package let size: Int?
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  /// Where the file begins for this reader.
  private let start: Int

  /// Opens `path` for reading; `-` is standard input.
  package init(path: String) throws(FileError) {
    self.path = path
    if path == "-" {
      descriptor = STDIN_FILENO
      ownsDescriptor = false
    } else {
      let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard opened >= 0 else {
        throw FileError(operation: .open, path: path, errorNumber: SystemCall.lastError)
      }
      descriptor = opened
      ownsDescriptor = true
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let number = SystemCall.lastError
      if ownsDescriptor { _ = SystemCall.close(descriptor) }
      throw FileError(operation: .inspect, path: path, errorNumber: number)
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR {
      if ownsDescriptor { _ = SystemCall.close(descriptor) }
      throw FileError(operation: .open, path: path, reason: .isDirectory)
    }
    if kind == S_IFREG {
      start = ownsDescriptor ? 0 : max(0, Int(lseek(descriptor, 0, SEEK_CUR)))
      size = max(0, Int(status.st_size) - start)
    } else {
      start = 0
      size = nil
    }
  }

  deinit {
    if ownsDescriptor { _ = SystemCall.close(descriptor) }
  }

  /// Reads the next bytes; fewer than asked for only at the end. Returns how many were read.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = unsafe SystemCall.read(descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if count == 0 { break }
      if count < 0 {
        if SystemCall.lastError == EINTR { continue }
        throw FileError(operation: .read, path: path, errorNumber: SystemCall.lastError)
      }
      filled += count
    }
    return filled
  }

  /// Reads `prefix` and everything after it into memory.
  ///
  /// - Parameter maximumCount: how much that may be; nil is returned as soon as there is more.
  /// - Throws: also when the system has no memory for it.
  package func readAll(after prefix: [UInt8], maximumCount: Int) throws(FileError) -> [UInt8]? {
    var bytes = prefix
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try unsafe piece.withMutableBytes { (buffer) throws(FileError) in try unsafe read(into: buffer) }
      if count == 0 { return bytes }
      guard count <= maximumCount - bytes.count else { return nil }
      guard AvailableMemory.grow(&bytes, by: count, maximumCount: maximumCount) else {
        throw FileError(operation: .read, path: path, errorNumber: ENOMEM)
      }
      bytes.append(contentsOf: piece[..<count])
    }
  }

  /// Reads at `offset`, counted from where the file begins, without moving the cursor; fewer bytes than asked for only at the end of the file.
  package func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = unsafe pread(
        descriptor, rest.baseAddress, min(rest.count, SystemCall.largestTransfer), off_t(start + offset + filled))
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

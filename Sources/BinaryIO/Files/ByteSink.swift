#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A place that bytes are appended to.
package protocol ByteSink: ~Copyable {
  /// Appends all of `bytes`.
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError)
}

extension ByteSink where Self: ~Copyable {
  /// Appends all of `bytes`.
  package mutating func write(_ bytes: [UInt8]) throws(FileError) {
    try unsafe bytes.withBytes { (buffer) throws(FileError) in try unsafe write(buffer) }
  }
}

/// Bytes collected in memory.
package struct MemorySink: ByteSink {
  package private(set) var bytes: [UInt8] = []

  /// - Parameter capacity: how many bytes there may be before memory has to move.
  package init(capacity: Int = 0) {
    bytes.reserveCapacity(capacity)
    let reserved = bytes.capacity
    unsafe bytes.withUnsafeMutableBufferPointer {
      unsafe LargePages.advise(UnsafeMutableRawBufferPointer(start: $0.baseAddress, count: reserved))
    }
  }

  package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    unsafe self.bytes.append(contentsOf: bytes)
  }
}

/// An open descriptor, written to the last byte through interruptions and short writes.
package struct DescriptorSink: ByteSink {
  private let descriptor: Int32
  private let path: String
  private let operations: FileOperations

  init(descriptor: Int32, path: String, _ operations: FileOperations = FileOperations()) {
    self.descriptor = descriptor
    self.path = path
    self.operations = operations
  }

  /// Standard output.
  package static var standardOutput: DescriptorSink {
    DescriptorSink(descriptor: STDOUT_FILENO, path: "-")
  }

  /// Standard error.
  package static var standardError: DescriptorSink {
    DescriptorSink(descriptor: STDERR_FILENO, path: "-")
  }

  package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var written = 0
    while written < bytes.count {
      do throws(SystemError) {
        let count = try unsafe operations.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes[written...]))
        // A device that takes nothing and calls that no error would be asked forever.
        guard count > 0 else { throw SystemError(number: EIO) }
        written += count
      } catch { throw FileError(operation: .write, path: path, error) }
    }
  }
}

/// Bytes that can be read in any order: a file on disk or a buffer in memory.
package protocol RandomAccessSource: Sendable {
  /// A name for messages: a path, `-`, or what the bytes are.
  var name: String { get }
  /// The total number of bytes.
  var byteCount: Int { get }
  /// Fills as much of `buffer` from `offset` as the source holds, and returns how many bytes that were.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int
}

/// A regular file as a random-access source.
package struct FileSource: RandomAccessSource {
  private let input: FileInput
  package let byteCount: Int

  package var name: String { input.path }

  /// Wraps an opened file; nil when it has no size (a pipe).
  package init?(_ input: FileInput) {
    guard let size = input.size else { return nil }
    self.input = input
    byteCount = size
  }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    try unsafe input.read(at: offset, into: buffer)
  }
}

/// Bytes in memory as a random-access source.
package struct MemorySource: RandomAccessSource {
  package let name: String
  private let bytes: [UInt8]

  package var byteCount: Int { bytes.count }

  package init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard offset >= 0, offset < bytes.count else { return 0 }
    let count = min(buffer.count, bytes.count - offset)
    unsafe bytes.withUnsafeBytes { source in
      unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + count]))
    }
    return count
  }
}

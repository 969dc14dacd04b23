import BinaryIO

/// Bytes in memory that remember which of them were read.
final class CountingSource: RandomAccessSource {
  let name = "counted"
  private let bytes: [UInt8]
  /// The ranges in the order in which they were read.
  var reads: [Range<Int>] = []

  var byteCount: Int { bytes.count }
  var bytesRead: Int { reads.reduce(0) { $0 + $1.count } }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let range = offset..<min(offset + buffer.count, bytes.count)
    reads.append(range)
    buffer.copyBytes(from: bytes[range])
    return range.count
  }
}

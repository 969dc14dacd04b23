import BinaryIO
import Threads

/// Bytes in memory that remember which of them were read.
final class CountingSource: RandomAccessSource {
  let name = "counted"
  private let bytes: [UInt8]
  private let ranges = Lock<[Range<Int>]>([])

  var byteCount: Int { bytes.count }
  /// The ranges in the order in which they were read.
  var reads: [Range<Int>] { ranges.withLock { $0 } }
  var bytesRead: Int { reads.reduce(0) { $0 + $1.count } }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func forget() { ranges.withLock { $0 = [] } }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let range = offset..<min(offset + buffer.count, bytes.count)
    ranges.withLock { $0.append(range) }
    buffer.copyBytes(from: bytes[range])
    return range.count
  }
}

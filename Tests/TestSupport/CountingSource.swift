package import BinaryIO
import Threads

/// Bytes in memory that remember which of them were read.
package final class CountingSource: RandomAccessSource {
  package let name = "counted"
  private let bytes: [UInt8]
  private let ranges = Lock<[Range<Int>]>([])

  package var byteCount: Int { bytes.count }
  /// The ranges in the order in which they were read.
  package var reads: [Range<Int>] { ranges.withLock { $0 } }
  package var bytesRead: Int { reads.reduce(0) { $0 + $1.count } }

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package func forget() { ranges.withLock { $0 = [] } }

  package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let range = offset..<min(offset + buffer.count, bytes.count)
    ranges.withLock { $0.append(range) }
    buffer.copyBytes(from: bytes[range])
    return range.count
  }
}

import BinaryIO
import Threads

/// Bytes with a hole of zeros, as a sparse file has it, that count what is read of them.
final class SparseSource: RandomAccessSource {
  let name = "sparse"
  private let start: [UInt8]
  private let hole: Int
  private let end: [UInt8]
  private let count = Lock(0)

  var byteCount: Int { start.count + hole + end.count }
  var bytesRead: Int { count.withLock { $0 } }

  init(start: [UInt8], hole: Int, end: [UInt8]) {
    self.start = start
    self.hole = hole
    self.end = end
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let found = min(buffer.count, byteCount - offset)
    for index in 0..<found {
      let place = offset + index
      buffer[index] =
        place < start.count ? start[place] : place < start.count + hole ? 0 : end[place - start.count - hole]
    }
    count.withLock { $0 += found }
    return found
  }
}

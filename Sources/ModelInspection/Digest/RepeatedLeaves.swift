import Hashing
import ModelFormat
import Threads

/// The leaves of pieces that one element fills, each of them hashed once: a file says in a few bytes that gigabytes are 0.
final class RepeatedLeaves: Sendable {
  private struct Piece: Hashable {
    let bits: UInt64
    let elementSize: Int
    let byteCount: Int
  }

  /// More different ones are hashed as often as they come.
  private static let largestCount = 256

  private let known = Lock<[Piece: SHA256Digest]>([:])
  private let pool: BufferPool

  init(_ pool: BufferPool) { self.pool = pool }

  /// The leaf of a piece of `byteCount` bytes that begins with a whole element.
  func leaf(_ element: RepeatedElement, byteCount: Int) throws(HashingError) -> SHA256Digest {
    let piece = Piece(bits: element.bits, elementSize: element.byteCount, byteCount: byteCount)
    if let leaf = known.withLock({ $0[piece] }) { return leaf }
    var hash = try SHA256()
    let leaf = try unsafe pool.buffer(byteCount: byteCount).withMemory { (memory) throws(HashingError) in
      unsafe element.fill(memory)
      return try unsafe MerkleTree.leaf(UnsafeRawBufferPointer(memory), &hash)
    }
    known.withLock { known in
      if known.count < RepeatedLeaves.largestCount { known[piece] = leaf }
    }
    return leaf
  }
}

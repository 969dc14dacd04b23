/// Memory that is taken, given back and taken again, by several threads.
///
/// What the allocator gets from the system for a megabyte, it gives back at once: to have the pages cleared again for
/// each chunk takes longer than to check what is read into them.
package final class BufferPool: Sendable {
  /// A block of memory that belongs to its holder.
  @safe
  fileprivate struct Block: @unchecked Sendable {
    let memory: UnsafeMutableRawBufferPointer
  }

  /// Larger blocks are not reused.
  private static let largestKept = 4 << 20
  private static let alignment = 64
  private static let granularity = 1 << 16

  private let spare = Lock<[Block]>([])

  package init() {}

  deinit {
    spare.withLock { blocks in
      for block in blocks { unsafe block.memory.deallocate() }
      blocks = []
    }
  }

  /// Memory for `byteCount` bytes, whose content is undefined. It goes back when the last reference to it goes.
  package func buffer(byteCount: Int) -> PooledBuffer {
    let kept = spare.withLock { blocks in
      blocks.lastIndex { unsafe $0.memory.count >= byteCount }.map { blocks.remove(at: $0) }
    }
    let block =
      unsafe kept
      ?? Block(
        memory: .allocate(
          byteCount: (byteCount / BufferPool.granularity + 1) * BufferPool.granularity,
          alignment: BufferPool.alignment))
    return PooledBuffer(self, block, byteCount: byteCount)
  }

  fileprivate func takeBack(_ block: Block) {
    guard unsafe block.memory.count <= BufferPool.largestKept + BufferPool.granularity else {
      return unsafe block.memory.deallocate()
    }
    spare.withLock { $0.append(block) }
  }
}

/// A piece of a pool's memory.
package final class PooledBuffer: Sendable {
  private let pool: BufferPool
  private let block: BufferPool.Block
  private let byteCount: Int

  fileprivate init(_ pool: BufferPool, _ block: BufferPool.Block, byteCount: Int) {
    self.pool = pool
    self.block = block
    self.byteCount = byteCount
  }

  deinit { pool.takeBack(block) }

  /// Calls `body` with the memory, which stays taken for the call.
  package func withMemory<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withExtendedLifetime(self) { () throws(Failure) in
      try unsafe body(UnsafeMutableRawBufferPointer(rebasing: block.memory[..<byteCount]))
    }
  }
}

import Dispatch
import Testing
import Threads

@Suite struct BufferPoolTests {
  private func address(_ buffer: PooledBuffer) -> Int {
    buffer.withMemory { Int(bitPattern: $0.baseAddress) }
  }

  @Test func memoryHasTheSizeThatWasAskedFor() {
    let pool = BufferPool()
    for count in [0, 1, 65_535, 65_536, 1 << 20, 5 << 20] {
      pool.buffer(byteCount: count).withMemory { memory in
        #expect(memory.count == count)
        memory.initializeMemory(as: UInt8.self, repeating: 1)
      }
    }
  }

  @Test func memoryIsUsedAgainOnceItIsGivenBack() {
    let pool = BufferPool()
    let first = address(pool.buffer(byteCount: 1000))
    let held = pool.buffer(byteCount: 500)
    #expect(address(held) == first)
    #expect(address(pool.buffer(byteCount: 500)) != first)
    #expect(address(held) == first)
  }

  @Test func noTwoUsersShareMemory() {
    let pool = BufferPool()
    DispatchQueue.concurrentPerform(iterations: 8) { thread in
      for round in 0..<500 {
        let mark = UInt8(truncatingIfNeeded: thread &* 31 &+ round)
        pool.buffer(byteCount: 1 + 97 * round).withMemory { memory in
          memory.initializeMemory(as: UInt8.self, repeating: mark)
          #expect(memory.allSatisfy { $0 == mark })
        }
      }
    }
  }
}

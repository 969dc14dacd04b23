import MachineLimits
import Testing

@Suite struct AvailableMemoryTests {
  @Test func whatNoMachineHasIsRefused() {
    #expect(AvailableMemory.has(byteCount: 0))
    #expect(AvailableMemory.has(byteCount: 1 << 24))
    // More than the address space of any 64-bit processor of today.
    #expect(!AvailableMemory.has(byteCount: .max))
    #expect(!AvailableMemory.has(byteCount: 1 << 60))
  }

  @Test func arraysGrowByReasonableSteps() {
    var bytes: [UInt8] = [1, 2, 3]
    #expect(!AvailableMemory.grow(&bytes, by: 1 << 60, maximumCount: 1 << 61))
    #expect(bytes == [1, 2, 3])
    var reallocations = 0
    for _ in 0..<1000 {
      let capacity = bytes.capacity
      #expect(AvailableMemory.grow(&bytes, by: 1000, maximumCount: 1_000_003))
      #expect(bytes.capacity >= bytes.count + 1000)
      reallocations += bytes.capacity == capacity ? 0 : 1
      bytes.append(contentsOf: repeatElement(7, count: 1000))
    }
    #expect(bytes.count == 1_000_003 && bytes[..<4] == [1, 2, 3, 7])
    #expect(reallocations < 20)
  }
}

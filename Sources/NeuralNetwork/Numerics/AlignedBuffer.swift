/// A fixed piece of memory for numbers, zeroed at the start and aligned to cache lines.
///
/// Not safe by itself for use from several threads: the owner keeps threads to separate elements between
/// two barriers.
@safe
final class AlignedBuffer<Scalar: NetworkScalar>: @unchecked Sendable {
  let count: Int
  let pointer: UnsafeMutablePointer<Scalar>

  init(count: Int) {
    self.count = count
    // One cache line more than needed, so that neighbouring buffers of two threads share none.
    let bytes = count * MemoryLayout<Scalar>.stride + 64
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe pointer = unsafe raw.bindMemory(to: Scalar.self, capacity: count)
    unsafe pointer.initialize(repeating: 0, count: count)
  }

  convenience init(_ elements: [Scalar]) {
    self.init(count: elements.count)
    unsafe elements.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { unsafe pointer.update(from: base, count: source.count) }
    }
  }

  deinit {
    unsafe UnsafeMutableRawPointer(pointer).deallocate()
  }

  var elements: [Scalar] { unsafe Array(UnsafeBufferPointer(start: pointer, count: count)) }
}

/// The step between the file's byte order, most significant byte first, and the machine's.
enum ByteOrder {
  /// Turns the bytes of every element around where the machine's order differs from the file's; in both
  /// directions this is the same step. O(n).
  static func swapBetweenFileAndMachine(_ bytes: UnsafeMutableRawBufferPointer, elementSize: Int) {
    switch elementSize {
    case 2: unsafe swap(bytes, as: UInt16.self)
    case 4: unsafe swap(bytes, as: UInt32.self)
    case 8: unsafe swap(bytes, as: UInt64.self)
    default: break
    }
  }

  private static func swap<T: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeMutableRawBufferPointer, as type: T.Type
  ) {
    let size = MemoryLayout<T>.size
    for offset in stride(from: 0, to: bytes.count - bytes.count % size, by: size) {
      let value = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: type)
      unsafe bytes.storeBytes(of: value.bigEndian, toByteOffset: offset, as: type)
    }
  }
}

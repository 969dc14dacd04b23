import BinaryIO

/// The step between the file's byte order, most significant byte first, and the machine's.
enum ByteOrder {
  /// Turns the bytes of every element around where the machine's order differs from the file's; in both
  /// directions this is the same step. O(n).
  static func swapBetweenFileAndMachine(_ bytes: UnsafeMutableRawBufferPointer, elementSize: Int) {
    guard 1.bigEndian != 1 else { return }
    unsafe WordOrder.reverse(bytes, wordSize: elementSize)
  }
}

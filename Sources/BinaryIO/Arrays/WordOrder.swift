/// The order of the bytes in a number.
package enum WordOrder {
  /// Turns the bytes of each word around, in place. O(n).
  ///
  /// - Parameters:
  ///   - buffer: whole words.
  ///   - wordSize: the size of a word in bytes; words of one byte stay as they are.
  package static func reverse(_ buffer: UnsafeMutableRawBufferPointer, wordSize: Int) {
    switch wordSize {
    case ...1: break
    case 2: unsafe swap(buffer, UInt16.self)
    case 4: unsafe swap(buffer, UInt32.self)
    case 8: unsafe swap(buffer, UInt64.self)
    default:
      for start in stride(from: 0, to: buffer.count - wordSize + 1, by: wordSize) {
        for offset in 0..<wordSize / 2 { unsafe buffer.swapAt(start + offset, start + wordSize - 1 - offset) }
      }
    }
  }

  private static func swap<Word: FixedWidthInteger>(_ buffer: UnsafeMutableRawBufferPointer, _: Word.Type) {
    for index in 0..<buffer.count / MemoryLayout<Word>.size {
      let offset = index &* MemoryLayout<Word>.size
      let word = unsafe buffer.loadUnaligned(fromByteOffset: offset, as: Word.self)
      unsafe buffer.storeBytes(of: word.byteSwapped, toByteOffset: offset, as: Word.self)
    }
  }
}

/// An element that stands for many: its bits, little-endian, in the lower part of 64.
public struct RepeatedElement: Equatable, Sendable {
  package let bits: UInt64
  /// The size of the element in bytes: 1, 2, 4 or 8.
  package let byteCount: Int

  package init(bits: UInt64, byteCount: Int) {
    self.bits = bits
    self.byteCount = byteCount
  }

  /// Fills memory with repetitions of the element. O(n), at the speed of memory.
  ///
  /// - Parameter offset: where the first byte of `buffer` is among the repetitions.
  package func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int = 0) {
    var pattern = bits
    var size = byteCount
    while size < 8 {
      pattern |= pattern &<< UInt64(8 &* size)
      size &*= 2
    }
    let shift = UInt64(8 &* (offset % 8))
    if shift > 0 { pattern = pattern &>> shift | pattern &<< (64 &- shift) }
    let words = buffer.count / 8
    for index in 0..<words {
      unsafe buffer.storeBytes(of: pattern.littleEndian, toByteOffset: index &* 8, as: UInt64.self)
    }
    for index in words * 8..<buffer.count {
      unsafe buffer[index] = UInt8(truncatingIfNeeded: pattern &>> UInt64(8 &* (index % 8)))
    }
  }
}

/// A stretch of values, in bytes, all of which one element repeats; nil where that is not known.
package struct ValueRun: Equatable, Sendable {
  package let range: Range<Int>
  package let element: RepeatedElement?

  package init(range: Range<Int>, element: RepeatedElement?) {
    self.range = range
    self.element = element
  }
}

extension TensorValues {
  /// The stretches that a range of bytes is made of, without a gap; neighbours differ. What is said to be repeated has
  /// been verified. O(number of pieces in it).
  package func runs(in range: Range<Int>) -> [ValueRun] {
    var runs: [ValueRun] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let piece = position / pieceSize
      let end = position + min(pieceSize - position % pieceSize, range.upperBound - position)
      let element = repeatedElement(ofPiece: piece)
      if let last = runs.last, last.element == element {
        runs[runs.count - 1] = ValueRun(range: last.range.lowerBound..<end, element: element)
      } else {
        runs.append(ValueRun(range: position..<end, element: element))
      }
      position = end
    }
    return runs
  }

  /// A size for work on many pieces or on a part of one: the least multiple of `size` that holds a piece. Whoever takes
  /// so much at a time has no piece decoded more than twice.
  package func unitSize(multipleOf size: Int) -> Int {
    // A file may say that its pieces are far larger than all values.
    let piece = max(1, min(pieceSize, byteCount))
    let (product, overflow) = ((piece - 1) / size + 1).multipliedReportingOverflow(by: size)
    return overflow ? piece : product
  }

  /// How many units of a size there are.
  package func unitCount(_ size: Int) -> Int { byteCount / size + (byteCount % size == 0 ? 0 : 1) }

  /// Where a unit of a size is among the values.
  package func range(ofUnit unit: Int, _ size: Int) -> Range<Int> {
    let start = unit * size
    return start..<start + min(size, byteCount - start)
  }
}

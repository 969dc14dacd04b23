import ModelFormat

/// Numbers of 32 bits, each multiplied by one factor.
struct ScaledValues: TensorValues {
  private let stored: any TensorValues
  private let factor: Float

  var byteCount: Int { stored.byteCount }
  var pieceSize: Int { stored.pieceSize }

  init(_ stored: any TensorValues, by factor: Float) {
    self.stored = stored
    self.factor = factor
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    try checkRange(at: offset, count: buffer.count)
    guard buffer.count > 0 else { return }
    // Whole numbers around the range.
    let (size, count) = (MemoryLayout<Float>.size, buffer.count)
    let range = offset / size * size..<(offset + count + size - 1) / size * size
    try unsafe stored.withValues(in: range) { (bytes) throws(ModelFormatError) in
      for index in 0..<range.count / size {
        let bits = unsafe UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * size, as: UInt32.self))
        let scaled = (Float(bitPattern: bits) * factor).bitPattern
        let start = range.lowerBound + index * size - offset
        for byte in max(0, -start)..<min(size, count - start) {
          unsafe buffer[start + byte] = UInt8(truncatingIfNeeded: scaled >> UInt32(8 * byte))
        }
      }
    }
  }
}

/// One number of 32 bits, as often as a tensor needs it.
struct RepeatedNumber: TensorValues {
  let byteCount: Int
  private let element: RepeatedElement

  init(_ number: Float, count: Int) {
    byteCount = count * MemoryLayout<Float>.size
    element = RepeatedElement(bits: UInt64(number.bitPattern), byteCount: MemoryLayout<Float>.size)
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    try checkRange(at: offset, count: buffer.count)
    unsafe element.fill(buffer, from: offset)
  }

  func repeatedElement(ofPiece index: Int) -> RepeatedElement? { element }
}

import BinaryIO

/// Turns the bytes of a tensor into numbers.
package enum ElementDecoder {
  /// Converts as many whole elements of `bytes` as `values` has room for, and returns how many that were. O(n).
  ///
  /// Every type but the 64-bit integers converts exactly; those are rounded to nearest.
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, of type: DataType, into values: UnsafeMutableBufferPointer<Double>
  ) -> Int {
    let count = min(bytes.count / type.byteCount, values.count)
    switch type {
    case .float64: unsafe convert(bytes, count, values) { (bits: UInt64) in Double(bitPattern: bits) }
    case .float32: unsafe convert(bytes, count, values) { (bits: UInt32) in Double(Float(bitPattern: bits)) }
    case .float16: unsafe convert(bytes, count, values) { (bits: UInt16) in Double(HalfPrecision.float(bits)) }
    case .bfloat16:
      unsafe convert(bytes, count, values) { (bits: UInt16) in Double(Float(bitPattern: UInt32(bits) << 16)) }
    case .int8: unsafe convert(bytes, count, values) { (value: Int8) in Double(value) }
    case .int16: unsafe convert(bytes, count, values) { (value: Int16) in Double(value) }
    case .int32: unsafe convert(bytes, count, values) { (value: Int32) in Double(value) }
    case .int64: unsafe convert(bytes, count, values) { (value: Int64) in Double(value) }
    case .uint8: unsafe convert(bytes, count, values) { (value: UInt8) in Double(value) }
    case .uint16: unsafe convert(bytes, count, values) { (value: UInt16) in Double(value) }
    case .uint32: unsafe convert(bytes, count, values) { (value: UInt32) in Double(value) }
    case .uint64: unsafe convert(bytes, count, values) { (value: UInt64) in Double(value) }
    case .boolean: unsafe convert(bytes, count, values) { (value: UInt8) in value == 0 ? 0 : 1 }
    }
    return count
  }

  @inline(__always)
  private static func convert<T: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, _ values: UnsafeMutableBufferPointer<Double>,
    _ number: (T) -> Double
  ) {
    for index in 0..<count {
      let stored = unsafe bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.size, as: T.self)
      unsafe values[index] = number(T(littleEndian: stored))
    }
  }
}

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
    case .float64: convert(bytes, count, values) { (bits: UInt64) in Double(bitPattern: bits) }
    case .float32: convert(bytes, count, values) { (bits: UInt32) in Double(Float(bitPattern: bits)) }
    case .float16: convert(bytes, count, values) { (bits: UInt16) in Double(HalfPrecision.float(bits)) }
    case .bfloat16:
      convert(bytes, count, values) { (bits: UInt16) in Double(Float(bitPattern: UInt32(bits) << 16)) }
    case .int8: convert(bytes, count, values) { (value: Int8) in Double(value) }
    case .int16: convert(bytes, count, values) { (value: Int16) in Double(value) }
    case .int32: convert(bytes, count, values) { (value: Int32) in Double(value) }
    case .int64: convert(bytes, count, values) { (value: Int64) in Double(value) }
    case .uint8: convert(bytes, count, values) { (value: UInt8) in Double(value) }
    case .uint16: convert(bytes, count, values) { (value: UInt16) in Double(value) }
    case .uint32: convert(bytes, count, values) { (value: UInt32) in Double(value) }
    case .uint64: convert(bytes, count, values) { (value: UInt64) in Double(value) }
    case .boolean: convert(bytes, count, values) { (value: UInt8) in value == 0 ? 0 : 1 }
    }
    return count
  }

  @inline(__always)
  private static func convert<T: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, _ values: UnsafeMutableBufferPointer<Double>,
    _ number: (T) -> Double
  ) {
    for index in 0..<count {
      let stored = bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.size, as: T.self)
      values[index] = number(T(littleEndian: stored))
    }
  }
}

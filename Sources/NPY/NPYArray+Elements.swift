import BinaryIO

/// Elements as Swift numbers, whatever type they are stored as.
extension NPYArray {
  /// All elements in double precision, in row-major order. 64-bit integers are rounded to the nearest value; every other
  /// type is exact. O(n).
  ///
  /// - Throws: `.wrongElementType` for complex numbers.
  public func elements(as type: Double.Type) throws(NPYError) -> [Double] {
    switch header.elementType {
    case .boolean: convert { (value: UInt8) in value == 0 ? 0 : 1 }
    case .int8: convert { (value: Int8) in Double(value) }
    case .int16: convert { (value: Int16) in Double(value) }
    case .int32: convert { (value: Int32) in Double(value) }
    case .int64: convert { (value: Int64) in Double(value) }
    case .uint8: convert { (value: UInt8) in Double(value) }
    case .uint16: convert { (value: UInt16) in Double(value) }
    case .uint32: convert { (value: UInt32) in Double(value) }
    case .uint64: convert { (value: UInt64) in Double(value) }
    case .float16: convert { (bits: UInt16) in Double(HalfPrecision.float(bits)) }
    case .float32: convert { (value: Float) in Double(value) }
    case .float64: convert { (value: Double) in value }
    case .complex64, .complex128: throw wrongType(expected: "real numbers")
    }
  }

  /// All elements in single precision, in row-major order, rounded to the nearest value; a `float64` beyond the range
  /// becomes infinite. O(n).
  ///
  /// - Throws: `.wrongElementType` for complex numbers.
  public func elements(as type: Float.Type) throws(NPYError) -> [Float] {
    switch header.elementType {
    case .boolean: convert { (value: UInt8) in value == 0 ? 0 : 1 }
    case .int8: convert { (value: Int8) in Float(value) }
    case .int16: convert { (value: Int16) in Float(value) }
    case .int32: convert { (value: Int32) in Float(value) }
    case .int64: convert { (value: Int64) in Float(value) }
    case .uint8: convert { (value: UInt8) in Float(value) }
    case .uint16: convert { (value: UInt16) in Float(value) }
    case .uint32: convert { (value: UInt32) in Float(value) }
    case .uint64: convert { (value: UInt64) in Float(value) }
    case .float16: convert { (bits: UInt16) in HalfPrecision.float(bits) }
    case .float32: convert { (value: Float) in value }
    case .float64: convert { (value: Double) in Float(value) }
    case .complex64, .complex128: throw wrongType(expected: "real numbers")
    }
  }

  /// All elements of an integer type, in row-major order; exact. O(n).
  ///
  /// - Throws: `.wrongElementType` for all other types; `.outOfRange` for a `uint64` that does not fit in an `Int`.
  public func elements(as type: Int.Type) throws(NPYError) -> [Int] {
    switch header.elementType {
    case .boolean: return convert { (value: UInt8) in value == 0 ? 0 : 1 }
    case .int8: return convert { (value: Int8) in Int(value) }
    case .int16: return convert { (value: Int16) in Int(value) }
    case .int32: return convert { (value: Int32) in Int(value) }
    case .int64: return convert { (value: Int64) in Int(value) }
    case .uint8: return convert { (value: UInt8) in Int(value) }
    case .uint16: return convert { (value: UInt16) in Int(value) }
    case .uint32: return convert { (value: UInt32) in Int(value) }
    case .uint64:
      let values = convert { (value: UInt64) in value }
      if let index = values.firstIndex(where: { $0 > UInt64(Int.max) }) {
        throw NPYError(.outOfRange, expected: "at most \(Int.max)", found: "\(values[index]) at index \(index)")
      }
      return values.map { Int($0) }
    case .float16, .float32, .float64, .complex64, .complex128: throw wrongType(expected: "an integer type")
    }
  }

  private func wrongType(expected: String) -> NPYError {
    NPYError(.wrongElementType, expected: expected, found: "\(header)")
  }

  private func convert<Stored: BitwiseCopyable, Result>(_ transform: (Stored) -> Result) -> [Result] {
    unsafe bytes.withUnsafeBytes { buffer in
      let size = MemoryLayout<Stored>.size
      return unsafe [Result](unsafeUninitializedCapacity: header.elementCount) { results, initialized in
        for index in 0..<header.elementCount {
          let stored = unsafe buffer.loadUnaligned(fromByteOffset: index * size, as: Stored.self)
          unsafe results.initializeElement(at: index, to: transform(stored))
        }
        initialized = header.elementCount
      }
    }
  }
}

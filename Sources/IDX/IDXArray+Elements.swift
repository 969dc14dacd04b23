/// Elements as Swift numbers, whatever type they are stored as.
extension IDXArray {
  /// All elements in single precision, in row-major order.
  ///
  /// `int32` and `float64` are rounded to the nearest value; a `float64` beyond the range becomes infinite.
  /// Every other type is exact. O(n).
  public func elements(as type: Float.Type) -> [Float] {
    switch header.elementType {
    case .uint8: bytes.map { Float($0) }
    case .int8: convert { (value: Int8) in Float(value) }
    case .int16: convert { (value: Int16) in Float(value) }
    case .int32: convert { (value: Int32) in Float(value) }
    case .float32: convert { (value: Float) in value }
    case .float64: convert { (value: Double) in Float(value) }
    }
  }

  /// All elements in double precision, in row-major order; exact for every type. O(n).
  public func elements(as type: Double.Type) -> [Double] {
    switch header.elementType {
    case .uint8: bytes.map { Double($0) }
    case .int8: convert { (value: Int8) in Double(value) }
    case .int16: convert { (value: Int16) in Double(value) }
    case .int32: convert { (value: Int32) in Double(value) }
    case .float32: convert { (value: Float) in Double(value) }
    case .float64: convert { (value: Double) in value }
    }
  }

  /// All elements of an integer type, in row-major order; exact. O(n).
  ///
  /// - Throws: `.wrongElementType` for `float32` and `float64`.
  public func elements(as type: Int.Type) throws(IDXError) -> [Int] {
    switch header.elementType {
    case .uint8: return bytes.map { Int($0) }
    case .int8: return convert { (value: Int8) in Int(value) }
    case .int16: return convert { (value: Int16) in Int(value) }
    case .int32: return convert { (value: Int32) in Int(value) }
    case .float32, .float64:
      throw IDXError(
        .wrongElementType, offset: 2, expected: "an integer type (uint8, int8, int16 or int32)",
        found: "\(header.elementType)")
    }
  }

  private func convert<Stored: IDXElement, Result>(_ transform: (Stored) -> Result) -> [Result] {
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

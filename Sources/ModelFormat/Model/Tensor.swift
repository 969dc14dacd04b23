import BinaryIO

/// A named array of numbers, row-major, with its element type and shape.
public struct Tensor: Equatable, Sendable {
  /// Name, element type and shape.
  public let description: TensorDescription
  /// The values, little-endian, row-major; `description.byteCount` bytes. Booleans are 0 or 1.
  public let bytes: [UInt8]

  /// The name, unique within a model.
  public var name: String { description.name }
  /// The type of the elements.
  public var dataType: DataType { description.dataType }
  /// The dimensions, outermost first.
  public var shape: [Int] { description.shape }
  /// The number of elements.
  public var count: Int { description.count }

  /// A tensor from its bytes.
  ///
  /// - Throws: `invalidTensor` when the number of bytes does not fit the description, or for a boolean that is neither
  ///   0 nor 1.
  public init(_ description: TensorDescription, bytes: [UInt8]) throws(ModelFormatError) {
    guard bytes.count == description.byteCount else {
      throw ModelFormatError(
        .invalidTensor, tensor: description.name, expected: "\(description.byteCount) bytes of values",
        found: "\(bytes.count)")
    }
    if description.dataType == .boolean {
      try unsafe bytes.withBytes { (buffer) throws(ModelFormatError) in try unsafe description.checkBooleans(buffer) }
    }
    self.description = description.decoded
    self.bytes = bytes
  }

  /// A tensor of 32-bit floating-point values.
  ///
  /// - Throws: `invalidTensor` when the number of values does not fit the shape.
  public init(name: String, shape: [Int], values: [Float]) throws(ModelFormatError) {
    let description = try TensorDescription(name: name, dataType: .float32, shape: shape)
    try self.init(description, bytes: Tensor.littleEndianBytes(values) { $0.bitPattern })
  }

  /// A tensor of 64-bit floating-point values.
  ///
  /// - Throws: `invalidTensor` when the number of values does not fit the shape.
  public init(name: String, shape: [Int], values: [Double]) throws(ModelFormatError) {
    let description = try TensorDescription(name: name, dataType: .float64, shape: shape)
    try self.init(description, bytes: Tensor.littleEndianBytes(values) { $0.bitPattern })
  }

  /// In one go: a copy between would double the memory that it takes to save a large network.
  private static func littleEndianBytes<Value, Pattern: FixedWidthInteger>(
    _ values: [Value], _ bitPattern: (Value) -> Pattern
  ) -> [UInt8] {
    let size = MemoryLayout<Pattern>.size
    // All empty arrays share one piece of memory, and this initialiser would write to it.
    if values.isEmpty { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: values.count * size) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      for index in values.indices {
        unsafe bytes.storeBytes(
          of: bitPattern(values[index]).littleEndian, toByteOffset: index * size, as: Pattern.self)
      }
      initialized = values.count * size
    }
  }

  /// The values as 32-bit floating-point numbers. Wider types are rounded to nearest; integers beyond ±2⁵³ twice, as
  /// `doubles()` rounds them first. O(n).
  public func floats() -> [Float] { doubles().map { Float($0) } }

  /// The values as 64-bit floating-point numbers. Integers beyond ±2⁵³ are rounded to nearest. O(n).
  public func doubles() -> [Double] {
    // All empty arrays share one piece of memory, and this initialiser would write to it.
    if count == 0 { return [] }
    return unsafe [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = unsafe bytes.withUnsafeBytes { unsafe ElementDecoder.decode($0, of: dataType, into: buffer) }
    }
  }
}

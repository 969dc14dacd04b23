import BinaryIO

/// What a tensor is, without its values: a name, an element type and a shape.
///
/// Invariants: the name has 1 to 65,535 bytes of UTF-8; every dimension is at least 0; the size in bytes fits in an `Int`.
public struct TensorDescription: Equatable, Sendable {
  /// The name, unique within a model. Names are compared byte by byte.
  public let name: String
  /// The type of the elements as they are handed out.
  public let dataType: DataType
  /// The dimensions, outermost first (row-major). Empty for a scalar.
  public let shape: [Int]
  /// The number of elements: the product of the shape, 1 for a scalar.
  public let count: Int
  /// How the file stores the elements, where that is no `DataType`; never so in an `.nnk` file or in memory.
  public let encoding: TensorEncoding?

  /// The size of the values in bytes as they are handed out: `count · dataType.byteCount`.
  public var byteCount: Int { count * dataType.byteCount }

  /// The size of the values in bytes as they are stored, before any compression.
  public var encodedByteCount: Int {
    guard let encoding else { return byteCount }
    // The number of elements fills whole blocks, unless the last one is padded.
    return (count / encoding.blockCount + (count % encoding.blockCount == 0 ? 0 : 1)) * encoding.blockByteCount
  }

  /// What people call the type of the elements: the name of the encoding where there is one, else of the data type.
  public var typeName: String { encoding?.name ?? dataType.rawValue }

  /// Whether the values can be handed out as numbers.
  public var hasNumbers: Bool { encoding?.hasNumbers ?? true }

  /// A description whose sizes have been checked.
  ///
  /// - Throws: `invalidTensor` for an empty or overlong name, a negative dimension, or a size that overflows.
  public init(name: String, dataType: DataType, shape: [Int]) throws(ModelFormatError) {
    try self.init(name: name, dataType, encoding: nil, shape: shape)
  }

  /// A description of a tensor that a file of another format stores in its own way.
  ///
  /// - Throws: `invalidTensor` for an empty or overlong name, a negative dimension, a size that overflows, or a number of
  ///   elements that does not fill whole blocks.
  package init(name: String, encoding: TensorEncoding, shape: [Int]) throws(ModelFormatError) {
    try self.init(name: name, .float32, encoding: encoding, shape: shape)
    guard encoding.padsLastBlock || count % encoding.blockCount == 0,
      CheckedArithmetic.product([count / encoding.blockCount + 1, encoding.blockByteCount]) != nil
    else {
      throw ModelFormatError(
        .invalidTensor, tensor: name,
        expected: "a multiple of \(encoding.blockCount) elements for the type \(encoding.name)",
        found: "\(count) elements, \(shape)")
    }
  }

  private init(
    name: String, _ dataType: DataType, encoding: TensorEncoding?, shape: [Int]
  ) throws(ModelFormatError) {
    guard (1...65_535).contains(name.utf8.count) else {
      throw ModelFormatError(
        .invalidTensor, tensor: name, expected: "a name of 1 to 65535 bytes", found: "\(name.utf8.count) bytes")
    }
    guard let count = CheckedArithmetic.product(shape),
      CheckedArithmetic.product([count, dataType.byteCount]) != nil
    else {
      throw ModelFormatError(
        .invalidTensor, tensor: name, expected: "dimensions of at least 0 with a product that fits in 63 bits",
        found: "\(shape)")
    }
    self.name = name
    self.dataType = dataType
    self.shape = shape
    self.count = count
    self.encoding = encoding
  }

  /// Names are equal when their bytes are: two spellings of one accented letter name two tensors.
  public static func == (left: TensorDescription, right: TensorDescription) -> Bool {
    ByteName(left.name) == ByteName(right.name) && left.hasType(of: right) && left.shape == right.shape
  }

  /// Whether elements of both are of one type.
  public func hasType(of other: TensorDescription) -> Bool {
    dataType == other.dataType && encoding == other.encoding
  }

  /// The same tensor as it is once its numbers have been written in a format that lacks its encoding.
  package var decoded: TensorDescription {
    TensorDescription(decoding: self)
  }

  private init(decoding other: TensorDescription) {
    (name, dataType, shape, count, encoding) = (other.name, other.dataType, other.shape, other.count, nil)
  }

  /// Its stored bytes as a tensor of their own.
  package var encodedBytes: TensorDescription { TensorDescription(bytesOf: self) }

  private init(bytesOf other: TensorDescription) {
    (name, dataType, encoding) = (other.name, .uint8, nil)
    (shape, count) = ([other.encodedByteCount], other.encodedByteCount)
  }
}

import BinaryIO

/// What a tensor is, without its values: a name, an element type and a shape.
///
/// Invariants: the name has 1 to 65,535 bytes of UTF-8; every dimension is at least 0; the size in bytes fits in an `Int`.
public struct TensorDescription: Equatable, Sendable {
  /// The name, unique within a model. Names are compared byte by byte.
  public let name: String
  /// The type of the elements.
  public let dataType: DataType
  /// The dimensions, outermost first (row-major). Empty for a scalar.
  public let shape: [Int]
  /// The number of elements: the product of the shape, 1 for a scalar.
  public let count: Int

  /// The size of the values in bytes: `count · dataType.byteCount`.
  public var byteCount: Int { count * dataType.byteCount }

  /// A description whose sizes have been checked.
  ///
  /// - Throws: `invalidTensor` for an empty or overlong name, a negative dimension, or a size that overflows.
  public init(name: String, dataType: DataType, shape: [Int]) throws(ModelFormatError) {
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
  }

  /// Names are equal when their bytes are: two spellings of one accented letter name two tensors.
  public static func == (left: TensorDescription, right: TensorDescription) -> Bool {
    ByteName(left.name) == ByteName(right.name) && left.dataType == right.dataType && left.shape == right.shape
  }
}

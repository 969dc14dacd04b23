import BinaryIO

/// What an `.npy` file declares: the type of its elements and the shape of its array.
///
/// Every header that exists is valid: its sizes fit in an `Int`. Source: NEP 1, and NumPy's `numpy/lib/format.py`.
public struct NPYHeader: Hashable, Sendable {
  /// The most bytes that a header may have. NumPy's own are a few hundred long.
  public static let maximumByteCount = 1 << 16
  /// The most axes; NumPy has a limit of 64 itself.
  public static let maximumRank = 64

  /// The type of the elements.
  public let elementType: NPYElementType
  /// The length along each axis; none for a single number.
  public let shape: [Int]
  /// Whether the first axis varies fastest in the file, as in Fortran, and not the last.
  public let isFortranOrder: Bool
  /// Whether the most significant byte of a number comes first in the file.
  public let isBigEndian: Bool
  /// The number of elements: the product of the shape.
  public let elementCount: Int
  /// The number of elements in one item: the product of the shape after the first axis.
  public let elementsPerItem: Int

  /// The number of items: the length of the first axis, 1 for a single number.
  public var itemCount: Int { shape.first ?? 1 }
  /// The size of all elements in bytes.
  public var byteCount: Int { elementCount * elementType.byteSize }

  /// Checks the shape.
  ///
  /// - Throws: `.dimensionOverflow` when a length is negative, there are more than 64 axes, or the size does not fit in
  ///   an `Int`.
  public init(
    elementType: NPYElementType, shape: [Int], isFortranOrder: Bool = false, isBigEndian: Bool = false
  ) throws(NPYError) {
    guard shape.count <= NPYHeader.maximumRank else {
      throw NPYError(
        .dimensionOverflow, expected: "at most \(NPYHeader.maximumRank) axes", found: "\(shape.count)")
    }
    // The size of one item is checked for itself: with no items at all the total is zero and hides it.
    guard let perItem = CheckedArithmetic.product(shape.dropFirst()),
      CheckedArithmetic.product([perItem, elementType.byteSize]) != nil,
      let count = CheckedArithmetic.product(shape),
      CheckedArithmetic.product([count, elementType.byteSize]) != nil
    else {
      throw NPYError(
        .dimensionOverflow, expected: "lengths of at least 0, and at most \(Int.max) bytes in all",
        found: "the shape (\(shape.map(String.init).joined(separator: ", "))) of \(elementType)")
    }
    self.elementType = elementType
    self.shape = shape
    self.isFortranOrder = isFortranOrder
    self.isBigEndian = isBigEndian
    elementCount = count
    elementsPerItem = perItem
  }

  /// The same array with another number of items.
  func withItemCount(_ count: Int) throws(NPYError) -> NPYHeader {
    try NPYHeader(
      elementType: elementType, shape: shape.isEmpty ? [] : [count] + shape.dropFirst(),
      isFortranOrder: isFortranOrder, isBigEndian: isBigEndian)
  }
}

extension NPYHeader: CustomStringConvertible {
  /// Shape and element type, such as `(60000, 28, 28) uint8`; long shapes are cut.
  public var description: String {
    let shown = shape.prefix(8).map(String.init).joined(separator: ", ")
    return "(\(shown)\(shape.count > 8 ? ", …" : shape.count == 1 ? "," : "")) \(elementType)"
  }
}

import BinaryIO

/// What an IDX file declares: the type of its elements and the dimensions of its array.
///
/// The first dimension counts the items (images, labels); the others give the shape of one item. Every header
/// that exists is valid: its sizes fit in an `Int`, and its dimensions fit in the file's 32-bit fields.
public struct IDXHeader: Hashable, Sendable {
  /// The type of the elements.
  public let elementType: IDXElementType
  /// The length along each axis, 1 to 255 axes of 0 to 2³²−1 each; the last axis varies fastest.
  public let dimensions: [Int]
  /// The number of elements in one item: the product of the dimensions after the first, 1 for rank 1.
  public let elementsPerItem: Int
  /// The number of elements in the array: the product of all dimensions.
  public let elementCount: Int

  /// The number of axes.
  public var rank: Int { dimensions.count }
  /// The number of items: the first dimension.
  public var itemCount: Int { dimensions.first ?? 0 }
  /// The size of one item in bytes.
  public var bytesPerItem: Int { elementsPerItem * elementType.byteSize }
  /// The size of all elements in bytes.
  public var byteCount: Int { elementCount * elementType.byteSize }
  /// The size of the header itself in bytes: 4 + 4 · rank.
  public var headerByteCount: Int { 4 + 4 * rank }
  /// The size of header and elements together, before any compression.
  public var fileByteCount: Int { headerByteCount + byteCount }

  /// Checks the dimensions.
  ///
  /// - Throws: `.invalidRank` without a dimension or with more than 255; `.dimensionOverflow` when a dimension
  ///   does not fit in 32 bits without a sign, or when the size of the file does not fit in an `Int`.
  public init(elementType: IDXElementType, dimensions: [Int]) throws(IDXError) {
    guard (1...255).contains(dimensions.count) else {
      throw IDXError(
        .invalidRank, offset: 3, expected: "1 to 255 dimensions", found: "\(dimensions.count) dimensions")
    }
    for (axis, length) in dimensions.enumerated() where UInt32(exactly: length) == nil {
      throw IDXError(
        .dimensionOverflow, offset: 4 + 4 * axis, expected: "a dimension from 0 to \(UInt32.max)",
        found: "\(length)")
    }
    let (size, headerSize) = (elementType.byteSize, 4 + 4 * dimensions.count)
    // The size of one item is checked for itself: with no items at all the total is zero and hides it.
    guard let perItem = CheckedArithmetic.product(dimensions.dropFirst()),
      CheckedArithmetic.product([perItem, size]) != nil,
      let count = CheckedArithmetic.product(dimensions),
      let bytes = CheckedArithmetic.product([count, size]),
      CheckedArithmetic.sum(headerSize, bytes) != nil
    else {
      throw IDXError(
        .dimensionOverflow, offset: 4, expected: "at most \(Int.max) bytes in total",
        found: "\(IDXHeader.shapeText(dimensions)) elements of \(elementType)")
    }
    self.elementType = elementType
    self.dimensions = dimensions
    elementsPerItem = perItem
    elementCount = count
  }

  /// The same array with another number of items.
  func withItemCount(_ count: Int) throws(IDXError) -> IDXHeader {
    try IDXHeader(elementType: elementType, dimensions: [count] + dimensions.dropFirst())
  }

  /// The header as it is stored in a file.
  package var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.write([0, 0, elementType.rawValue, UInt8(truncatingIfNeeded: rank)])
    for length in dimensions { writer.writeBigEndian(UInt32(truncatingIfNeeded: length)) }
    return writer.bytes
  }

  /// Dimensions in words, such as `60000 × 28 × 28`; long lists are cut.
  static func shapeText(_ dimensions: [Int]) -> String {
    let shown = dimensions.prefix(8).map { String($0) }.joined(separator: " × ")
    return dimensions.count > 8 ? shown + " × … (\(dimensions.count) dimensions)" : shown
  }
}

extension IDXHeader: CustomStringConvertible {
  /// Dimensions and element type, such as `60000 × 28 × 28 uint8`.
  public var description: String { "\(IDXHeader.shapeText(dimensions)) \(elementType)" }
}

package import BinaryIO

/// What an `.npy` file declares: the type of its elements and the shape of its array.
///
/// Every header that exists is sound: its sizes fit in an `Int`. Sources: NumPy Enhancement Proposal 1, "A Simple File
/// Format for NumPy Arrays", and NumPy's `numpy/lib/format.py`.
public struct NPYHeader: Equatable, Sendable {
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
  /// Where the elements are, from the first one on.
  package let layout: StridedLayout

  /// The number of elements.
  public var elementCount: Int { layout.count }
  /// The size of all elements in bytes.
  public var byteCount: Int { layout.byteCount }
  /// The number of rows: the length of the first axis; 1 for a single number.
  public var rowCount: Int { shape.first ?? 1 }
  /// The size of a row in bytes: what one index of the first axis selects, such as an image or a label.
  public var rowByteCount: Int { rowCount == 0 ? 0 : byteCount / rowCount }

  /// A header, little-endian and row-major unless told otherwise.
  ///
  /// - Throws: `dimensionOverflow` for more than 64 axes, a negative length, or a size that does not fit.
  public init(
    elementType: NPYElementType, shape: [Int], isFortranOrder: Bool = false, isBigEndian: Bool = false
  ) throws(NPYError) {
    guard shape.count <= NPYHeader.maximumRank else {
      throw NPYError(
        .dimensionOverflow, offset: 0, expected: "at most \(NPYHeader.maximumRank) axes", found: "\(shape.count)")
    }
    guard let layout = StridedLayout(shape: shape, isFortranOrder: isFortranOrder, elementSize: elementType.byteSize)
    else {
      throw NPYError(
        .dimensionOverflow, offset: 0, expected: "lengths of at least 0 and a size that fits in 63 bits",
        found: "\(shape) of \(elementType.byteSize) bytes each")
    }
    self.elementType = elementType
    self.shape = shape
    self.isFortranOrder = isFortranOrder
    self.isBigEndian = isBigEndian
    self.layout = layout
  }

  /// Reads elements from any place on, in row-major order, each number with its least significant byte first: rows of an
  /// array, one after the other.
  ///
  /// - Parameters:
  ///   - offset: where to begin among the row-major bytes of the array.
  ///   - buffer: what to fill; it ends within the array.
  ///   - fetch: fills a buffer with bytes of the file from a place on, counted from where the header ends.
  /// - Throws: what `fetch` throws.
  /// - Complexity: O(bytes read) where the order is row-major; in Fortran's order a row is scattered over the array.
  package func read<Failure: Error>(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer,
    _ fetch: (Int, UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try unsafe layout.read(at: offset, into: buffer, wordSize: isBigEndian ? elementType.wordSize : 1, fetch)
  }
}

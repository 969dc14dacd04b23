/// An array of numbers in memory, as an IDX file holds it.
public struct IDXArray: Hashable, Sendable {
  /// Element type and dimensions.
  public let header: IDXHeader
  /// The elements in row-major order and in the machine's byte order: `header.byteCount` bytes.
  ///
  /// For `uint8` these are the elements themselves: pixels can be used from here without a copy.
  public let bytes: [UInt8]

  /// Joins a header with as many bytes as it declares.
  init(header: IDXHeader, machineBytes: [UInt8]) {
    self.header = header
    bytes = machineBytes
  }

  /// Reads a whole file, plain or gzip-compressed; `-` is standard input.
  ///
  /// - Throws: what `IDXReader` throws.
  /// - Complexity: O(size of the file).
  public init(contentsOf path: String) throws(IDXError) {
    var reader = try IDXReader(path: path)
    self = try reader.readRest()
  }

  /// An array of `elements`, of the element type that belongs to their Swift type.
  ///
  /// - Parameters:
  ///   - dimensions: the length along each axis; the last axis varies fastest.
  ///   - elements: as many values as the product of the dimensions.
  /// - Throws: `.invalidRank`, `.dimensionOverflow`; `.elementCountMismatch` when the number of elements differs
  ///   from the product; `.wrongElementType` for a type of your own whose size is not that of its element type.
  public init<Element: IDXElement>(dimensions: [Int], elements: [Element]) throws(IDXError) {
    header = try IDXHeader(elementType: Element.idxElementType, dimensions: dimensions)
    let size = header.elementType.byteSize
    guard MemoryLayout<Element>.stride == size else {
      throw IDXError(
        .wrongElementType, expected: "elements of \(size) bytes (\(header.elementType))",
        found: "\(Element.self) of \(MemoryLayout<Element>.stride) bytes")
    }
    guard elements.count == header.elementCount else {
      throw IDXError(
        .elementCountMismatch, expected: "\(header.elementCount) elements (\(header))",
        found: "\(elements.count) elements")
    }
    bytes = unsafe elements.withUnsafeBytes { unsafe Array($0) }
  }
}

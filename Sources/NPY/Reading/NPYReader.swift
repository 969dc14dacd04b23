import BinaryIO

/// Reads an `.npy` file item by item, plain or gzip-compressed, from a file or a pipe.
///
/// An item is what one index of the first axis selects: an image, a label. Memory holds the items of one call and a fixed
/// amount beside them, but for arrays of more than one axis in Fortran order: their items are scattered over the file,
/// which is therefore read as a whole. A size that a compressed file or a pipe declares is never allocated before the
/// bytes have come. After an error a reader cannot go on: open the file again.
public struct NPYReader: ~Copyable {
  /// What the file declares.
  public let header: NPYHeader
  /// How many items have been delivered.
  public private(set) var deliveredItemCount = 0

  private var stream: ContentStream
  private let dataOffset: Int
  /// All items of an array in Fortran order, once they have been read.
  private var whole: NPYArray?

  /// The path that is read, `-` for standard input.
  public var path: String { stream.path }
  /// How many items are still to come.
  public var remainingItemCount: Int { header.itemCount - deliveredItemCount }

  /// Opens a file and reads its header.
  ///
  /// The size of a regular, uncompressed file is compared with the declared one at once.
  ///
  /// - Parameter path: a file, or `-` for standard input. gzip is recognised by its first two bytes.
  /// - Throws: `.file`, `.notNPY`, `.unsupportedVersion`, `.invalidHeader`, `.unsupportedType`, `.dimensionOverflow`,
  ///   `.truncatedHeader`, `.damagedGzip`; `.truncatedData` and `.trailingBytes` where the size is known.
  public init(path: String) throws(NPYError) {
    var stream = try ContentStream.npy(path: path)
    let header = try NPYHeader.read(from: &stream)
    let dataOffset = stream.offset
    if let size = stream.knownByteCount {
      let available = size - dataOffset
      if available < header.byteCount { throw NPYReader.truncated(header, path: path, found: available) }
      if available > header.byteCount {
        let more = available - header.byteCount
        throw NPYReader.trailing(header, path: path, more: "\(more) more \(more == 1 ? "byte" : "bytes")")
      }
    }
    self.header = header
    self.dataOffset = dataOffset
    self.stream = stream
  }

  /// The next items, `maximumCount` of them or as many as are left; nil after the last.
  ///
  /// Before it answers nil it checks that the file ends there.
  ///
  /// - Throws: `.invalidArgument` when `maximumCount` is less than 1; `.truncatedData`, `.trailingBytes`,
  ///   `.damagedGzip`, `.outOfMemory` or `.file` when the file does not hold what it declares.
  /// - Complexity: O(bytes delivered), but for the first call for an array in Fortran order, which is O(all bytes).
  public mutating func readItems(maximumCount: Int) throws(NPYError) -> NPYArray? {
    guard maximumCount > 0 else {
      throw NPYError(
        .invalidArgument, path: path, expected: "a maximum count of at least 1", found: "\(maximumCount)")
    }
    guard remainingItemCount > 0 else {
      try checkEnd()
      return nil
    }
    let range = deliveredItemCount..<deliveredItemCount + min(maximumCount, remainingItemCount)
    defer { deliveredItemCount = range.upperBound }
    guard header.isFortranOrder, header.shape.count > 1 else { return try readNext(range.count) }
    if whole == nil { whole = try readNext(header.itemCount).inRowMajorOrder() }
    return try whole?.items(range)
  }

  /// All items that are left, as one array, and the check for the end of the file.
  ///
  /// - Throws: what `readItems(maximumCount:)` throws.
  public mutating func readRest() throws(NPYError) -> NPYArray {
    let rest = try readItems(maximumCount: max(remainingItemCount, 1))
    try checkEnd()
    if let rest { return rest }
    return NPYArray(header: try header.withItemCount(0), machineBytes: [])
  }

  private mutating func readNext(_ count: Int) throws(NPYError) -> NPYArray {
    let part = try header.withItemCount(count)
    var bytes = try stream.next(part.byteCount)
    guard bytes.count == part.byteCount else {
      throw NPYReader.truncated(header, path: path, found: stream.offset - dataOffset)
    }
    if header.isBigEndian != NPYArray.machineIsBigEndian {
      NPYArray.reverseBytes(of: &bytes, wordSize: header.elementType.wordSize)
    }
    return NPYArray(header: part, machineBytes: bytes)
  }

  private mutating func checkEnd() throws(NPYError) {
    guard try stream.next(1).isEmpty else {
      throw NPYReader.trailing(header, path: path, more: "at least 1 more byte")
    }
  }

  private static func truncated(_ header: NPYHeader, path: String, found: Int) -> NPYError {
    NPYError(
      .truncatedData, path: path, expected: "\(header.byteCount) bytes of elements (\(header))",
      found: "\(found) bytes")
  }

  private static func trailing(_ header: NPYHeader, path: String, more: String) -> NPYError {
    NPYError(
      .trailingBytes, path: path,
      expected: "the end of the file after \(header.byteCount) bytes of elements (\(header))",
      found: more)
  }
}

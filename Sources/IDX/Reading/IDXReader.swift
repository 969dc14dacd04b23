import BinaryIO

/// Reads an IDX file item by item, plain or gzip-compressed, from a file or a pipe.
///
/// ```swift
/// var reader = try IDXReader(path: "t10k-images-idx3-ubyte.gz")
/// while let images = try reader.readItems(maximumCount: 256) {
///   use(images.bytes)
/// }
/// ```
///
/// Memory holds the items of one call and a fixed amount besides. A size that a compressed file or a pipe
/// declares is never allocated before the bytes have come. After an error a reader cannot go on: open the file
/// again.
public struct IDXReader: ~Copyable {
  /// What the file declares.
  public let header: IDXHeader
  /// How many items have been delivered.
  public private(set) var deliveredItemCount = 0

  private var stream: ContentStream

  /// The path that is read, `-` for standard input.
  public var path: String { stream.path }
  /// How many items are still to come.
  public var remainingItemCount: Int { header.itemCount - deliveredItemCount }

  /// Opens a file and reads its header.
  ///
  /// The size of a regular, uncompressed file is compared with the declared one at once.
  ///
  /// - Parameter path: a file, or `-` for standard input. gzip is recognised by its first two bytes.
  /// - Throws: `.file`, `.emptyFile`, `.notIDX`, `.unknownElementType`, `.invalidRank`, `.dimensionOverflow`,
  ///   `.truncatedHeader`, `.damagedGzip`; `.truncatedData` and `.trailingBytes` where the size is known.
  public init(path: String) throws(IDXError) {
    var stream = try ContentStream.idx(path: path)
    let header = try IDXHeader.read(from: &stream)
    if let size = stream.knownByteCount {
      if size < header.fileByteCount { throw IDXReader.truncated(header, path: path, size: size) }
      if size > header.fileByteCount {
        let more = size - header.fileByteCount
        throw IDXReader.trailing(header, path: path, more: "\(more) more \(more == 1 ? "byte" : "bytes")")
      }
    }
    self.header = header
    self.stream = stream
  }

  /// The next items, `maximumCount` of them or as many as are left; nil after the last.
  ///
  /// Before it answers nil it checks, as `finish()` does, that the file ends there.
  ///
  /// - Throws: `.invalidArgument` when `maximumCount` is less than 1; `.truncatedData`, `.trailingBytes`,
  ///   `.damagedGzip`, `.outOfMemory` or `.file` when the file does not hold what it declares.
  /// - Complexity: O(bytes delivered).
  public mutating func readItems(maximumCount: Int) throws(IDXError) -> IDXArray? {
    guard maximumCount > 0 else {
      throw IDXError(
        .invalidArgument, path: path, expected: "a maximum count of at least 1", found: "\(maximumCount)")
    }
    guard remainingItemCount > 0 else {
      try finish()
      return nil
    }
    return try readExactly(min(maximumCount, remainingItemCount))
  }

  /// Reads past the items that are left and checks that the file ends after the last one.
  ///
  /// - Throws: `.truncatedData`, `.trailingBytes`, `.damagedGzip`, `.outOfMemory`, `.file`.
  public mutating func finish() throws(IDXError) {
    while stream.offset < header.fileByteCount {
      let wanted = min(header.fileByteCount - stream.offset, 1 << 16)
      guard try stream.next(wanted).count == wanted else {
        throw IDXReader.truncated(header, path: path, size: stream.offset)
      }
    }
    deliveredItemCount = header.itemCount
    guard try stream.next(1).isEmpty else {
      throw IDXReader.trailing(header, path: path, more: "at least 1 more byte")
    }
  }

  /// All items that are left, as one array, and the check for the end of the file.
  mutating func readRest() throws(IDXError) -> IDXArray {
    let rest = try readExactly(remainingItemCount)
    try finish()
    return rest
  }

  private mutating func readExactly(_ count: Int) throws(IDXError) -> IDXArray {
    let part = count == header.itemCount ? header : try header.withItemCount(count)
    var bytes = try stream.next(part.byteCount)
    guard bytes.count == part.byteCount else {
      throw IDXReader.truncated(header, path: path, size: stream.offset)
    }
    unsafe bytes.withMutableBytes {
      unsafe ByteOrder.swapBetweenFileAndMachine($0, elementSize: part.elementType.byteSize)
    }
    deliveredItemCount += count
    return IDXArray(header: part, machineBytes: bytes)
  }

  private static func truncated(_ header: IDXHeader, path: String, size: Int) -> IDXError {
    IDXError(
      .truncatedData, path: path, offset: size, expected: "\(header.fileByteCount) bytes (\(header))",
      found: "\(size) bytes")
  }

  private static func trailing(_ header: IDXHeader, path: String, more: String) -> IDXError {
    IDXError(
      .trailingBytes, path: path, offset: header.fileByteCount,
      expected: "the end of the file after \(header.fileByteCount) bytes (\(header))", found: more)
  }
}

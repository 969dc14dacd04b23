import BinaryIO
import ModelFormat

/// The header of a safetensors file: what its tensors are, where their values are, and text that belongs to it.
///
/// | offset | size | content |
/// |---|---|---|
/// | 0 | 8 | length n of the header, little-endian |
/// | 8 | n | a JSON object, which may end in spaces |
/// | 8 + n | | the values of all tensors |
///
/// Each tensor has a field `{"dtype": …, "shape": […], "data_offsets": [begin, end]}`; the field `__metadata__` maps
/// strings to strings. Values follow one another without holes and overlaps, up to the end of the file.
struct SafetensorsHeader {
  /// A tensor and where its values are, counted from the end of the header.
  struct Entry {
    let description: TensorDescription
    let type: SafetensorsType
    let range: Range<Int>
  }

  static let prefixSize = 8
  /// The largest header that the safetensors library reads.
  static let maximumLength = 100_000_000
  static let metadataName = "__metadata__"

  /// The tensors in the order of their values.
  private(set) var entries: [Entry] = []
  /// What is under `__metadata__`, in its order, each name once.
  private(set) var metadata: [(name: String, value: String)] = []
  /// Where the values start.
  let dataOffset: Int

  /// Reads and checks a header.
  ///
  /// Memory is taken for the header only once it is known to be in the file; what it describes takes none.
  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    let prefix = try SafetensorsHeader.bytes(of: source, at: 0, count: SafetensorsHeader.prefixSize)
    let length = integer(prefix, at: 0, UInt64.self)
    let maximum = min(SafetensorsHeader.maximumLength, limits.structuredSectionSize)
    guard let count = Int(exactly: length), count <= maximum else {
      throw ModelFormatError(
        .limitExceeded, section: "header", offset: 0, expected: "a header of at most \(maximum) bytes",
        found: "\(length)")
    }
    guard count <= source.byteCount - SafetensorsHeader.prefixSize else {
      throw ModelFormatError(
        .truncated, section: "header", offset: 0, expected: "a header of \(count) bytes",
        found: "\(source.byteCount - SafetensorsHeader.prefixSize) bytes")
    }
    dataOffset = SafetensorsHeader.prefixSize + count
    var reader = JSONReader(
      try SafetensorsHeader.bytes(of: source, at: SafetensorsHeader.prefixSize, count: count),
      at: .file(offset: SafetensorsHeader.prefixSize))
    try readFields(&reader, limits)
    try reader.expectEnd(padding: [UInt8(ascii: " ")])
    try checkLayout(dataSize: source.byteCount - dataOffset)
  }

  private static func bytes(
    of source: any RandomAccessSource, at offset: Int, count: Int
  ) throws(ModelFormatError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
      do throws(FileError) { return try unsafe source.read(at: offset, into: buffer) } catch {
        throw ModelFormatError(error)
      }
    }
    guard found == count else {
      throw ModelFormatError(
        .truncated, section: "header", offset: offset, expected: "\(count) bytes", found: "\(found)")
    }
    return bytes
  }

  private mutating func readFields(_ reader: inout JSONReader, _ limits: DecodingLimits) throws(ModelFormatError) {
    var (entries, metadata, total) = ([Entry](), [(name: String, value: String)](), 0)
    try reader.readObject("an object") { (reader, name) throws(ModelFormatError) in
      if ByteName(name) == ByteName(SafetensorsHeader.metadataName) {
        try reader.readObject("an object of strings") { (reader, name) throws(ModelFormatError) in
          metadata.append((name, try reader.readString("a string")))
        }
        return
      }
      guard entries.count < limits.tensorCount else {
        throw ModelFormatError(
          .limitExceeded, section: "header", expected: "at most \(limits.tensorCount) tensors", found: "more")
      }
      let entry = try Entry(name: name, &reader, limits)
      guard let sum = CheckedArithmetic.sum(total, entry.range.count), sum <= limits.totalTensorSize else {
        throw ModelFormatError(
          .limitExceeded, section: "header", tensor: name,
          expected: "at most \(limits.totalTensorSize) bytes of tensors", found: "more")
      }
      total = sum
      entries.append(entry)
    }
    (self.entries, self.metadata) = (entries, metadata)
  }

  /// Puts the tensors into the order of their values, which must fill the file after the header.
  private mutating func checkLayout(dataSize: Int) throws(ModelFormatError) {
    let order = entries.indices.sorted { left, right in
      let (a, b) = (entries[left].range, entries[right].range)
      return (a.lowerBound, a.upperBound, left) < (b.lowerBound, b.upperBound, right)
    }
    entries = order.map { entries[$0] }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        throw ModelFormatError(
          .inconsistentLayout, section: "header", tensor: entry.description.name,
          offset: dataOffset + min(end, entry.range.lowerBound), expected: "values that begin at data offset \(end)",
          found: "\(entry.range.lowerBound), \(entry.range.lowerBound < end ? "an overlap" : "a hole")")
      }
      guard entry.range.upperBound <= dataSize else {
        throw ModelFormatError(
          .truncated, section: "data", tensor: entry.description.name, offset: dataOffset + end,
          expected: "\(entry.range.count) bytes of values", found: "\(dataSize - end)")
      }
      end = entry.range.upperBound
    }
    guard end == dataSize else {
      throw ModelFormatError(
        .trailingBytes, section: "data", offset: dataOffset + end, expected: "the end of the file",
        found: "\(dataSize - end) more bytes")
    }
  }
}

extension SafetensorsHeader.Entry {
  fileprivate init(
    name: String, _ reader: inout JSONReader, _ limits: DecodingLimits
  ) throws(ModelFormatError) {
    let start = reader.position
    var (type, shape, offsets): (SafetensorsType?, [Int]?, [Int]?) = (nil, nil, nil)
    do throws(ModelFormatError) {
      try reader.readObject("an object of dtype, shape and data_offsets") { (reader, field) throws(ModelFormatError) in
        switch ByteName(field) {
        case "dtype": type = try SafetensorsHeader.Entry.readType(&reader)
        case "shape":
          shape = try SafetensorsHeader.Entry.readCounts(&reader, "a dimension of at least 0", limits.rank)
        case "data_offsets": offsets = try SafetensorsHeader.Entry.readCounts(&reader, "an offset of at least 0", 2)
        default:
          throw reader.malformed(
            at: reader.position, expected: "dtype, shape and data_offsets only", found: ByteName(field).quoted)
        }
      }
      guard let type, let shape, let offsets, offsets.count == 2 else {
        throw reader.malformed(
          at: start, expected: "dtype, shape and data_offsets of two numbers", found: "an object that lacks one")
      }
      self.type = type
      description = try type.element.description(named: name, shape: shape)
      guard offsets[0] <= offsets[1], offsets[1] - offsets[0] == description.encodedByteCount else {
        throw ModelFormatError(
          .inconsistentLayout,
          expected: "offsets \(description.encodedByteCount) bytes apart for \(shape) of \(type.name)",
          found: "\(offsets[0]) and \(offsets[1])")
      }
      range = offsets[0]..<offsets[1]
    } catch { throw error.at(section: "header", tensor: name) }
  }

  private static func readType(_ reader: inout JSONReader) throws(ModelFormatError) -> SafetensorsType {
    let name = try reader.readString("the name of a type")
    guard let type = SafetensorsType(named: name) else {
      throw ModelFormatError(
        .unsupported,
        expected: "one of the types \(SafetensorsType.names.joined(separator: ", "))",
        found: ByteName(name).quoted,
        advice: "write the tensor with one of these types, or read it with the program that wrote it")
    }
    return type
  }

  private static func readCounts(
    _ reader: inout JSONReader, _ expected: String, _ maximum: Int
  ) throws(ModelFormatError) -> [Int] {
    var counts: [Int] = []
    try reader.readArray("an array") { (reader) throws(ModelFormatError) in
      guard counts.count < maximum else {
        throw ModelFormatError(.limitExceeded, expected: "at most \(maximum) numbers", found: "more")
      }
      counts.append(try reader.readCount(expected))
    }
    return counts
  }
}

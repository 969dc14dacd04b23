import BinaryIO
import ModelFormat

/// The header of a GGUF file, version 2 or 3: metadata, and what its tensors are and where their values begin.
///
/// | content | size |
/// |---|---|
/// | `GGUF`, the version, the number of tensors and that of metadata | 4, 4, 8, 8 |
/// | for each of the metadata its name, its type and its value | |
/// | for each tensor its name, the number of dimensions, these, innermost first, its type and its offset | |
/// | zeros up to a multiple of the alignment | |
/// | the values of all tensors, each followed by zeros up to a multiple of the alignment | |
///
/// The source is `docs/gguf.md` and `src/gguf.cpp` of ggml. As ggml itself demands, values follow one another without holes
/// and overlaps; the zeros after the last of them may be missing.
struct GGUFHeader {
  /// A tensor and where its values are in the file.
  struct Entry {
    let description: TensorDescription
    let element: StoredElement
    fileprivate(set) var start: Int
  }

  static let signature = Array("GGUF".utf8)

  let version: UInt32
  let metadata: GGUFMetadata
  private(set) var entries: [Entry] = []

  /// The least that an entry takes: the length of its name, number of dimensions, type and offset.
  private static let leastEntrySize = 24

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    var reader = GGUFReader(source, maximumLength: limits.structuredSectionSize)
    try reader.skip(GGUFHeader.signature.count, "the signature")
    version = try GGUFHeader.readVersion(&reader)
    let count = try reader.readCount("the number of tensors", eachOfAtLeast: GGUFHeader.leastEntrySize)
    guard count <= limits.tensorCount else {
      throw ModelFormatError(
        .limitExceeded, section: "header", expected: "at most \(limits.tensorCount) tensors", found: "\(count)")
    }
    // The length of a name, a type, and a value of one byte.
    let metadataCount = try reader.readCount("the number of metadata", eachOfAtLeast: 13)
    metadata = try GGUFMetadata(&reader, count: metadataCount, limits: limits)
    for _ in 0..<count { entries.append(try Entry(&reader, limits)) }
    try place(after: reader.position, source, limits)
  }

  private static func readVersion(_ reader: inout GGUFReader) throws(ModelFormatError) -> UInt32 {
    let start = reader.position
    let version = try reader.readInteger(UInt32.self, "the version")
    // The version of a big-endian file has its bytes at the other end.
    if version != 0, version & 0xFFFF == 0 {
      throw ModelFormatError(
        .unsupported, section: "header", offset: start, expected: "a little-endian file",
        found: "a big-endian one of version \(version.byteSwapped)",
        advice: "turn it round: `pip install gguf`, and `gguf-convert-endian FILE little`")
    }
    guard version == 2 || version == 3 else {
      throw ModelFormatError(
        .unsupportedVersion, section: "header", offset: start, expected: "version 2 or 3 of GGUF", found: "\(version)",
        advice: version == 1 ? "make the file again with a newer llama.cpp, which no longer reads it either" : nil)
    }
    return version
  }

  /// Turns the offsets of tensors into places in the file, which they must fill.
  private mutating func place(
    after headerEnd: Int, _ source: any RandomAccessSource, _ limits: DecodingLimits
  ) throws(ModelFormatError) {
    let alignment = metadata.alignment
    var total = 0
    for entry in entries {
      guard let sum = CheckedArithmetic.sum(total, entry.description.encodedByteCount), sum <= limits.totalTensorSize
      else {
        throw ModelFormatError(
          .limitExceeded, section: "header", tensor: entry.description.name,
          expected: "at most \(limits.totalTensorSize) bytes of tensors", found: "more")
      }
      total = sum
    }
    let dataStart = GGUFHeader.rounded(headerEnd, to: alignment)
    let order = entries.indices.sorted { left, right in
      let (a, b) = (entries[left], entries[right])
      return (a.start, a.description.encodedByteCount, left) < (b.start, b.description.encodedByteCount, right)
    }
    // Where the next values begin.
    var next = dataStart
    for place in order {
      let (tensor, offset) = (entries[place].description, entries[place].start)
      guard offset == next - dataStart else {
        throw ModelFormatError(
          .inconsistentLayout, section: "header", tensor: tensor.name,
          offset: dataStart + min(offset, next - dataStart), expected: "values that begin at data offset \(next - dataStart)",
          found: "\(offset), \(offset < next - dataStart ? "an overlap" : "a hole")")
      }
      let size = tensor.encodedByteCount
      guard size <= source.byteCount - next || size == 0 else {
        throw ModelFormatError(
          .truncated, section: "data", tensor: tensor.name, offset: next, expected: "\(size) bytes of values",
          found: "\(max(source.byteCount - next, 0))")
      }
      entries[place].start = next
      next = GGUFHeader.rounded(next + size, to: alignment)
    }
    guard source.byteCount <= next else {
      throw ModelFormatError(
        .trailingBytes, section: "data", offset: next, expected: "the end of the file",
        found: "\(source.byteCount - next) more bytes")
    }
  }

  private static func rounded(_ position: Int, to alignment: Int) -> Int {
    (position + alignment - 1) & ~(alignment - 1)
  }
}

extension GGUFHeader.Entry {
  fileprivate init(_ reader: inout GGUFReader, _ limits: DecodingLimits) throws(ModelFormatError) {
    let start = reader.position
    let name = try reader.readString("the name of a tensor")
    do throws(ModelFormatError) {
      let rank = try reader.readInteger(UInt32.self, "the number of dimensions")
      guard rank <= limits.rank else {
        throw ModelFormatError(
          .limitExceeded, expected: "at most \(limits.rank) dimensions", found: "\(rank)")
      }
      var dimensions: [Int] = []
      for _ in 0..<rank {
        let dimension = try reader.readInteger(UInt64.self, "a dimension")
        guard let dimension = Int(exactly: dimension) else {
          throw ModelFormatError(
            .invalidTensor, expected: "dimensions that fit in 63 bits", found: "\(dimension)")
        }
        dimensions.append(dimension)
      }
      element = try GGUFType.element(of: try reader.readInteger(UInt32.self, "the type of a tensor"))
      // The innermost dimension comes first in the file, and last with us.
      description = try element.description(named: name, shape: dimensions.reversed())
      if let encoding = description.encoding, (dimensions.first ?? 1) % encoding.blockCount != 0 {
        throw ModelFormatError(
          .invalidTensor, expected: "rows of a multiple of \(encoding.blockCount) elements for the type \(encoding.name)",
          found: "\(dimensions.first ?? 1)")
      }
      let offset = try reader.readInteger(UInt64.self, "the offset of a tensor")
      guard let offset = Int(exactly: offset) else {
        throw ModelFormatError(
          .inconsistentLayout, expected: "an offset in the file", found: "\(offset)")
      }
      self.start = offset
    } catch { throw error.at(section: "header", tensor: name, offset: start) }
  }
}

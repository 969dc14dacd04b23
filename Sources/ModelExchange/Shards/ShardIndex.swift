import BinaryIO
import ModelFormat

/// The file that says which shard of a model has which tensor, such as `model.safetensors.index.json`.
///
/// It is a JSON object as the library `transformers` writes it: `weight_map` maps the name of each tensor to that of a file
/// in the same folder, and `metadata` may hold `total_size`, the number of bytes of all values, beside other things.
struct ShardIndex {
  /// The most shards that a model may have. The largest known have about two hundred.
  static let maximumShardCount = 4096

  private static let mapName = "weight_map"

  /// The files in the order of their names.
  private(set) var shards: [String] = []
  /// The number of the shard of each tensor.
  private(set) var places: [ByteName: Int] = [:]
  /// What the values of all tensors take; nil where it does not say.
  private(set) var totalSize: Int?
  /// What else it says about the model.
  private(set) var metadata = Attributes()

  /// Whether a file is an index, sound or not: its first bytes open an object, and one of its names stands in the beginning
  /// of the file.
  static func recognises(
    _ start: [UInt8], _ source: any RandomAccessSource
  ) throws(ModelFormatError) -> Bool {
    guard start.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") else { return false }
    // The map comes after the metadata, which are short.
    let beginning = try bytes(of: source, count: min(source.byteCount, 1 << 16))
    return beginning.contains(Array("\"\(mapName)\"".utf8))
  }

  private static func bytes(of source: any RandomAccessSource, count: Int) throws(ModelFormatError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
      do throws(FileError) { return try unsafe source.read(at: 0, into: buffer) } catch { throw ModelFormatError(error) }
    }
    guard found == count else {
      throw ModelFormatError(.truncated, expected: "\(count) bytes", found: "\(found), although the file was longer")
    }
    return bytes
  }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    guard source.byteCount <= limits.structuredSectionSize else {
      throw ModelFormatError(
        .limitExceeded, expected: "an index of at most \(limits.structuredSectionSize) bytes",
        found: "\(source.byteCount)")
    }
    var reader = JSONReader(
      try ShardIndex.bytes(of: source, count: source.byteCount), at: .file(offset: 0, section: "index"))
    var files: [ByteName: ByteName] = [:]
    var (hasMap, totalSize, metadata) = (false, Int?.none, Attributes())
    try reader.readObject("an object with the field \(ShardIndex.mapName)") { (reader, field) throws(ModelFormatError) in
      switch ByteName(field) {
      case ByteName(ShardIndex.mapName):
        hasMap = true
        files = try ShardIndex.readMap(&reader, limits)
      case "metadata": (totalSize, metadata) = try ShardIndex.readMetadata(&reader, limits)
      // What other programs add is theirs.
      default: _ = try reader.readValue("the index", limits)
      }
    }
    try reader.expectEnd(padding: [0x20, 0x09, 0x0A, 0x0D])
    guard hasMap else { throw reader.malformed(at: 0, expected: "the field \(ShardIndex.mapName)", found: "none") }
    (self.totalSize, self.metadata) = (totalSize, metadata)
    let names = Set(files.values).sorted()
    guard names.count <= ShardIndex.maximumShardCount else {
      throw ModelFormatError(
        .limitExceeded, section: "index", expected: "at most \(ShardIndex.maximumShardCount) shards",
        found: "\(names.count)")
    }
    shards = names.map(\.text)
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    places = files.compactMapValues { numbers[$0] }
  }

  private static func readMap(
    _ reader: inout JSONReader, _ limits: DecodingLimits
  ) throws(ModelFormatError) -> [ByteName: ByteName] {
    var files: [ByteName: ByteName] = [:]
    // Each name of a file is kept once, however many tensors it has.
    var known: Set<ByteName> = []
    try reader.readObject("an object of names of files") { (reader, tensor) throws(ModelFormatError) in
      guard files.count < limits.tensorCount else {
        throw ModelFormatError(
          .limitExceeded, section: "index", expected: "at most \(limits.tensorCount) tensors", found: "more")
      }
      do throws(ModelFormatError) {
        let file = ByteName(try reader.readString("the name of a file"))
        files[ByteName(tensor)] = known.insert(file).memberAfterInsert
      } catch { throw error.at(tensor: tensor) }
    }
    return files
  }

  private static func readMetadata(
    _ reader: inout JSONReader, _ limits: DecodingLimits
  ) throws(ModelFormatError) -> (totalSize: Int?, others: Attributes) {
    var totalSize: Int?
    var others: [StructuredValue.Field] = []
    try reader.readObject("an object of metadata") { (reader, name) throws(ModelFormatError) in
      let start = reader.position
      let value = try reader.readValue("metadata", limits)
      guard ByteName(name) == "total_size" else {
        others.append(StructuredValue.Field(name: name, value: value))
        return
      }
      // Some programs compute it as a number with a fraction.
      switch value {
      case .integer(let size): totalSize = size
      case .number(let size): totalSize = Int(exactly: size)
      case .boolean, .string, .bytes, .array, .object: break
      }
      guard totalSize != nil else {
        throw reader.malformed(at: start, expected: "a number of bytes as total_size", found: value.kind)
      }
    }
    others.sort { StructuredValue.precedes($0.name, $1.name) }
    let entries = others.map { Attributes.Entry(name: $0.name, value: AttributeValue(json: $0.value)) }
    return (totalSize, Attributes(canonical: entries))
  }
}

extension AttributeValue {
  /// A value of JSON; an object is its text.
  fileprivate init(json value: StructuredValue) {
    switch value {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .array(let elements): self = .list(elements.map { AttributeValue(json: $0) })
    case .bytes, .object: self = .string(value.json)
    }
  }
}

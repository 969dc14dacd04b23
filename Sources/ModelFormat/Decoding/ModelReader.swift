import BinaryIO

/// Reads a model file piece by piece: opening it reads everything but the weights.
///
/// Opening costs time and memory in proportion to topology, history, metadata and the list of tensors, whatever
/// the size of the weights. Every byte that is read is verified against its checksum first.
public struct ModelReader {
  private let source: any RandomAccessSource
  private let limits: DecodingLimits
  private let index: SectionIndex
  /// The number of the first chunk of each tensor among all chunks.
  private let firstChunks: [Int]
  private let chunks: [SectionEntry]
  private let places: [[UInt8]: Int]

  /// The version of the file.
  public let version: FormatVersion
  /// The size of the file in bytes.
  public var fileSize: Int { source.byteCount }
  /// The structure of the network; nil when the file holds none.
  public let topology: Topology?
  /// What was measured during training.
  public let history: TrainingHistory
  /// Free key–value pairs.
  public let metadata: Attributes
  /// The tensors in the order in which they are stored, without their values.
  public var tensors: [TensorDescription] { index.tensors }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input. What is no regular file is read into memory first.
  ///   - limits: how much the file may ask for.
  /// - Throws: `ModelFormatError` with the place and the evidence.
  public init(path: String, limits: DecodingLimits = DecodingLimits()) throws(ModelFormatError) {
    let source: any RandomAccessSource
    do { source = try openRandomAccess(path: path) } catch { throw ModelFormatError(error) }
    try self.init(source, limits: limits)
  }

  /// Reads a file that is in memory already.
  ///
  /// - Parameter name: what messages call it.
  /// - Throws: `ModelFormatError` with the place and the evidence.
  public init(
    bytes: [UInt8], name: String = "model", limits: DecodingLimits = DecodingLimits()
  ) throws(ModelFormatError) {
    try self.init(MemorySource(bytes, name: name), limits: limits)
  }

  init(_ source: any RandomAccessSource, limits: DecodingLimits = DecodingLimits()) throws(ModelFormatError) {
    do {
      let container = try ContainerReader(source, limits: limits)
      self.source = source
      self.limits = limits
      index = container.index
      version = container.version
      chunks = index.sections.filter { $0.type == .chunk }
      var next = 0
      firstChunks = container.index.tensors.map { tensor in
        defer { next += container.index.chunkCount(byteCount: tensor.byteCount) }
        return next
      }
      places = Dictionary(
        uniqueKeysWithValues: index.tensors.enumerated().map { (Array($1.name.utf8), $0) })
      topology = try container.structured(.topology) { (value) throws(ModelFormatError) in
        let topology = try Topology(structured: value)
        try limits.checkRanks(of: topology)
        return topology
      }
      history =
        try container.structured(.history) { (value) throws(ModelFormatError) in
          try TrainingHistory(structured: value)
        } ?? .empty
      metadata =
        try container.structured(.metadata) { (value) throws(ModelFormatError) in
          try FieldReader(value, path: "metadata").attributes()
        } ?? Attributes()
    } catch { throw error.at(path: source.name) }
  }

  /// The number of bytes that a tensor takes in the file, frames included.
  public func storedByteCount(of tensor: TensorDescription) -> Int {
    guard let range = chunkRange(of: tensor) else { return 0 }
    return chunks[range].reduce(0) { $0 + $1.length + SectionFrame.overhead }
  }

  private func chunkRange(of tensor: TensorDescription) -> Range<Int>? {
    guard let place = places[Array(tensor.name.utf8)], index.tensors[place] == tensor else { return nil }
    let first = firstChunks[place]
    return first..<first + index.chunkCount(byteCount: tensor.byteCount)
  }

  /// A stream of the values of a tensor that holds one chunk at a time.
  ///
  /// - Throws: `noSuchTensor` when the file does not list it, `limitExceeded` when its chunks cannot make up its size.
  package func chunks(of tensor: TensorDescription) throws(ModelFormatError) -> TensorChunkReader {
    guard let range = chunkRange(of: tensor) else {
      throw ModelFormatError(
        .noSuchTensor, tensor: tensor.name, expected: "a tensor of this file", found: "another"
      ).at(path: source.name)
    }
    let stored = chunks[range].reduce(0) { $0 + $1.length }
    do { try StructuredPayload.checkExpansion(stored: stored, declared: tensor.byteCount) } catch {
      throw error.at(path: source.name, tensor: tensor.name)
    }
    return TensorChunkReader(
      container: container, tensor: tensor, chunks: chunks[range], chunkSize: index.chunkSize)
  }

  private var container: ContainerReader {
    ContainerReader(source: source, limits: limits, index: index, version: version)
  }

  /// Loads one tensor without reading any other.
  ///
  /// - Throws: `noSuchTensor`, or any error about its chunks.
  public func tensor(named name: String) throws(ModelFormatError) -> Tensor {
    try load(try description(ofTensorNamed: name))
  }

  /// What the file says of one tensor, without its values.
  ///
  /// - Throws: `noSuchTensor`, with the names that there are.
  public func description(ofTensorNamed name: String) throws(ModelFormatError) -> TensorDescription {
    guard let place = places[Array(name.utf8)] else {
      let names = tensors.prefix(20).map(\.name.debugDescription).joined(separator: ", ")
      throw ModelFormatError(
        .noSuchTensor, tensor: name,
        expected: tensors.isEmpty ? "a file with tensors" : "one of \(names)\(tensors.count > 20 ? ", …" : "")",
        found: name.debugDescription
      ).at(path: source.name)
    }
    return tensors[place]
  }

  private func load(_ description: TensorDescription) throws(ModelFormatError) -> Tensor {
    var reader = try chunks(of: description)
    var bytes = [UInt8](repeating: 0, count: description.byteCount)
    var start = 0
    while reader.nextSize > 0 {
      let end = start + reader.nextSize
      try bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
        try reader.next(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end]))
      }
      start = end
    }
    return try Tensor(description, bytes: bytes)
  }

  /// Reads and verifies the sections that this version does not know.
  ///
  /// - Throws: any error about them.
  package func unknownSections() throws(ModelFormatError) -> [UnknownSection] {
    var sections: [UnknownSection] = []
    do {
      for entry in index.sections where !SectionType.known.contains(entry.type) {
        sections.append(UnknownSection(type: entry.type, payload: try container.payload(of: entry)))
      }
    } catch { throw error.at(path: source.name) }
    return sections
  }

  /// Loads everything. Sections that are unknown are verified, and kept when they are safe to copy.
  ///
  /// - Throws: any error of the file.
  public func model() throws(ModelFormatError) -> Model {
    var loaded: [Tensor] = []
    for description in tensors { loaded.append(try load(description)) }
    var model = try Model(topology: topology, tensors: loaded, history: history, metadata: metadata)
    model.unknownSections = try unknownSections().filter(\.type.isSafeToCopy)
    return model
  }
}

extension Model {
  /// Loads a model from a file; `-` is standard input.
  ///
  /// - Throws: `ModelFormatError` with the place and the evidence.
  public init(contentsOf path: String, limits: DecodingLimits = DecodingLimits()) throws(ModelFormatError) {
    self = try ModelReader(path: path, limits: limits).model()
  }
}

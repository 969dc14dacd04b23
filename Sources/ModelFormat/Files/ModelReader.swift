import BinaryIO

/// An `.nnk` file, opened: everything but the weights has been read.
///
/// Opening costs time and memory in proportion to topology, history, metadata and the list of tensors, whatever
/// the size of the weights. Every byte that is read is verified against its checksum first.
public struct ModelReader: ModelFile, ChunkedSource {
  private let container: ContainerReader
  private let chunks: [SectionEntry]
  /// The number of the first chunk of each tensor, the model's and then the training state's, among all chunks.
  private let firstChunks: [Int]

  /// Everything but the weights, verified.
  public let contents: ModelContents

  /// The path of the file, or what its bytes were called.
  public var name: String { container.source.name }
  /// Always `.nnk`.
  public var format: FileFormat { .nnk }
  /// The version of the file.
  public var version: FormatVersion { container.version }
  /// The version as `major.minor`.
  public var versionText: String? { version.description }
  /// The size of the file in bytes.
  public var fileSize: Int { container.source.byteCount }
  /// How many sections there are, the index among them.
  public var sectionCount: Int? { sections.count + 1 }

  /// The sections in order, without the index.
  package var sections: [SectionEntry] { container.index.sections }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input, from its current position. What is no regular file, such as a pipe, is read
  ///     into memory once its first bytes are those of a model, up to the limit for that.
  ///   - limits: how much the file may ask for.
  /// - Throws: `ModelFormatError` with the place and the evidence.
  public init(path: String, limits: DecodingLimits = DecodingLimits()) throws(ModelFormatError) {
    try self.init(FileFormat.source(path, among: [.nnk], limits: limits), limits: limits)
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

  /// - Parameter dropped: sections of history and training state that are verified and not kept.
  init(
    _ source: any RandomAccessSource, limits: DecodingLimits = DecodingLimits(),
    dropping dropped: Set<SectionType> = []
  ) throws(ModelFormatError) {
    do throws(ModelFormatError) {
      container = try ContainerReader(source, limits: limits)
      let index = container.index
      chunks = index.sections.filter { $0.type == .chunk }
      var next = 0
      firstChunks = (index.tensors + index.stateTensors).map { tensor in
        defer { next += tensor.chunkCount }
        return next
      }
      let parts = try container.parts(dropping: dropped)
      let stateValues = try container.stateValues(isDropped: dropped.contains(.trainingState))
      contents = try ModelContents(
        parts, tensors: index.tensors.map(\.description), stateValues: stateValues,
        stateTensors: index.stateTensors.map(\.description))
    } catch { throw error.at(path: source.name) }
  }

  private func entry(at place: Int) -> TensorEntry {
    let index = container.index
    return place < index.tensors.count ? index.tensors[place] : index.stateTensors[place - index.tensors.count]
  }

  private func chunks(ofTensorAt place: Int) -> ArraySlice<SectionEntry> {
    chunks[firstChunks[place]..<firstChunks[place] + entry(at: place).chunkCount]
  }

  func storedChunks(at place: Int) -> StoredChunks? {
    StoredChunks(container: container, entry: entry(at: place), chunks: chunks(ofTensorAt: place))
  }

  /// The values of the tensor at a place, decoded and verified chunk by chunk.
  ///
  /// - Throws: `limitExceeded` when its chunks cannot make up its size; any error about its one chunk, if it was stored
  ///   without compression.
  public func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    try ChunkedValues(container, entry(at: place), chunks: chunks(ofTensorAt: place))
  }

  /// The size of the chunks of a tensor in bytes, frames included.
  public func storedByteCount(at place: Int) -> Int {
    chunks(ofTensorAt: place).reduce(0) { $0 + $1.length + SectionFrame.overhead }
  }

  /// The types of the sections that this version does not know, in order, each once.
  public var unknownSectionTypes: [SectionType] { container.unknownSectionTypes }

  /// Reads and verifies the sections that this version does not know, and returns those that are safe to copy.
  ///
  /// - Throws: any error about them.
  public func copyableSections() throws(ModelFormatError) -> [UnknownSection] {
    try unknownSections().filter(\.type.isSafeToCopy)
  }

  /// Reads and verifies the sections that this version does not know, whether they may be copied or not.
  ///
  /// - Throws: any error about them.
  package func unknownSections() throws(ModelFormatError) -> [UnknownSection] {
    do { return try container.unknownSections() } catch { throw error.at(path: name) }
  }
}

extension Model {
  /// Loads a model from an `.nnk` file; `-` is standard input.
  ///
  /// - Throws: `ModelFormatError` with the place and the evidence.
  public init(contentsOf path: String, limits: DecodingLimits = DecodingLimits()) throws(ModelFormatError) {
    self = try ModelReader(path: path, limits: limits).model()
  }
}

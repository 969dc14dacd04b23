import BinaryIO

/// A file of this library's own format, opened: topology, history and metadata are read, the weights are not.
struct ContainerFile: ModelFile {
  private let container: ContainerReader
  private let chunks: [SectionEntry]
  /// The number of the first chunk of each tensor, the model's and then the training state's, among all chunks.
  private let firstChunks: [Int]

  let format = FileFormat.nnk
  let topology: Topology?
  let history: TrainingHistory
  let metadata: Attributes
  let tensors: [TensorDescription]
  let stateValues: Attributes?
  let stateTensors: [TensorDescription]

  var source: any RandomAccessSource { container.source }
  var version: FormatVersion? { container.version }
  var sections: [SectionEntry] { container.index.sections }

  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    container = try ContainerReader(source, limits: limits)
    let index = container.index
    chunks = index.sections.filter { $0.type == .chunk }
    tensors = index.tensors.map(\.description)
    stateTensors = index.stateTensors.map(\.description)
    var next = 0
    firstChunks = (index.tensors + index.stateTensors).map { tensor in
      defer { next += tensor.chunkCount }
      return next
    }
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
    stateValues = try container.structured(.trainingState) { (value) throws(ModelFormatError) in
      try FieldReader(value, path: "training_state").attributes()
    }
    guard stateValues != nil || index.stateTensors.isEmpty else {
      throw ModelFormatError(
        .inconsistentLayout, section: "INDX", expected: "a section tRST with the tensors of the training state",
        found: "\(index.stateTensors.count) such tensors alone")
    }
  }

  private func entry(at place: Int) -> TensorEntry {
    let index = container.index
    return place < index.tensors.count ? index.tensors[place] : index.stateTensors[place - index.tensors.count]
  }

  private func chunks(ofTensorAt place: Int) -> ArraySlice<SectionEntry> {
    chunks[firstChunks[place]..<firstChunks[place] + entry(at: place).chunkCount]
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    try ChunkedValues(container, entry(at: place), chunks: chunks(ofTensorAt: place))
  }

  func storedByteCount(at place: Int) -> Int {
    chunks(ofTensorAt: place).reduce(0) { $0 + $1.length + SectionFrame.overhead }
  }

  func unknownSections() throws(ModelFormatError) -> [UnknownSection] {
    var sections: [UnknownSection] = []
    do {
      for entry in container.index.sections where !SectionType.known.contains(entry.type) {
        sections.append(UnknownSection(type: entry.type, payload: try container.payload(of: entry)))
      }
    } catch { throw error.at(path: source.name) }
    return sections
  }
}

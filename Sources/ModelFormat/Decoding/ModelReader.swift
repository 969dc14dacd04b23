import BinaryIO
import Threads

/// Reads a model file piece by piece: opening it reads everything but the weights.
///
/// Opening costs time and memory in proportion to topology, history, metadata and the list of tensors, whatever
/// the size of the weights. Every byte that is read is verified against its checksum first, where the format has any:
/// files of the safetensors library can be read as well, and have none.
public struct ModelReader: Sendable {
  private let file: any ModelFile
  private let places: [ByteName: Int]

  /// What kind of file it is.
  public var format: FileFormat { file.format }
  /// The version of the file; nil for safetensors files, which have none.
  public var version: FormatVersion? { file.version }
  /// The size of the file in bytes.
  public var fileSize: Int { file.source.byteCount }
  /// The structure of the network; nil when the file holds none.
  public var topology: Topology? { file.topology }
  /// What was measured during training.
  public var history: TrainingHistory { file.history }
  /// Free key–value pairs.
  public var metadata: Attributes { file.metadata }
  /// The tensors in the order in which they are stored, without their values.
  public var tensors: [TensorDescription] { file.tensors }
  /// Whether the file holds what is needed to resume training.
  public var hasTrainingState: Bool { file.stateValues != nil }

  /// What messages call the file.
  package var name: String { file.source.name }
  /// The small values of the training state; nil when there is none.
  package var stateValues: Attributes? { file.stateValues }
  /// The tensors of the training state, without their values.
  package var stateTensors: [TensorDescription] { file.stateTensors }
  /// The sections in order; none in formats without sections.
  package var sections: [SectionEntry] { file.sections }
  /// The types of the sections that this version does not know, in order, each once.
  package var unknownSectionTypes: [SectionType] {
    var (types, seen) = ([SectionType](), SectionType.known)
    for section in file.sections where seen.insert(section.type).inserted { types.append(section.type) }
    return types
  }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file; `-` is standard input, from where it stands. What is no regular file, such as a pipe, is read
  ///     into memory once its first bytes are those of a model, up to the limit for that.
  ///   - limits: how much the file may ask for.
  /// - Throws: `ModelFormatError` with the place and the evidence.
  public init(path: String, limits: DecodingLimits = DecodingLimits()) throws(ModelFormatError) {
    try self.init(ModelReader.source(path, limits), limits: limits)
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
    do throws(ModelFormatError) {
      if try SafetensorsFile.recognises(source) {
        file = try SafetensorsFile(source, limits: limits)
      } else {
        file = try ContainerFile(source, limits: limits)
      }
    } catch { throw error.at(path: source.name) }
    places = Dictionary(
      uniqueKeysWithValues: file.tensors.enumerated().map { (ByteName($1.name), $0) })
  }

  /// The number of bytes that a tensor takes in the file, frames included.
  public func storedByteCount(of tensor: TensorDescription) -> Int {
    place(of: tensor).map { file.storedByteCount(at: $0) } ?? 0
  }

  private func place(of tensor: TensorDescription) -> Int? {
    guard let place = places[ByteName(tensor.name)], tensors[place] == tensor else { return nil }
    return place
  }

  /// The values of a tensor, to be read piece by piece.
  ///
  /// - Throws: `noSuchTensor` when the file does not list it, `limitExceeded` when its chunks cannot make up its size;
  ///   any error about its one chunk, if it was stored without compression.
  package func values(of tensor: TensorDescription) throws(ModelFormatError) -> any TensorValues {
    guard let place = place(of: tensor) else {
      throw ModelFormatError(
        .noSuchTensor, tensor: tensor.name, expected: "a tensor of this file", found: "another"
      ).at(path: name)
    }
    return try file.values(at: place)
  }

  /// The values of the tensor at a place among `tensors`, and behind them `stateTensors`.
  func values(at place: Int) throws(ModelFormatError) -> any TensorValues { try file.values(at: place) }

  /// Loads one tensor without reading any other.
  ///
  /// - Throws: `noSuchTensor`, or any error about its chunks.
  public func tensor(named name: String) throws(ModelFormatError) -> Tensor {
    let description = try description(ofTensorNamed: name)
    let values = try values(of: description)
    do { return try Tensor(description, values, threads: Processors.count) } catch { throw error.at(path: self.name) }
  }

  /// What the file says of one tensor, without its values.
  ///
  /// - Throws: `noSuchTensor`, with the names that there are.
  public func description(ofTensorNamed name: String) throws(ModelFormatError) -> TensorDescription {
    tensors[try place(ofTensorNamed: name)]
  }

  private func place(ofTensorNamed name: String) throws(ModelFormatError) -> Int {
    guard let place = places[ByteName(name)] else {
      let names = tensors.prefix(20).map(\.name.debugDescription).joined(separator: ", ")
      throw ModelFormatError(
        .noSuchTensor, tensor: name,
        expected: tensors.isEmpty ? "a file with tensors" : "one of \(names)\(tensors.count > 20 ? ", …" : "")",
        found: name.debugDescription
      ).at(path: self.name)
    }
    return place
  }

  /// Reads and verifies the sections that this version does not know.
  ///
  /// - Throws: any error about them.
  package func unknownSections() throws(ModelFormatError) -> [UnknownSection] { try file.unknownSections() }

  /// Loads several tensors, on all processors, without reading any other.
  ///
  /// - Parameters:
  ///   - names: which ones; a name that stands twice is loaded once.
  ///   - threads: how many threads share the work; nil for one per processor.
  /// - Returns: the tensors in the order in which they are stored.
  /// - Throws: `noSuchTensor`, `limitExceeded` when they are larger than the machine's memory, or any error about their
  ///   chunks.
  public func tensors(
    named names: some Sequence<String>, threads: Int? = nil
  ) throws(ModelFormatError) -> [Tensor] {
    var wanted: Set<Int> = []
    for name in names { wanted.insert(try self.place(ofTensorNamed: name)) }
    return try load(wanted.sorted(), threads)
  }

  /// Loads everything, on all processors. Unknown sections are verified, and kept when they are safe to copy.
  ///
  /// - Parameter threads: how many threads share the work; nil for one per processor.
  /// - Throws: any error of the file; `limitExceeded`, before anything is loaded, when all tensors together are larger
  ///   than the machine's memory.
  public func model(threads: Int? = nil) throws(ModelFormatError) -> Model {
    do { try AvailableMemory.check(loading: tensors + file.stateTensors) } catch { throw error.at(path: name) }
    let loaded = try load(tensors.indices, threads)
    var state: TrainingState?
    if let values = file.stateValues {
      let places = loaded.count..<loaded.count + file.stateTensors.count
      state = try TrainingState(values: values, tensors: try load(places, threads))
    }
    var model = try Model(
      topology: topology, tensors: loaded, history: history, metadata: metadata, trainingState: state)
    model.unknownSections = try unknownSections().filter(\.type.isSafeToCopy)
    return model
  }

  private func load(_ places: some Collection<Int>, _ threads: Int?) throws(ModelFormatError) -> [Tensor] {
    let descriptions = places.map { $0 < tensors.count ? tensors[$0] : file.stateTensors[$0 - tensors.count] }
    do { try AvailableMemory.check(loading: descriptions) } catch { throw error.at(path: name) }
    var loaded: [Tensor] = []
    for (place, description) in zip(places, descriptions) {
      let values = try file.values(at: place)
      do { loaded.append(try Tensor(description, values, threads: threads ?? Processors.count)) } catch {
        throw error.at(path: name)
      }
    }
    return loaded
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

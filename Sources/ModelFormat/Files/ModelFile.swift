import BinaryIO
import Threads

/// An opened file of any format.
public protocol ModelFile: ModelSource {
  /// What kind of file it is.
  var format: FileFormat { get }
  /// The version of the format; nil where files of it carry none.
  var versionText: String? { get }
  /// The size of the file in bytes.
  var fileSize: Int { get }
  /// How many sections the file has, the index among them; nil for formats without sections.
  var sectionCount: Int? { get }
  /// The types of the sections that this version of `.nnk` does not know, in order, each once.
  var unknownSectionTypes: [SectionType] { get }

  /// How many files it is made of.
  var fileCount: Int { get }
  /// What is in the file and is not read, so that nothing made from it has it.
  var omissions: [FileFormat.Loss] { get }

  /// The number of bytes that the tensor at a place takes in the file, frames included.
  func storedByteCount(at place: Int) -> Int
}

extension ModelFile {
  /// None, where files carry no version.
  public var versionText: String? { nil }
  /// None, where files have no sections.
  public var sectionCount: Int? { nil }
  /// None, where files have no sections.
  public var unknownSectionTypes: [SectionType] { [] }
  /// One, but for models in several files.
  public var fileCount: Int { 1 }
  /// Nothing, where all is read.
  public var omissions: [FileFormat.Loss] { [] }

  /// The structure of the network; nil when the file holds none.
  public var topology: Topology? { contents.parts.topology }
  /// What was measured during training.
  public var history: TrainingHistory { contents.parts.history }
  /// Free key–value pairs.
  public var metadata: Attributes { contents.parts.metadata }
  /// The tensors in the order in which they are stored, without their values.
  public var tensors: [TensorDescription] { contents.tensors }
  /// Whether the file holds what is needed to resume training.
  public var hasTrainingState: Bool { contents.stateValues != nil }

  /// The number of bytes that a tensor takes in the file, frames included; 0 for one that it does not list.
  public func storedByteCount(of tensor: TensorDescription) -> Int {
    contents.place(of: tensor).map { storedByteCount(at: $0) } ?? 0
  }

  /// Loads one tensor without reading any other.
  ///
  /// - Throws: `noSuchTensor`, or any error about its values.
  public func tensor(named name: String) throws(ModelFormatError) -> Tensor {
    let place = try place(ofTensorNamed: name, in: contents)
    return try tensor(contents.tensors[place], at: place, threads: Processors.count)
  }
}

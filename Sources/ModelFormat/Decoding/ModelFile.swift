import BinaryIO

/// The kinds of files that models are read from. What a file is shows in its content, whatever its name.
public enum FileFormat: String, CaseIterable, Sendable {
  /// The format of this library.
  case nnk
  /// The format of the safetensors library: tensors and text metadata, neither compressed nor checksummed.
  case safetensors

  /// Whether files carry checksums, without which damage to values goes unnoticed.
  public var hasChecksums: Bool { self == .nnk }
}

/// An opened file of any format: everything but the values of its tensors, and a way to read those.
///
/// The tensors of the model have the places from 0 on; those of the training state stand behind them.
protocol ModelFile: Sendable {
  var source: any RandomAccessSource { get }
  var format: FileFormat { get }
  /// Nil when files of the format carry no version.
  var version: FormatVersion? { get }
  var topology: Topology? { get }
  var history: TrainingHistory { get }
  var metadata: Attributes { get }
  var tensors: [TensorDescription] { get }
  var stateValues: Attributes? { get }
  var stateTensors: [TensorDescription] { get }
  /// All sections in order; none when the format has no sections.
  var sections: [SectionEntry] { get }

  /// The values of the tensor at a place.
  func values(at place: Int) throws(ModelFormatError) -> any TensorValues
  /// The number of bytes that a tensor takes in the file, frames included.
  func storedByteCount(at place: Int) -> Int
  /// Reads and verifies the sections that this version does not know.
  func unknownSections() throws(ModelFormatError) -> [UnknownSection]
}

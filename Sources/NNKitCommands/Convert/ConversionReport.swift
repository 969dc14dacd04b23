import BinaryIO
import Formatting
import ModelFormat

/// What a conversion did, and what it left behind. Its JSON form has schema 1; property names become snake case.
struct ConversionReport: Report, Encodable {
  struct File: Encodable {
    let path: String
    let format: String
    /// Nil where it cannot be known, as for a pipe.
    var bytes: Int?
  }

  struct Contents: Encodable {
    var tensors: Int
    var topology: Bool
    let epochs: Int
    let metadata: Int
    let trainingState: Bool
  }

  struct Loss: Encodable {
    let what: String
    let why: String
  }

  let schema = 1
  let input: File
  var output: File
  /// What the output holds.
  var contents: Contents
  let lost: [Loss]
  private(set) var notes: [String] = []
  /// What was found in a state dict, and what had to be assumed about it.
  private(set) var recognised: [String] = []
  private(set) var assumed: [String] = []

  /// - Parameter isRebuilt: whether a new model is made out of the tensors, which leaves unknown sections behind.
  init(_ reader: ModelReader, input: String, output: String, _ format: FileFormat, isRebuilt: Bool) {
    self.input = File(path: input, format: reader.format.rawValue, bytes: reader.fileSize)
    self.output = File(path: output, format: format.rawValue)
    contents = Contents(
      tensors: reader.tensors.count, topology: reader.topology != nil, epochs: reader.history.epochs,
      metadata: reader.metadata.entries.count, trainingState: reader.hasTrainingState && format == .nnk)
    lost = ConversionReport.losses(reader, format, output: output, isRebuilt: isRebuilt)
    if format == .safetensors, reader.topology != nil || reader.history.epochs > 0 {
      notes.append("topology and history stand as JSON in __metadata__, where nnkit finds them again")
    }
  }

  private static func losses(
    _ reader: ModelReader, _ format: FileFormat, output: String, isRebuilt: Bool
  ) -> [Loss] {
    var losses: [Loss] = []
    if format == .safetensors, reader.hasTrainingState {
      losses.append(Loss(what: "training state", why: "safetensors has no place for it, so training cannot be resumed"))
    }
    let keepsSections = format == .nnk && !isRebuilt
    for section in reader.unknownSectionTypes where !keepsSections || !section.isSafeToCopy {
      let why = keepsSections ? "it is not marked as safe to copy" : "the output has no place for it"
      losses.append(Loss(what: "section \(section)", why: why))
    }
    if reader.format.hasChecksums, !format.hasChecksums {
      losses.append(Loss(what: "checksums", why: "damage to \(output) will go unnoticed"))
    }
    return losses
  }

  /// Takes in how a network was made.
  mutating func describe(_ conversion: StateDictConversion) {
    contents.tensors = conversion.model.tensors.count
    contents.topology = true
    recognised = conversion.recognised
    assumed = conversion.assumed
  }

  /// Takes in the size of the output, once it is written.
  mutating func measureOutput() {
    guard output.path != "-", let file = try? FileInput(path: output.path) else { return }
    output.bytes = file.size
  }

  var document: ConversionReport { self }

  func text(for display: Display) -> String {
    let style = display.style
    var facts = [Text.counted(contents.tensors, "tensor")]
    if contents.topology { facts.append("topology") }
    if contents.epochs > 0 { facts.append("history of \(Text.counted(contents.epochs, "epoch"))") }
    if contents.metadata > 0 { facts.append(Text.counted(contents.metadata, "metadata key")) }
    if contents.trainingState { facts.append("training state") }
    var lines = ["\(ConversionReport.name(input)) → \(ConversionReport.name(output)): \(facts.joined(separator: ", "))"]
    lines += recognised.map { "recognised: \(Text.escaped($0))" }
    lines += assumed.map { style.yellow("assumed: \(Text.escaped($0))") }
    lines += notes.map { "note: \(Text.escaped($0))" }
    lines += lost.map { style.yellow("lost: \(Text.escaped($0.what)): \(Text.escaped($0.why))") }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func name(_ file: File) -> String {
    let path = file.path == "-" ? "(standard stream)" : Text.escaped(file.path)
    return "\(path) (\(([file.format] + [file.bytes.map(Text.bytes)].compactMap(\.self)).joined(separator: ", ")))"
  }
}

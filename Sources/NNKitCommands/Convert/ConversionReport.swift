import BinaryIO
import Formatting
import ModelFormat

/// What a conversion did, and what it lost. Its JSON form has schema 1; property names become snake case.
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
  private(set) var lost: [Loss]
  private(set) var notes: [String]
  /// What was found in a state dict, and what had to be assumed about it.
  private(set) var recognised: [String] = []
  private(set) var assumed: [String] = []
  /// The lines of Python that load the output, for `--layout pytorch`; empty otherwise.
  private(set) var python: [String] = []

  /// - Parameter isRebuilt: whether a new model is made out of the tensors, which drops unknown sections.
  init(_ file: any ModelFile, input: String, output: String, _ format: FileFormat, isRebuilt: Bool) {
    self.input = File(path: input, format: file.format.name, bytes: file.fileSize)
    self.output = File(path: output, format: format.name)
    contents = Contents(
      tensors: file.tensors.count, topology: file.topology != nil, epochs: file.history.epochs,
      metadata: file.metadata.entries.count,
      trainingState: file.hasTrainingState && format.keeps.contains(.trainingState))
    lost = format.losses(of: file, savedTo: output, isRebuilt: isRebuilt).map { Loss(what: $0.what, why: $0.why) }
    notes = format.notes(on: file.contents)
  }

  /// Takes in how a network was made.
  mutating func describe(_ conversion: StateDictConversion) {
    contents.tensors = conversion.model.tensors.count
    contents.topology = true
    recognised = conversion.recognised
    assumed = conversion.assumed
  }

  /// Takes in how a network was laid out for PyTorch.
  mutating func describe(_ conversion: SequentialConversion) {
    contents.tensors = conversion.model.tensors.count
    contents.topology = false
    python = conversion.python
    notes = [conversion.note]
    lost.append(conversion.lostTopology)
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

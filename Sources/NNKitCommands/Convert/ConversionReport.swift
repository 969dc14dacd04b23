import Formatting
import ModelFormat

/// What a conversion did, and what it lost. Its JSON form has schema 1; property names become snake case.
struct ConversionReport: Report, Encodable {
  let schema = 1
  let input: ReportedFile
  var output: ReportedFile
  /// What the output holds.
  var contents: ReportedContents
  private(set) var lost: [ReportedLoss]
  private(set) var notes: [String]
  /// What was found in a state dict, and what had to be assumed about it.
  private(set) var recognised: [String] = []
  private(set) var assumed: [String] = []
  /// The lines of Python that load the output, for `--layout pytorch`; empty otherwise.
  private(set) var python: [String] = []

  /// - Parameter isRebuilt: whether a new model is made out of the tensors, which drops unknown sections.
  init(_ file: any ModelFile, input: String, output: String, _ format: FileFormat, isRebuilt: Bool) {
    self.input = ReportedFile(path: input, format: file.format.name, bytes: file.fileSize)
    self.output = ReportedFile(path: output, format: format.name)
    contents = ReportedContents(file, savedAs: format)
    lost = format.losses(of: file, savedTo: output, isRebuilt: isRebuilt).map(ReportedLoss.init)
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
    output.measure()
  }

  var document: ConversionReport { self }

  func text(for display: Display) -> String {
    let style = display.style
    var lines = ["\(input.text) → \(output.text): \(contents.text)"]
    lines += recognised.map { "recognised: \(Text.escaped($0))" }
    lines += assumed.map { style.yellow("assumed: \(Text.escaped($0))") }
    lines += notes.map { "note: \(Text.escaped($0))" }
    lines += lost.map { style.yellow($0.text) }
    return lines.map { $0 + "\n" }.joined()
  }

}

import ModelExchange
import Testing

@testable import ModelFormat
@testable import NNKitCommands

/// What `convert` says of its work.
struct ConversionReportTests {
  private let plain = Display(stream: .output, style: Style(.never, isTerminal: false))

  private func reader(state: Bool, sections: [String] = []) throws -> ModelReader {
    var model = try Model(
      topology: Topology(inputShape: [1], layers: []),
      tensors: [try Tensor(name: "t", shape: [1], values: [1 as Float])],
      metadata: ["k": "v"], trainingState: state ? try TrainingState(values: ["n": 1]) : nil)
    for letters in sections {
      let type = try #require(SectionType(letters: letters.utf8))
      model.unknownSections.append(UnknownSection(type: type, payload: [1]))
    }
    return try ModelReader(bytes: try model.encoded())
  }

  private func losses(_ file: any ModelFile, _ format: FileFormat, isRebuilt: Bool = false) -> [String] {
    ConversionReport(file, input: "in", output: "out", format, isRebuilt: isRebuilt).lost.map(\.what)
  }

  @Test func whatIsLostDependsOnTheOutput() throws {
    #expect(try losses(reader(state: true, sections: ["abCd"]), .nnk).isEmpty)
    #expect(try losses(reader(state: true, sections: ["abCd", "abCD"]), .nnk) == ["section abCD"])
    #expect(try losses(reader(state: false), .safetensors) == ["checksums"])
    #expect(
      try losses(reader(state: true, sections: ["abCd"]), .safetensors)
        == ["training state", "section abCd", "checksums"])
    #expect(try losses(reader(state: false, sections: ["abCd"]), .nnk, isRebuilt: true) == ["section abCd"])
    let file = try ModelFiles.open(bytes: try reader(state: false).encoded(as: .safetensors))
    #expect(losses(file, .nnk).isEmpty && losses(file, .safetensors).isEmpty)
  }

  @Test func namesFromFilesAreEscaped() throws {
    let report = ConversionReport(
      try reader(state: true), input: "a\u{1B}[31m", output: "b\n", .safetensors, isRebuilt: false)
    let text = report.text(for: plain)
    #expect(!text.contains("\u{1B}"))
    #expect(text.contains("a\\u{1b}[31m") && text.contains("b\\u{a}"))
    #expect(text.contains("1 tensor, topology, 1 metadata key\n"))
    #expect(text.contains("lost: training state: "))
    #expect(!text.contains("history of"))
  }

  @Test func aPipeHasNoSize() throws {
    var report = ConversionReport(try reader(state: false), input: "-", output: "-", .nnk, isRebuilt: false)
    report.measureOutput()
    #expect(report.output.bytes == nil)
    #expect(report.text(for: plain).hasPrefix("(standard stream) (nnk, "))
  }
}

import Foundation
import TestSupport
import Testing

/// Whole outputs of the program, for models that are committed, compared with `Expected`.
///
/// After a change of what the program prints, `NNKIT_RECORD=1 swift test --filter TranscriptTests` records it again, and
/// the difference of the files shows what changed. A new transcript needs a file with its commands alone to begin with.
struct TranscriptTests {
  private static let expected = Repository.path("Tests/nnkitTests/Expected")
  private static let isRecording = ProcessInfo.processInfo.environment["NNKIT_RECORD"] == "1"

  /// The paths of the transcripts in `Expected`.
  private static let names: [String] =
    (try? FileManager.default.subpathsOfDirectory(atPath: expected).filter { $0.hasSuffix(".txt") }.sorted()) ?? []

  /// A folder with the models of `Expected/Models`, the sample data and the test vectors of the format.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let models = TranscriptTests.expected + "/Models"
    for name in try FileManager.default.contentsOfDirectory(atPath: models) where !name.hasPrefix(".") {
      try folder.write(TemporaryFolder.bytes(models + "/" + name), to: name)
    }
    for (name, target) in [("digits", "samples/digits"), ("sine", "samples/sine"), ("vectors", "specs/vectors/valid")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.file(name), withDestinationPath: Repository.path(target))
    }
    return folder
  }

  @Test(arguments: names)
  func theProgramPrintsWhatWasRecorded(name: String) throws {
    let path = TranscriptTests.expected + "/" + name
    let recorded = Transcript(String(decoding: try TemporaryFolder.bytes(path), as: UTF8.self))
    #expect(!recorded.commands.isEmpty, "\(name) has no command")
    let printed = try recorded.repeated(in: folder())
    guard let difference = TranscriptDifference(recorded: recorded, printed: printed) else { return }
    if TranscriptTests.isRecording {
      try Data(printed.text.utf8).write(to: URL(fileURLWithPath: path))
    } else {
      Issue.record("Expected/\(name): \(difference)\n(NNKIT_RECORD=1 records what is printed now)")
    }
  }

  @Test(arguments: Program.commands)
  func everyCommandHasATranscriptOfItsHelpAndOfItsWork(command: String) {
    #expect(TranscriptTests.names.contains("Help/\(command).txt"))
    #expect(TranscriptTests.names.contains { $0.lowercased().hasPrefix(command + "/") })
  }

  @Test func numbersMayDifferOnlyWhereATranscriptSaysSo() {
    let line = "0,7,0.99812,  1,438 samples"
    #expect(TranscriptDifference.agree(line, line, tolerance: 0))
    #expect(!TranscriptDifference.agree(line, "0,7,0.99813,  1,438 samples", tolerance: 0))
    #expect(TranscriptDifference.agree(line, "0,7,0.99813, 1,438 samples", tolerance: 1e-4))
    #expect(!TranscriptDifference.agree(line, "0,7,0.99813,  1,439 samples", tolerance: 1e-4))
    #expect(!TranscriptDifference.agree(line, "0,7,0.998,  1,438 sample", tolerance: 1))
    #expect(TranscriptDifference.agree("1e-09", "0.00000000100001", tolerance: 1e-4))
    #expect(!TranscriptDifference.agree("1e-09", "0", tolerance: 1e-4))
    let recorded = Transcript("# numbers within 0.5: a test\n$ true\n4\n")
    #expect(TranscriptDifference(recorded: recorded, printed: Transcript("$ true\n3\n")) == nil)
    let difference = TranscriptDifference(recorded: recorded, printed: Transcript("$ true\n4\n5\n"))
    #expect(difference?.line == 4 && difference?.recorded == nil && difference?.printed == "5")
  }
}

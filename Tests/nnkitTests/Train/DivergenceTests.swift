import TestSupport
import Testing

/// A loss that is no number any more ends training, and never replaces a model.
struct DivergenceTests {
  private let options = ["--hidden", "32", "--activation", "relu", "--learning-rate", "1e30", "--quiet"]

  @Test func nothingIsSaved() throws {
    try expectRefusal(
      ["train", Digits.folder, "--output", "new.nnk"] + options, exitCode: 65,
      evidence: ["loss", "--learning-rate", "1e+30", "nothing was saved"], in: try TemporaryFolder())
  }

  @Test func anOldModelIsKept() throws {
    let folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "old.nnk")
    try expectRefusal(
      ["train", Digits.folder, "--output", "old.nnk", "--force"] + options, exitCode: 65,
      evidence: ["--learning-rate"], in: folder)
  }

  /// The last update is checked too, after which no mini-batch shows the damage.
  @Test func theLastUpdateIsCheckedToo() throws {
    let folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "old.nnk")
    try expectRefusal(
      [
        "train", Digits.folder, "--output", "old.nnk", "--force", "--hidden", "32", "--iterations", "3", "--quiet",
        "--learning-rate", "3e38", "--seed", "1",
      ], exitCode: 65, evidence: ["NaN", "nothing was saved"], in: folder)
  }

  @Test func eventsEndWithoutAnEnd() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["train", Digits.folder, "--output", "new.nnk", "--json"] + options, in: folder)
    #expect(outcome.exitCode == 65)
    let events = try JSON.lines(outcome.outputLines).map { try $0.string("event") }
    #expect(events.first == "start")
    #expect(!events.contains("end"))
    #expect(try folder.snapshot().isEmpty)
  }
}

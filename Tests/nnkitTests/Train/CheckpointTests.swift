import Foundation
import TestSupport
import Testing

/// `nnkit train --save-every`.
struct CheckpointTests {
  private let folder: TemporaryFolder
  private let options = ["--hidden", "8", "--batch-size", "32", "--seed", "1", "--threads", "1"]

  init() throws { folder = try TemporaryFolder() }

  private func train(_ more: [String]) throws -> Outcome {
    try Program.run(["train", Digits.folder, "--output", "digits.nnk"] + options + more, in: folder)
  }

  private func names(_ epochs: [Int]) -> [String] { epochs.map { "digits-epoch-000\($0).nnk" } }

  private func inspect(_ name: String) throws -> [String: Any] {
    try Program.json(["inspect", name], in: folder)
  }

  private func predictions(_ name: String) throws -> String {
    try Program.succeed(["predict", name, Digits.testImages], in: folder).output
  }

  @Test func theStartAndEveryNthEpochAreSaved() throws {
    let outcome = try train(["--epochs", "5", "--save-every", "2"])
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.contains("saved 3 checkpoints, digits-epoch-0000.nnk to digits-epoch-0004.nnk\n"))
    #expect(try folder.snapshot().keys.sorted() == names([0, 2, 4]) + ["digits.nnk"])
    let losses = try inspect("digits.nnk").object("history").object("series")["loss"] as? [Double]
    for (name, epoch) in zip(names([0, 2, 4]), [0, 2, 4]) {
      let document = try inspect(name)
      #expect(try document.object("metadata").integer("training.checkpoint_epoch") == epoch)
      let history = document["history"] as? [String: Any]
      #expect(try history?.integer("epochs") ?? 0 == epoch)
      let series = history?["series"] as? [String: Any]
      #expect(series?["loss"] as? [Double] ?? [] == losses.map { Array($0.prefix(epoch)) })
    }
    // The weights after two epochs are those of a run of two epochs, and the start is the same for all runs.
    let short = ["train", Digits.folder, "--epochs", "2", "--output", "short.nnk", "--save-every", "2"] + options
    try Program.succeed(short, in: folder)
    #expect(try predictions("digits-epoch-0002.nnk") == predictions("short.nnk"))
    #expect(try predictions("digits-epoch-0000.nnk") == predictions("short-epoch-0000.nnk"))
    #expect(try predictions("digits-epoch-0004.nnk") != predictions("digits-epoch-0002.nnk"))
    // The last epoch of a run may be one that is kept.
    #expect(try predictions("short-epoch-0002.nnk") == predictions("short.nnk"))
  }

  @Test func trainingIsTheSameWithAndWithout() throws {
    #expect(try train(["--epochs", "3", "--save-every", "1"]).exitCode == 0)
    let plain = ["train", Digits.folder, "--epochs", "3", "--output", "plain.nnk"] + options
    try Program.succeed(plain, in: folder)
    try Program.succeed(["diff", "plain.nnk", "digits.nnk"], in: folder)
  }

  @Test func eventsListTheFiles() throws {
    let events = try JSON.lines(train(["--epochs", "2", "--save-every", "1", "--json"]).outputLines)
    #expect(events.last?["checkpoints"] as? [String] == names([0, 1, 2]))
    let without = try JSON.lines(train(["--epochs", "2", "--json", "--force"]).outputLines)
    #expect(without.last?.keys.contains("checkpoints") == false)
  }

  @Test func aLastEpochThatIsCutShortCounts() throws {
    // 1,438 samples in batches of 32 make 45 mini-batches.
    #expect(try train(["--iterations", "50", "--save-every", "1"]).exitCode == 0)
    #expect(try folder.snapshot().keys.sorted() == names([0, 1, 2]) + ["digits.nnk"])
    #expect(try predictions("digits-epoch-0002.nnk") == predictions("digits.nnk"))
  }

  @Test func withEarlyStoppingEachKeepsItsOwnWeights() throws {
    // A learning rate at which the validation loss goes up and down.
    let outcome = try train([
      "--epochs", "60", "--save-every", "1", "--validation-split", "0.2", "--early-stopping", "2", "--learning-rate",
      "1", "--json",
    ])
    #expect(outcome.exitCode == 0)
    let last = try #require(JSON.lines(outcome.outputLines).last)
    let (best, epochs) = (try last.integer("best_epoch"), try last.integer("epochs"))
    #expect(best == epochs - 2)
    let files = try #require(last["checkpoints"] as? [String])
    #expect(files.count == epochs + 1)
    #expect(try predictions(files[best]) == predictions("digits.nnk"))
    #expect(try predictions(files[epochs]) != predictions("digits.nnk"))
    #expect(try inspect(files[epochs]).object("metadata")["training.best_epoch"] == nil)
  }

  @Test func anInterruptedRunSavesTheLastModelToo() throws {
    var interrupted = false
    let outcome = try Program.run(
      ["train", Digits.folder, "--epochs", "10000000", "--save-every", "1", "--output", "digits.nnk", "--json"]
        + options,
      in: folder
    ) { running in
      guard !interrupted, String(decoding: running.collected.standardOutput, as: UTF8.self).contains("\"epoch\":2,")
      else { return }
      interrupted = true
      running.process.send(SIGINT)
    }
    #expect(outcome.exitCode == 130)
    let last = try #require(JSON.lines(outcome.outputLines).last)
    let files = try #require(last["checkpoints"] as? [String])
    let epochs = try last.integer("epochs")
    // Names have as many digits as the number of epochs that was asked for.
    let expected = (0...epochs).map { epoch in "digits-epoch-\(String(100_000_000 + epoch).dropFirst()).nnk" }
    #expect(files == expected)
    #expect(try folder.snapshot().keys.sorted() == files + ["digits.nnk"])
    #expect(try inspect("digits.nnk").object("history").integer("epochs") == epochs)
  }

  @Test func aRunThatDivergesNamesTheLastOne() throws {
    let outcome = try train(["--epochs", "3", "--save-every", "1", "--learning-rate", "1e30"])
    #expect(outcome.exitCode == 65)
    #expect(outcome.errors.contains("digits-epoch-0000.nnk is the last model that was saved"))
    #expect(try folder.snapshot().keys.sorted() == names([0]))
  }

  @Test func filesThatStandThereAreKept() throws {
    try folder.write(Array("mine".utf8), to: "digits-epoch-0004.nnk")
    let arguments = ["train", Digits.folder, "--output", "digits.nnk", "--epochs", "5", "--save-every", "2"] + options
    try expectRefusal(arguments, exitCode: 73, evidence: ["digits-epoch-0004.nnk", "--force"], in: folder)
    try Program.succeed(arguments + ["--force"], in: folder)
    #expect(try inspect("digits-epoch-0004.nnk").object("history").integer("epochs") == 4)
  }

  @Test func filesThatWouldNotBeWrittenAreNoObstacle() throws {
    let others = [
      "digits-epoch-0003.nnk", "digits-epoch-0006.nnk", "digits-epoch-2.nnk", "digits-epoch-0002.txt",
      "other-epoch-0002.nnk",
    ]
    for name in others { try folder.write(Array("mine".utf8), to: name) }
    #expect(try train(["--epochs", "5", "--save-every", "2"]).exitCode == 0)
    for name in others { #expect(try folder.text(name) == "mine") }
  }

  @Test func anInputIsKept() throws {
    try folder.write(TemporaryFolder.bytes(Digits.trainingImages), to: "images")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("digits-epoch-0002.nnk"), withDestinationPath: "images")
    try expectRefusal(
      [
        "train", "--images", "images", "--labels", Digits.trainingLabels, "--output", "digits.nnk", "--epochs", "2",
        "--save-every", "1", "--force",
      ], exitCode: 64, evidence: ["--save-every digits-epoch-0002.nnk", "images"], in: folder)
  }

  @Test func theLastModelReplacesNoneOfTheWay() throws {
    try folder.write(Array("old".utf8), to: "digits-epoch-0002.nnk")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("digits.nnk"), withDestinationPath: "digits-epoch-0002.nnk")
    try expectRefusal(
      ["train", Digits.folder, "--output", "digits.nnk", "--epochs", "2", "--save-every", "1", "--force"],
      exitCode: 64, evidence: ["--save-every digits-epoch-0002.nnk", "--output digits.nnk"], in: folder)
  }

  @Test(arguments: ["0", "-1", "2147483648", "two"]) func numbersThatMakeNoSenseAreRefused(number: String) throws {
    try expectUsageError(
      ["train", Digits.folder, "--output", "digits.nnk", "--save-every", number], evidence: "--save-every", in: folder)
  }

  @Test func standardOutputHasNoPlaceBesideIt() throws {
    try expectUsageError(
      ["train", Digits.folder, "--output", "-", "--save-every", "1"], evidence: "--save-every", in: folder)
  }
}

import TestSupport
import Testing

/// `nnkit train` on the digits that come with the project.
struct TrainTests {
  private let options = ["--hidden", "32", "--batch-size", "32", "--epochs", "5", "--seed", "1"]

  @Test func fiveEpochsPrintOneLineEachOnStandardErrorOnly() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.succeed(
      ["train", Digits.folder] + options + ["--output", "digits.nnk"], in: folder)
    #expect(outcome.standardOutput.isEmpty)
    let epochs = outcome.errorLines.filter { $0.hasPrefix("epoch ") }
    #expect(epochs.count == 5)
    for (index, line) in epochs.enumerated() { #expect(line.hasPrefix("epoch \(index + 1)/5 ")) }
    #expect(!outcome.errors.contains("\r") && !outcome.errors.contains("\u{1B}"))
    #expect(try folder.snapshot().keys.sorted() == ["digits.nnk"])
  }

  @Test func eventsHaveTheKeysOfTheContract() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.succeed(
      ["train", Digits.folder] + options + ["--validation-split", "0.2", "--json", "--output", "digits.nnk"],
      in: folder)
    #expect(outcome.standardError.isEmpty)
    let events = try JSON.lines(outcome.outputLines)
    #expect(
      try events.map { try $0.string("event") } == ["start"] + [String](repeating: "epoch", count: 5) + [
        "end"
      ])
    for (index, event) in events.dropFirst().dropLast().enumerated() {
      #expect(try event.integer("epoch") == index + 1)
      for key in ["loss", "validation_loss", "seconds", "samples_per_second"] {
        #expect(try event.number(key) > 0)
      }
      for key in ["accuracy", "validation_accuracy", "test_accuracy"] {
        #expect((0...1).contains(try event.number(key)))
      }
    }
    let last = try #require(events.last)
    #expect(try last.string("output") == "digits.nnk")
    #expect(try last.integer("epochs") == 5)
    let first = try #require(events.first)
    #expect(try first.integer("training_samples") == 1150)
    #expect(try first.integer("validation_samples") == 288)
    #expect(try first.integer("test_samples") == Digits.testCount)
    // Five epochs of 1,150 digits give 90 % here; chance is 10 %.
    #expect(try events[5].number("test_accuracy") > 0.8)
    #expect(try events[5].number("loss") < events[1].number("loss"))
  }

  @Test func quietPrintsNothing() throws {
    let folder = try TemporaryFolder()
    let outcome = try Program.succeed(
      ["train", Digits.folder, "--epochs", "1", "--quiet", "--output", "digits.nnk"], in: folder)
    #expect(outcome.standardOutput.isEmpty && outcome.standardError.isEmpty)
    #expect(folder.exists("digits.nnk"))
  }

  @Test func filesByNameGiveTheSameWeightsAsTheFolder() throws {
    let folder = try TemporaryFolder()
    let common = ["--epochs", "1", "--seed", "3", "--threads", "1", "--quiet"]
    try Program.run(["train", Digits.folder] + common + ["--output", "a.nnk"], in: folder)
    try Program.run(
      [
        "train", "--images", Digits.trainingImages, "--labels", Digits.trainingLabels, "--test-images",
        Digits.testImages, "--test-labels", Digits.testLabels,
      ] + common + ["--output", "b.nnk"], in: folder)
    try Program.succeed(["diff", "a.nnk", "b.nnk"], in: folder)
  }

  @Test func iterationsMayEndInsideAnEpoch() throws {
    // 1,438 samples in batches of 100 make 15 mini-batches: 20 of them are an epoch and a third.
    let folder = try TemporaryFolder()
    let outcome = try Program.run(
      ["train", Digits.folder, "--iterations", "20", "--json", "--output", "digits.nnk"], in: folder)
    let events = try JSON.lines(outcome.outputLines)
    #expect(try events.dropFirst().dropLast().map { try $0.integer("iterations") } == [15, 20])
  }

  @Test func forceReplacesAnOldModel() throws {
    let folder = try TemporaryFolder()
    try folder.write([1, 2, 3], to: "digits.nnk")
    try Program.succeed(
      ["train", Digits.folder, "--epochs", "1", "--force", "--output", "digits.nnk"], in: folder)
    try Program.succeed(["inspect", "digits.nnk"], in: folder)
    #expect(try folder.snapshot().keys.sorted() == ["digits.nnk"])
  }

  @Test(arguments: ["1", "2"])
  func sameSeedAndThreadsGiveIdenticalWeights(threads: String) throws {
    let folder = try TemporaryFolder()
    for (name, seed) in [("a", "7"), ("b", "7"), ("c", "8")] {
      try Program.succeed(
        [
          "train", Digits.folder, "--hidden", "16", "--epochs", "2", "--threads", threads, "--seed", seed,
          "--validation-split", "0.1", "--quiet", "--output", name + ".nnk",
        ], in: folder)
    }
    try Program.succeed(["diff", "a.nnk", "b.nnk"], in: folder)
    #expect(try Program.run(["diff", "a.nnk", "c.nnk"], in: folder).exitCode == 1)
  }

  @Test func aSeedIsChosenAndKeptWhenNoneIsGiven() throws {
    let folder = try TemporaryFolder()
    var seeds: Set<Int> = []
    for name in ["a.nnk", "b.nnk"] {
      try Program.run(["train", Digits.folder, "--epochs", "1", "--output", name], in: folder)
      let document = try Program.json(["inspect", name], in: folder)
      seeds.insert(try document.object("metadata").integer("training.seed"))
    }
    #expect(seeds.count == 2)
  }
}

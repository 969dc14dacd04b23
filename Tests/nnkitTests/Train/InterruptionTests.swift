import Foundation
import TestSupport
import Testing

/// Ctrl-C once: finish the mini-batch, save, exit with 130. Twice: stop now.
struct InterruptionTests {
  /// Runs a training that would take days, and calls `interrupt` once the first epoch is over.
  private func train(
    _ options: [String], in folder: TemporaryFolder, interrupt: (ChildProcess) -> Void
  ) throws -> Outcome {
    var interrupted = false
    return try Program.run(
      ["train", Digits.folder, "--epochs", "10000000", "--seed", "1"] + options, in: folder
    ) { running in
      let reports = running.errors + String(decoding: running.collected.standardOutput, as: UTF8.self)
      guard !interrupted, reports.contains("epoch ") || reports.contains("\"epoch\"") else { return }
      interrupted = true
      interrupt(running.process)
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func whatWasLearnedIsSaved(signal: Int32) throws {
    let folder = try TemporaryFolder()
    let outcome = try train(["--output", "model.nnk"], in: folder) { $0.send(signal) }
    #expect(outcome.exitCode == 130)
    #expect(outcome.errors.contains("model.nnk"))
    #expect(try folder.snapshot().keys.sorted() == ["model.nnk"])
    let document = try Program.json(["inspect", "model.nnk"], in: folder)
    let epochs = try document.object("history").integer("epochs")
    #expect(epochs >= 1)
    #expect(epochs == outcome.errorLines.count { $0.hasPrefix("epoch ") })
    let prediction = try Program.succeed(["predict", "model.nnk", Digits.testImages], in: folder)
    #expect(prediction.outputLines.count == Digits.testCount + 1)
  }

  @Test func theLastEventTellsOfTheInterruption() throws {
    let folder = try TemporaryFolder()
    let outcome = try train(["--json", "--output", "model.nnk"], in: folder) { $0.send(SIGINT) }
    #expect(outcome.exitCode == 130)
    let events = try JSON.lines(outcome.outputLines)
    let last = try #require(events.last)
    #expect(try last.string("event") == "end")
    #expect(last["interrupted"] as? Bool == true)
    #expect(try last.integer("epochs") == events.count - 2)
  }

  @Test func anOldModelIsReplacedWhenForced() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("old".utf8), to: "model.nnk")
    let outcome = try train(["--force", "--output", "model.nnk"], in: folder) { $0.send(SIGINT) }
    #expect(outcome.exitCode == 130)
    try Program.succeed(["inspect", "model.nnk"], in: folder)
  }

  @Test func theSecondInterruptionStopsAtOnce() throws {
    // Two signals in the midst of a mini-batch that takes a good part of a second: 1,438 samples through 2,000 units.
    let folder = try TemporaryFolder()
    let old = try TrainedModel.small.get()
    try folder.write(old, to: "model.nnk")
    let outcome = try train(
      ["--hidden", "2000,2000", "--batch-size", "1438", "--force", "--output", "model.nnk"], in: folder
    ) { process in
      process.send(SIGINT)
      usleep(50_000)
      process.send(SIGINT)
    }
    #expect(outcome.signal == SIGINT || outcome.exitCode == 130)
    // The old model or the new one, and nothing between.
    try Program.succeed(["inspect", "model.nnk"], in: folder)
    if outcome.signal == SIGINT { #expect(try folder.read("model.nnk") == old) }
  }
}

import TestSupport
import Testing

/// `-` is standard input or standard output, also where that is a pipe.
struct PipelineTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.good.get(), to: "digits.nnk")
  }

  private func output(of line: String) throws -> String {
    let outcome = try Program.shell(line, in: folder)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return outcome.output
  }

  private func plainPredictions() throws -> String {
    try Program.run(["predict", "digits.nnk", Digits.testImages], in: folder).output
  }

  @Test func theModelComesDownAPipe() throws {
    let line = "cat digits.nnk | \"$nnkit\" predict - \"$digits/t10k-images-idx3-ubyte.gz\""
    #expect(try output(of: line) == plainPredictions())
  }

  @Test func theImagesComeDownAPipe() throws {
    let compressed = "cat \"$digits/t10k-images-idx3-ubyte.gz\" | \"$nnkit\" predict digits.nnk -"
    #expect(try output(of: compressed) == plainPredictions())
    let plain = "gzip -dc \"$digits/t10k-images-idx3-ubyte.gz\" | \"$nnkit\" predict digits.nnk -"
    #expect(try output(of: plain) == plainPredictions())
  }

  @Test func theModelIsStandardInput() throws {
    let outcome = try Program.run(
      ["predict", "-", Digits.testImages], input: folder.file("digits.nnk"), in: folder)
    #expect(try outcome.output == plainPredictions())
  }

  @Test func aTrainedModelGoesDownAPipeToInspect() throws {
    let text = try output(
      of: "\"$nnkit\" train \"$digits\" --epochs 2 --seed 5 --quiet --output - | \"$nnkit\" inspect - --json")
    let document = try JSON.object(text)
    #expect(try document.object("metadata").integer("training.seed") == 5)
    #expect(try document.object("history").integer("epochs") == 2)
    #expect(try document.object("file").string("path") == "-")
  }

  @Test func predictionsInIDXAreInputForOtherTools() throws {
    let text = try output(
      of: "\"$nnkit\" predict digits.nnk \"$digits/t10k-images-idx3-ubyte.gz\" --format idx | od -An -tu1 -N8"
    )
    #expect(
      text.split(whereSeparator: \.isWhitespace).map(String.init) == [
        "0", "0", "8", "1", "0", "0", "1", "103",
      ])
  }

  @Test func aReaderThatStopsEarlyIsNoError() throws {
    // About 400 kB of predictions: far more than a pipe holds.
    try folder.write(IDXBytes.blankImages(20_000), to: "images")
    let outcome = try Program.shell(
      "{ \"$nnkit\" predict digits.nnk images; echo $? > status; } | head -n 1", in: folder)
    #expect(outcome.output == "index,prediction,probability\n")
    #expect(outcome.standardError.isEmpty)
    // Ended by SIGPIPE, as other programs are, or without noticing.
    let status = try folder.text("status").split(separator: "\n").first.map(String.init)
    #expect(["141", "0"].contains(status))
  }

  @Test(.enabled(if: FileSystemFacts.hasFullDevice))
  func aFullDeviceIsAnInputOutputError() throws {
    for command in ["inspect digits.nnk", "predict digits.nnk \"$digits/t10k-images-idx3-ubyte.gz\""] {
      let outcome = try Program.shell("\"$nnkit\" \(command) > /dev/full", in: folder)
      #expect(outcome.exitCode == 74)
      #expect(outcome.errorLines.count == 1)
      #expect(outcome.errors.hasPrefix("nnkit: "))
    }
    #expect(try Program.shell("\"$nnkit\" diff digits.nnk digits.nnk > /dev/full", in: folder).exitCode == 2)
    for option in ["--output", "-o"] {
      let outcome = try Program.shell(
        "\"$nnkit\" train \"$digits\" --epochs 1 --quiet --force \(option) /dev/full", in: folder)
      #expect(outcome.exitCode == 74)
      #expect(outcome.errorLines.count == 1)
    }
    let json = try Program.shell(
      "\"$nnkit\" train \"$digits\" --epochs 1 --json --output new.nnk > /dev/full", in: folder)
    // The first event tells already, before there is anything to lose.
    #expect(json.exitCode == 74)
    #expect(!folder.exists("new.nnk"))
  }

  @Test func trainingSurvivesAReaderThatGoesAway() throws {
    for (name, command) in [("text", "2>&1 >/dev/null"), ("json", "--json")] {
      let outcome = try Program.shell(
        "\"$nnkit\" train \"$digits\" --epochs 200 --seed 1 --output \(name).nnk \(command) | head -n 1", in: folder)
      #expect(outcome.exitCode == 0)
      try Program.succeed(["inspect", "\(name).nnk"], in: folder)
    }
  }

  @Test func closedStandardDescriptorsDoNotMixWithOutputs() throws {
    let command = """
      "$nnkit" predict digits.nnk "$digits/t10k-images-idx3-ubyte.gz" --labels "$digits/t10k-labels-idx1-ubyte.gz" \
      --output predictions.csv <&- 2>&-
      """
    #expect(try Program.shell(command, in: folder).exitCode == 0)
    #expect(try folder.text("predictions.csv").split(separator: "\n").count == Digits.testCount + 1)
  }
}

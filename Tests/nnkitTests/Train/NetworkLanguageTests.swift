import TestSupport
import Testing

/// `nnkit train --network`, and what the other commands make of such models.
struct NetworkLanguageTests {
  private let network = "conv(8,3,padding=1) batchnorm relu maxpool(2) dropout(0.1) flatten dense(24) gelu dense(10)"

  private func train(_ options: [String], in folder: TemporaryFolder) throws -> Outcome {
    try Program.run(
      ["train", Digits.folder, "--batch-size", "32", "--seed", "1", "--output", "digits.nnk"] + options, in: folder)
  }

  @Test func aConvolutionalNetworkIsTrainedInspectedAndUsed() throws {
    let folder = try TemporaryFolder()
    let training = try train(["--epochs", "5", "--network", network], in: folder)
    #expect(training.exitCode == 0, "\(training.errors)")
    #expect(
      training.errors.contains(
        "8×8 → conv(8,3,padding=1) → batchnorm → relu → maxpool(2) → dropout(0.1) → flatten → affine 24 → gelu → "
          + "affine 10 → softmax, 3,442 parameters"), "\(training.errors)")

    let text = try Program.run(["inspect", "digits.nnk"], in: folder)
    for evidence in [
      "stride 1, filters 8, padding 1, kernel_size 3", "batchnorm1.running_variance", "rate 0.1", "8×4×4", "8×1×3×3",
      "3,442 parameters",
    ] {
      #expect(text.output.contains(evidence), "\(text.output)")
    }
    #expect(!text.output.contains("Does not fit together"))
    let inspection = try Program.json(["inspect", "digits.nnk"], in: folder)
    let topology = try inspection.object("topology")
    #expect(try topology.integer("parameters") == 3442)
    let layers = try topology.objects("layers")
    #expect(try layers.map { try $0.string("kind") }.prefix(3) == ["conv", "batchnorm", "relu"])
    #expect(try layers.map { try $0.integer("parameters") }.prefix(3) == [80, 16, 0])

    try Program.succeed(
      ["predict", "digits.nnk", Digits.testImages, "--labels", Digits.testLabels, "--report", "report.json"],
      in: folder)
    let report = try JSON.object(String(decoding: folder.read("report.json"), as: UTF8.self))
    #expect(try report.number("accuracy") > 0.93)
    try Program.succeed(["verify", "digits.nnk"], in: folder)
  }

  @Test func smoothActivationsAreTrainedInspectedAndUsed() throws {
    let folder = try TemporaryFolder()
    let training = try train(
      ["--epochs", "8", "--network", "dense(24) silu dense(24) elu(0.5) dense(16) softplus dense(10)"], in: folder)
    #expect(training.exitCode == 0, "\(training.errors)")
    #expect(training.errors.contains("→ silu → affine 24 → elu(0.5) → affine 16 → softplus →"), "\(training.errors)")
    let inspection = try JSON.object(Program.run(["inspect", "digits.nnk", "--json"], in: folder).output)
    let layers = try inspection.object("topology").objects("layers")
    #expect(
      try layers.map { try $0.string("kind") } == [
        "affine", "silu", "affine", "elu", "affine", "softplus", "affine", "softmax",
      ])
    #expect(try layers[3].object("attributes").number("alpha") == 0.5)
    #expect(try inspection.objects("findings").allSatisfy { try $0.string("severity") == "note" })
    let prediction = try Program.run(
      ["predict", "digits.nnk", Digits.testImages, "--labels", Digits.testLabels, "--report", "report.json"],
      in: folder)
    #expect(prediction.exitCode == 0, "\(prediction.errors)")
    let report = try JSON.object(String(decoding: folder.read("report.json"), as: UTF8.self))
    #expect(try report.number("accuracy") > 0.85)
  }

  @Test func hiddenLayersAreShortForANetwork() throws {
    let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
    #expect(try train(["--epochs", "1", "--hidden", "12,7", "--activation", "tanh"], in: first).exitCode == 0)
    #expect(
      try train(["--epochs", "1", "--network", "dense(12) tanh dense(7) tanh dense(10) softmax"], in: second).exitCode
        == 0)
    let predictions = try [first, second].map { folder in
      try Program.run(["predict", "digits.nnk", Digits.testImages], in: folder).standardOutput
    }
    #expect(predictions[0].count > 1000)
    #expect(predictions[0] == predictions[1])
  }

  @Test func whatDoesNotFitTheDataIsAUsageError() throws {
    let folder = try TemporaryFolder()
    for (network, word, evidence) in [
      ("dense(9)", "dense(9)", "10 outputs"), ("conv(4,3)", "conv(4,3)", "144"),
      ("relu conv(2,9) dense(10)", "conv(2,9)", "word 2, conv(2,9)"),
      ("dense(4) maxpool(2) dense(10)", "maxpool(2)", "[4]"), ("dense(2000000000)", "dense(2000000000)", "at most"),
    ] {
      let outcome = try train(["--epochs", "1", "--network", network], in: folder)
      #expect(outcome.exitCode == 64, "\(outcome.errors)")
      #expect(outcome.errors.contains(evidence), "\(outcome.errors)")
      let lines = outcome.errorLines
      try #require(lines.count == 3, "\(outcome.errors)")
      #expect(lines[1] == "  " + network)
      // The caret and its tail cover the word that the message names.
      let start = lines[2].prefix { $0 == " " }.count
      #expect(String(Array(lines[1])[start..<lines[2].count]) == word)
      #expect(!folder.exists("digits.nnk"))
    }
  }

  /// One sample has no variance: a network that normalises it would learn nothing.
  @Test func batchNormalizationNeedsTwoSamples() throws {
    let folder = try TemporaryFolder()
    let network = "dense(16) batchnorm relu dense(10)"
    try expectRefusal(
      ["train", Digits.folder, "--network", network, "--batch-size", "1", "--output", "digits.nnk"], exitCode: 64,
      evidence: ["--batch-size 1", "at least 2", "batchnorm1"], in: folder)
    try folder.write(IDXBytes.blankImages(1), to: "image")
    try folder.write(IDXBytes.file(dimensions: [1], [1]), to: "label")
    try expectRefusal(
      [
        "train", "--images", "image", "--labels", "label", "--network", "batchnorm dense(2)", "--output", "one.nnk",
      ], exitCode: 65, evidence: ["training data", "at least 2 samples", "found 1"], in: folder)
    // 1,438 samples leave one after 479 mini-batches of three: it joins the last of them.
    for (length, events) in [(["--epochs", "1"], 1), (["--iterations", "480"], 2)] {
      let training = try train(
        ["--network", network, "--batch-size", "3", "--json", "--force"] + length, in: folder)
      #expect(training.exitCode == 0, "\(training.errors)")
      let epochs = try JSON.lines(training.outputLines).filter { try $0.string("event") == "epoch" }
      #expect(epochs.count == events)
      #expect(try epochs[0].integer("iterations") == 479)
      #expect(try epochs[0].number("test_accuracy") > 0.7)
    }
    let text = try train(["--network", network, "--batch-size", "3", "--iterations", "480", "--force"], in: folder)
    #expect(text.errors.contains("epoch 2/2"), "\(text.errors)")
  }

  @Test func binaryCrossEntropyEndsInSigmoid() throws {
    let folder = try TemporaryFolder()
    let training = try train(
      ["--epochs", "8", "--learning-rate", "0.5", "--hidden", "24", "--loss", "binary-cross-entropy", "--json"],
      in: folder)
    #expect(training.exitCode == 0, "\(training.errors)")
    let events = try JSON.lines(training.outputLines)
    #expect(try events[8].number("test_accuracy") > 0.85)
    let topology = try Program.json(["inspect", "digits.nnk"], in: folder).object(
      "topology")
    #expect(try topology.objects("layers").last?.string("kind") == "sigmoid")
    #expect(try topology.string("loss") == "binary-cross-entropy")
  }
}

import Foundation
import TestSupport
import Testing

/// `nnkit landscape` on a trained model, and on the surfaces of textbooks.
struct LandscapeTests {
  private let folder: TemporaryFolder
  private let quick = ["--grid", "9", "--samples", "60"]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "model.nnk")
  }

  @Test func thePageStandsByItself() throws {
    let outcome = try Program.succeed(
      ["landscape", "model.nnk", Digits.folder, "--html", "page.html"] + quick, in: folder)
    #expect(outcome.output.hasPrefix("model.nnk  cross-entropy on 60 of 1,438 samples, 9×9 points, ±1\n"))
    for finding in ["Loss ", "Least ", "Local minimum ", "Saddle points ", "Plateaus ", "Directions "] {
      #expect(outcome.outputLines.contains { $0.hasPrefix(finding) }, "\(finding)")
    }
    let page = try folder.text("page.html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<svg") && page.contains("model.nnk") && page.contains("prefers-color-scheme: dark"))
    // Nothing is fetched.
    for resource in ["http://", "https://", "src=", "href=", "@import"] { #expect(!page.contains(resource)) }
    #expect(!page.contains("nan") && !page.contains("inf,"))
  }

  @Test func theMiddleIsTheModel() throws {
    let document = try folder.landscape(["model.nnk", Digits.folder, "--samples", "5000", "--grid", "5"])
    #expect(try document.integer("schema") == 1)
    #expect(try document.object("model").integer("samples") == 1438)
    let grid = try document.object("grid")
    #expect(grid["x"] as? [Double] == [-1, -0.5, 0, 0.5, 1] && grid["y"] as? [Double] == [-1, -0.5, 0, 0.5, 1])
    let values = try #require(grid["values"] as? [[Double]])
    #expect(values.count == 5 && values.allSatisfy { $0.count == 5 })
    // The log loss of predict on the same samples is the loss at (0, 0), apart from the rounding of its probabilities.
    try Program.succeed(
      [
        "predict", "model.nnk", Digits.trainingImages, "--labels", Digits.trainingLabels, "--report", "report.json",
        "--output", "predictions.csv",
      ], in: folder)
    let logLoss = try JSON.object(folder.text("report.json")).number("log_loss")
    #expect(abs(values[2][2] - logLoss) < 1e-4 * logLoss)
    #expect(try document.object("center").number("value") == values[2][2])
    #expect(try document.object("minimum").number("value") == values.joined().min())
    #expect((0...1).contains(try document.number("plateau_share")))
  }

  /// Numbers to learn, with the loss that the model was trained with.
  @Test func aRegressionHasALandscapeToo() throws {
    try Program.succeed(
      [
        "train", Sine.folder, "--hidden", "16", "--activation", "tanh", "--learning-rate", "0.2", "--batch-size", "5",
        "--epochs", "10", "--threads", "1", "--seed", "1", "--output", "sine.nnk",
      ], in: folder)
    let outcome = try Program.succeed(
      ["landscape", "sine.nnk", Sine.folder, "--html", "page.html", "--samples", "5000", "--grid", "9"], in: folder)
    #expect(outcome.output.hasPrefix("sine.nnk  squared-error on 1,000 samples, 9×9 points, ±1\n"), "\(outcome.output)")
    #expect(try folder.text("page.html").contains("squared-error on 1,000 samples"))

    // The middle is half of the mean squared error that predict measures.
    let files = ["--inputs", Sine.testInputs, "--targets", Sine.testTargets]
    let document = try folder.landscape(["sine.nnk"] + files + ["--grid", "5"])
    #expect(try document.object("model").string("loss") == "squared-error")
    #expect(try document.object("model").integer("samples") == Sine.testCount)
    try Program.succeed(
      ["predict", "sine.nnk", Sine.testInputs, "--labels", Sine.testTargets, "--report", "report.json"], in: folder)
    let error = try JSON.object(folder.text("report.json")).number("mean_squared_error")
    let center = try document.object("center").number("value")
    #expect(abs(center - error / 2) < 1e-4 * center)
    #expect(try document.object("center").boolean("is_local_minimum"))
    try expectRefusal(
      ["landscape", "sine.nnk", Sine.folder, "--loss", "cross-entropy"], exitCode: 65,
      evidence: ["cross-entropy", "softmax"], in: folder)
  }

  @Test func severalNumbersAndMissingValues() throws {
    let inputs: [Float] = [0, 1, 2, .nan, 4, 5, 6, 7]
    try folder.write(IDXBytes.floats(dimensions: [8], inputs), to: "inputs")
    try folder.write(IDXBytes.floats(dimensions: [8, 2], (0..<16).map { Float($0) / 16 }), to: "targets")
    let data = ["--inputs", "inputs", "--targets", "targets"]
    for (missing, samples) in [("zero", 8), ("drop", 7)] {
      try Program.succeed(
        ["train"] + data + [
          "--network", "dense(4) tanh dense(2)", "--loss", "binary-cross-entropy", "--missing", missing, "--epochs",
          "2",
          "--output", "\(missing).nnk",
        ], in: folder)
      let model = try folder.landscape(["\(missing).nnk", "--grid", "5"] + data).object("model")
      #expect(try model.integer("samples") == samples && model.string("loss") == "binary-cross-entropy")
    }
    let squared = try folder.landscape(["zero.nnk", "--grid", "5", "--loss", "squared-error"] + data)
    #expect(try squared.object("model").string("loss") == "squared-error")
    try folder.write(IDXBytes.floats(dimensions: [8, 3], (0..<24).map { Float($0) }), to: "three")
    try expectRefusal(
      ["landscape", "zero.nnk", "--inputs", "inputs", "--targets", "three"], exitCode: 65,
      evidence: ["three", "2 numbers", "found 3"], in: folder)
    try folder.write(IDXBytes.floats(dimensions: [8, 2], (0..<16).map { Float($0) }), to: "beyond")
    try expectRefusal(
      ["landscape", "zero.nnk", "--inputs", "inputs", "--targets", "beyond"], exitCode: 65,
      evidence: ["probabilities from 0 to 1"], in: folder)
  }

  @Test func resultsFollowFromTheSeedAlone() throws {
    let arguments = ["landscape", "model.nnk", Digits.folder, "--json"] + quick
    let one = try Program.succeed(arguments + ["--threads", "1"], in: folder)
    #expect(try Program.run(arguments + ["--threads", "3"], in: folder).output == one.output)
    #expect(try Program.run(arguments + ["--seed", "5"], in: folder).output != one.output)
    #expect(try Program.run(arguments + ["--normalization", "filter"], in: folder).output != one.output)
  }

  @Test func surfacesOfTextbooksShowWhatTheyAreKnownFor() throws {
    let saddle = try folder.landscape(["--surface", "saddle", "--html", "saddle.html"])
    #expect(try saddle.string("surface") == "saddle" && saddle.integer("saddle_points") == 1)
    let point = try #require(saddle.objects("stationary_points").first)
    #expect(try point.string("kind") == "saddle" && abs(point.number("x")) < 1e-9 && abs(point.number("y")) < 1e-9)
    let plateau = try folder.landscape(["--surface", "plateau", "--html", "plateau.html"])
    #expect(try plateau.number("plateau_share") > 0.4 && plateau.integer("saddle_points") == 0)
    for name in ["saddle.html", "plateau.html"] {
      let page = try folder.text(name)
      #expect(page.contains("class=\"line") && page.contains("class=\"way\""))
    }
    // No level of the plateau leads far from its well.
    #expect(try folder.text("saddle.html").contains("class=\"cross\""))
  }

  @Test func anExistingPageIsKept() throws {
    try folder.write(Array("mine".utf8), to: "page.html")
    let arguments = ["landscape", "--surface", "saddle", "--html", "page.html"]
    try expectRefusal(arguments, exitCode: 73, evidence: ["page.html", "--force"], in: folder)
    try Program.succeed(arguments + ["--force"], in: folder)
    #expect(try folder.text("page.html").hasPrefix("<!DOCTYPE html>"))
    try expectRefusal(
      ["landscape", "model.nnk", Digits.folder, "--html", "model.nnk", "--force"], exitCode: 64,
      evidence: ["model.nnk"], in: folder)
    try expectRefusal(
      ["landscape", "--surface", "saddle", "--html", "nowhere/page.html"], exitCode: 73, evidence: ["nowhere"],
      in: folder)
  }

  @Test func thePageCanGoToStandardOutput() throws {
    let outcome = try Program.succeed(["landscape", "--surface", "saddle", "--html", "-"], in: folder)
    #expect(outcome.output.hasPrefix("<!DOCTYPE html>") && outcome.errors.contains("Saddle points"))
  }

  @Test func namesAreEscaped() throws {
    let name = "<script>alert(1)&amp;.nnk"
    try folder.write(try TrainedModel.small.get(), to: name)
    let arguments = ["landscape", name, Digits.folder, "--html", "page.html"] + quick
    try Program.succeed(arguments, in: folder)
    let page = try folder.text("page.html")
    #expect(page.contains("&lt;script&gt;alert(1)&amp;amp;.nnk") && !page.contains("<script>alert"))
  }

  @Test func whatDoesNotFitIsRefused() throws {
    try folder.write(IDXBytes.file(dimensions: [2, 3, 3], [UInt8](repeating: 0, count: 18)), to: "images")
    try folder.write(IDXBytes.file(dimensions: [2], [0, 1]), to: "labels")
    try expectRefusal(
      ["landscape", "model.nnk", "--images", "images", "--labels", "labels"], exitCode: 65,
      evidence: ["images", "8×8", "9"], in: folder)
    try folder.write(IDXBytes.blankImages(2), to: "blank")
    try folder.write(IDXBytes.file(dimensions: [2], [0, 10]), to: "large")
    try expectRefusal(
      ["landscape", "model.nnk", "--images", "blank", "--labels", "large"], exitCode: 65,
      evidence: ["large", "10", "index 1"], in: folder)
    try folder.write(IDXBytes.blankImages(0), to: "none")
    try folder.write(IDXBytes.file(dimensions: [0], []), to: "nothing")
    try expectRefusal(
      ["landscape", "model.nnk", "--images", "none", "--labels", "nothing"], exitCode: 65, evidence: ["none"],
      in: folder)
    try expectRefusal(
      ["landscape", "missing.nnk", Digits.folder], exitCode: 66, evidence: ["missing.nnk"], in: folder)
    try expectRefusal(["landscape", "model.nnk", "missing"], exitCode: 66, evidence: ["missing"], in: folder)
    try folder.write(try TrainedModel.good.get(), to: "other.nnk")
    try expectRefusal(
      ["landscape", "model.nnk", Digits.folder, "--path", "other.nnk", "other.nnk"], exitCode: 65,
      evidence: ["other.nnk", "layers"], in: folder)
  }

  @Test func aModelWithoutTopologyIsRefused() throws {
    try folder.write(StateDict(inputs: 64, hidden: 4, outputs: 10, seed: 1).bytes, to: "bare.safetensors")
    try expectRefusal(
      ["landscape", "bare.safetensors", Digits.folder], exitCode: 65, evidence: ["bare.safetensors", "topology"],
      in: folder)
  }

  @Test func aModelThatDoesNotSayItsLossNeedsOne() throws {
    try folder.write(StateDict(inputs: 64, hidden: 4, outputs: 10, seed: 1).bytes, to: "bare.safetensors")
    try Program.succeed(["convert", "bare.safetensors", "network.nnk", "--network"], in: folder)
    let arguments = ["landscape", "network.nnk", Digits.folder] + quick
    try expectRefusal(arguments, exitCode: 64, evidence: ["network.nnk", "--loss"], in: folder)
    let outcome = try Program.run(arguments + ["--loss", "squared-error"], in: folder)
    #expect(outcome.exitCode == 0 && outcome.output.contains("squared-error"), "\(outcome.errors)")
  }

  @Test(arguments: [
    (["--grid", "10"], "--grid"), (["--grid", "3"], "--grid"), (["--range", "0"], "--range"),
    (["--range", "nan"], "--range"), (["--samples", "0"], "--samples"), (["--threads", "0"], "--threads"),
    (["--path", "model.nnk"], "--path"), (["--path", "a", "b", "--seed", "1"], "--path"),
    (["--surface", "saddle"], "--surface"), (["--loss", "guess"], "loss"), (["--json", "--html", "-"], "--html"),
    (["--images", "a", "--labels", "b"], "--images"),
  ])
  func optionsThatMakeNoSenseAreRefused(options: [String], evidence: String) throws {
    try expectUsageError(["landscape", "model.nnk", Digits.folder] + options, evidence: evidence, in: folder)
  }

  @Test func aModelOrASurfaceIsNeeded() throws {
    try expectUsageError(["landscape"], evidence: "--surface", in: folder)
    try expectUsageError(["landscape", "model.nnk"], evidence: "--labels", in: folder)
    try expectUsageError(["landscape", "--surface", "hill"], evidence: "saddle", in: folder)
  }
}

import TestSupport
import Testing

/// Inputs that are missing (66) or no good (65): one line, no output, nothing left behind.
struct InputRefusalTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "model.nnk")
    try folder.write(IDXBytes.blankImages(2), to: "images")
    try folder.write(IDXBytes.file(dimensions: [2], [3, 4]), to: "labels")
    try folder.write([], to: "empty")
    var generator = SplitMix64(seed: 1)
    try folder.write((0..<4096).map { _ in UInt8(truncatingIfNeeded: generator.next() | 1) }, to: "random")
    try folder.makeFolder("folder")
  }

  /// Every command line that reads `name` as a model.
  private func readersOfModel(_ name: String) -> [[String]] {
    [["inspect", name], ["predict", name, "images"]]
  }

  /// Every command line that reads `name` as images.
  private func readersOfImages(_ name: String) -> [[String]] {
    [
      ["predict", "model.nnk", name], ["predict", "model.nnk", name, "--output", "new"],
      ["train", "--images", name, "--labels", "labels", "--output", "new"],
    ]
  }

  /// Every command line that reads `name` as labels.
  private func readersOfLabels(_ name: String) -> [[String]] {
    [
      ["predict", "model.nnk", "images", "--labels", name, "--report", "new"],
      ["train", "--images", "images", "--labels", name, "--output", "new"],
    ]
  }

  private func readers(_ name: String) -> [[String]] {
    readersOfModel(name) + readersOfImages(name) + readersOfLabels(name)
  }

  @Test func aMissingFileIsNamed() throws {
    for arguments in readers("nowhere") + [["train", "nowhere", "--output", "new"]] {
      try expectRefusal(arguments, exitCode: 66, evidence: ["nowhere"], in: folder)
    }
  }

  @Test func aFolderInPlaceOfAFile() throws {
    for arguments in readers("folder") {
      try expectRefusal(arguments, exitCode: 66, evidence: ["folder"], in: folder)
    }
  }

  @Test func aFolderWithoutTheFilesOfADataSet() throws {
    try expectRefusal(
      ["train", "folder", "--output", "new"], exitCode: 66, evidence: ["folder", "train-images"], in: folder)
  }

  @Test func aFileInPlaceOfAFolder() throws {
    try expectRefusal(["train", "images", "--output", "new"], exitCode: 66, evidence: ["images"], in: folder)
  }

  @Test func anEmptyFileIsRefused() throws {
    for arguments in readers("empty") {
      try expectRefusal(arguments, exitCode: 65, evidence: ["empty"], in: folder)
    }
  }

  @Test func randomBytesAreRefused() throws {
    for arguments in readers("random") {
      try expectRefusal(arguments, exitCode: 65, evidence: ["random"], in: folder)
    }
  }

  @Test func anIDXFileIsNoModelAndAModelNoIDXFile() throws {
    for arguments in readersOfModel("images") {
      try expectRefusal(arguments, exitCode: 65, evidence: ["images", "IDX"], in: folder)
    }
    for arguments in readersOfImages("model.nnk") + readersOfLabels("model.nnk") {
      try expectRefusal(arguments, exitCode: 65, evidence: ["model.nnk"], in: folder)
    }
  }

  @Test func `An IDX file in the place of a model is called what it is, and sent where it belongs`() throws {
    let images = Digits.testImages
    for (arguments, place) in [
      (["inspect", images], "nnkit inspect MODEL --data \(images)"),
      (["predict", images, "model.nnk"], "nnkit predict MODEL \(images)"),
      (["landscape", images, Digits.folder], "nnkit landscape MODEL --images \(images) --labels LABELS"),
      (["predict", Digits.testLabels, "images"], "nnkit predict MODEL IMAGES --labels \(Digits.testLabels)"),
      (["inspect", Digits.testLabels], "nnkit inspect does not take one"),
      (["convert", images, "new.nnk"], "nnkit convert does not take one"),
    ] {
      try expectRefusal(arguments, exitCode: 65, evidence: ["expected a model, found an IDX file", place], in: folder)
    }
    for arguments in [["diff", "model.nnk", images], ["diff", images, "model.nnk"]] {
      try expectRefusal(
        arguments, exitCode: 2, evidence: ["359 × 8 × 8 uint8", "nnkit diff MODEL MODEL --data \(images)"], in: folder)
    }
  }

  @Test func `A model in the place of data is called what it is, and sent where it belongs`() throws {
    for (arguments, place) in [
      (["predict", "model.nnk", "model.nnk"], "nnkit predict model.nnk IMAGES"),
      (["inspect", "model.nnk", "--data", "model.nnk"], "nnkit inspect model.nnk --data IMAGES"),
      (["train", "--images", "model.nnk", "--labels", "labels", "--output", "new"], "nnkit train does not take one"),
    ] {
      try expectRefusal(arguments, exitCode: 65, evidence: ["expected IDX data, found a model", place], in: folder)
    }
  }

  @Test func damagedGzipIsRefused() throws {
    let intact = try TemporaryFolder.bytes(Digits.testImages)
    try folder.write(Array(intact.prefix(intact.count / 2)), to: "cut.gz")
    var flipped = intact
    flipped[intact.count / 2] ^= 0x10
    try folder.write(flipped, to: "flipped.gz")
    for name in ["cut.gz", "flipped.gz"] {
      for arguments in readersOfImages(name) where arguments[0] == "predict" {
        try expectRefusal(arguments, exitCode: 65, evidence: [name], in: folder)
      }
      try expectRefusal(
        ["train", "--images", name, "--labels", Digits.testLabels, "--output", "new"], exitCode: 65,
        evidence: [name], in: folder)
    }
  }

  @Test func aCutIDXFileAndOneThatGoesOn() throws {
    try folder.write(Array(IDXBytes.blankImages(2).dropLast()), to: "cut")
    try folder.write(IDXBytes.blankImages(2) + [0], to: "long")
    for name in ["cut", "long"] {
      for arguments in readersOfImages(name) {
        try expectRefusal(arguments, exitCode: 65, evidence: [name], in: folder)
      }
    }
  }

  @Test func imagesAndLabelsThatDifferInNumber() throws {
    for arguments in readersOfLabels(Digits.testLabels) {
      try expectRefusal(arguments, exitCode: 65, evidence: ["2", "359"], in: folder)
    }
  }

  @Test func labelsThatTheModelDoesNotKnow() throws {
    try folder.write(IDXBytes.file(dimensions: [2], [3, 10]), to: "wrong")
    try expectRefusal(
      ["predict", "model.nnk", "images", "--labels", "wrong"], exitCode: 65,
      evidence: ["wrong", "10", "index 1"],
      in: folder)
  }

  @Test func imagesInPlaceOfLabels() throws {
    for arguments in readersOfLabels("images") {
      try expectRefusal(arguments, exitCode: 65, evidence: ["images", "dimension"], in: folder)
    }
  }

  @Test func imagesOfAnotherSizeAreRefused() throws {
    try folder.write(
      IDXBytes.file(dimensions: [1, 28, 28], [UInt8](repeating: 0, count: 784)), to: "large")
    try folder.write(IDXBytes.file(dimensions: [1], [0]), to: "label")
    try expectRefusal(
      ["predict", "model.nnk", "large"], exitCode: 65, evidence: ["large", "8×8", "784"], in: folder)
    try expectRefusal(
      [
        "train", "--images", "images", "--labels", "labels", "--test-images", "large", "--test-labels",
        "label",
        "--output", "new",
      ], exitCode: 65, evidence: ["8×8", "28×28"], in: folder)
  }

  @Test func aSetWithoutTrainingSamplesIsRefused() throws {
    try folder.write(IDXBytes.blankImages(0), to: "none")
    try folder.write(IDXBytes.file(dimensions: [0], []), to: "no-labels")
    try expectRefusal(
      ["train", "--images", "none", "--labels", "no-labels", "--output", "new"], exitCode: 65, in: folder)
  }

  @Test func aSetWithNothingToEvaluateIsRefused() throws {
    try folder.write(IDXBytes.blankImages(0), to: "none")
    try folder.write(IDXBytes.file(dimensions: [0], []), to: "no-labels")
    try expectRefusal(
      ["predict", "model.nnk", "none", "--labels", "no-labels", "--report", "new"], exitCode: 65,
      evidence: ["no-labels"], in: folder)
  }

  @Test func theSameCommandsWorkOnSoundFiles() throws {
    // The same command lines with sound files succeed, so that the refusals above have the stated cause.
    for arguments in readersOfModel("model.nnk") + readersOfLabels("labels") {
      try Program.succeed(arguments + (arguments[0] == "inspect" ? [] : ["--force"]), in: folder)
    }
  }

  @Test func namesInMessagesAreEscaped() throws {
    let outcome = try Program.run(["inspect", "no\u{1B}[31m\u{202E}\nwhere"], in: folder)
    #expect(outcome.exitCode == 66)
    #expect(outcome.errorLines.count == 1)
    #expect(!outcome.errors.contains("\u{1B}") && !outcome.errors.contains("\u{202E}"))
  }
}

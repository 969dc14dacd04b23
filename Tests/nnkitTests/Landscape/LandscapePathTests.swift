import TestSupport
import Testing

/// `nnkit landscape --path`: models on the way, of several runs or of one.
struct LandscapePathTests {
  private let folder: TemporaryFolder
  private let quick = ["--grid", "9", "--samples", "60"]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "model.nnk")
  }

  @Test func thePathOfTrainingIsDrawn() throws {
    for epochs in ["1", "2"] {
      try Program.succeed(
        [
          "train", Digits.folder, "--hidden", "8", "--epochs", epochs, "--batch-size", "32", "--seed", "1", "--quiet",
          "--output", "epoch\(epochs).nnk",
        ], in: folder)
    }
    let arguments = ["model.nnk", Digits.folder, "--html", "page.html", "--path", "epoch1.nnk", "epoch2.nnk"]
    let document = try folder.landscape(arguments + quick)
    let path = try document.objects("path")
    #expect(try path.map { try $0.string("name") } == ["epoch1.nnk", "epoch2.nnk", "model.nnk"])
    #expect(try path[0].number("value") > path[2].number("value"))
    #expect(try path[2].number("x") == 0 && path[2].number("y") == 0)
    // Three points lie in a plane, so that their losses are those of the plane.
    let shares = try #require(document.object("directions")["path_shares"] as? [Double])
    #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
    #expect(try folder.text("page.html").contains("epoch1.nnk"))
    try expectRefusal(
      ["landscape", "model.nnk", Digits.folder, "--path", "model.nnk", "model.nnk"], exitCode: 65,
      evidence: ["--path"], in: folder)
  }

  @Test func theModelsOfOneRunAreAPath() throws {
    try Program.succeed(
      [
        "train", Digits.folder, "--hidden", "8", "--epochs", "3", "--batch-size", "32", "--seed", "1", "--save-every",
        "1", "--output", "digits.nnk",
      ], in: folder)
    let stations = (0...3).map { "digits-epoch-000\($0).nnk" }
    let arguments = ["digits.nnk", Digits.folder] + quick + ["--path"] + stations
    // The last of them is the model itself, and is in the list once.
    let document = try folder.landscape(arguments)
    let path = try document.objects("path")
    #expect(try path.map { try $0.string("name") } == stations.dropLast() + ["digits.nnk"])
    #expect(try path[0].number("value") > path[3].number("value"))
    let twice = try folder.landscape(arguments + ["digits-epoch-0003.nnk"])
    #expect(try twice.objects("path").count == 4)
    let once = try folder.landscape(arguments.dropLast())
    #expect(try once.object("grid")["values"] as? [[Double]] == document.object("grid")["values"] as? [[Double]])
    let outcome = try Program.run(["landscape"] + arguments + ["--html", "page.html"], in: folder)
    #expect(outcome.output.contains("4 models from digits-epoch-0000.nnk to digits.nnk"))
    // Hyphens of names are no minus signs.
    #expect(try folder.text("page.html").contains("4 models from digits-epoch-0000.nnk to digits.nnk"))
  }
}

import TestSupport
import Testing

/// `nnkit inspect` of several models.
struct InspectSeriesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try Program.succeed(
      [
        "train", Digits.folder, "--hidden", "8", "--epochs", "3", "--seed", "1", "--save-every", "1", "--output",
        "a.nnk",
      ],
      in: folder)
    try Program.succeed(
      ["train", Digits.folder, "--hidden", "12", "--epochs", "2", "--seed", "2", "--output", "b.nnk"], in: folder)
  }

  @Test func `The models of one run have their norms and changes over the epochs`() throws {
    let paths = (0...3).map { "a-epoch-000\($0).nnk" }
    let document = try JSON.object(Program.succeed(["inspect", "--json"] + paths, in: folder).output)
    #expect(try document.integer("schema") == 1)
    let series = try document.objects("series")
    #expect(try series.map { try $0.string("file") } == paths)
    #expect(try series.map { try $0.integer("epoch") } == [0, 1, 2, 3])
    let tensors = try document.objects("tensors")
    #expect(
      try tensors.map { try $0.string("name") } == ["affine1.weight", "affine1.bias", "affine2.weight", "affine2.bias"])
    for tensor in tensors {
      for key in ["l2_norm", "relative_change", "minimum", "maximum", "mean", "standard_deviation", "zeros"] {
        #expect((tensor[key] as? [Any])?.count == 4, "\(key)")
      }
    }
    // Against diff, which compares the same two.
    let diff = try Program.run(["diff", paths[1], paths[2], "--json"], in: folder)
    let values = try JSON.object(diff.output).objects("tensors")[0].object("values")
    #expect((tensors[0]["relative_change"] as? [Any])?[2] as? Double == (try values.number("relative_l2")))
    #expect((try document.object("history")["loss"] as? [Double])?.count == 3)
    let text = try Program.succeed(["inspect"] + paths, in: folder).output
    #expect(text.contains("Models  4") && text.contains("Changes  over 4 models"))
  }

  @Test func `Models of several runs are sorted by accuracy, with the settings in which they differ`() throws {
    let text = try Program.succeed(["inspect", "b.nnk", "a.nnk"], in: folder).output
    #expect(text.contains("the best first by test accuracy"))
    #expect(text.contains("seed") && text.contains("epochs") && text.contains("layers"))
    #expect(!text.contains("optimizer") && !text.contains("Changes"))
    let document = try JSON.object(Program.succeed(["inspect", "b.nnk", "a.nnk", "--json"], in: folder).output)
    let members = try document.objects("series")
    #expect(try members[0].object("settings").integer("training.seed") == 2)
    let interval = try members[0].object("accuracy_interval")
    let accuracy = try members[0].number("accuracy")
    #expect(try interval.number("lower") < accuracy && accuracy < interval.number("upper"))
  }

  @Test func `One that is missing or damaged among several is an error that names it`() throws {
    try expectRefusal(["inspect", "a.nnk", "none.nnk"], exitCode: 66, evidence: ["none.nnk"], in: folder)
    try folder.write([1, 2, 3], to: "bad.nnk")
    try expectRefusal(["inspect", "a.nnk", "bad.nnk"], exitCode: 65, evidence: ["bad.nnk"], in: folder)
  }
}

import TestSupport
import Testing

/// `nnkit diff`: 0 the same, 1 different, 2 anything else.
struct DiffTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "small.nnk")
    try folder.write(try TrainedModel.good.get(), to: "good.nnk")
  }

  @Test func aModelIsTheSameAsItself() throws {
    let outcome = try Program.succeed(["diff", "small.nnk", "small.nnk"], in: folder)
    #expect(outcome.standardError.isEmpty)
    #expect(outcome.output.contains("the same"))
  }

  @Test func anotherModelDiffers() throws {
    let outcome = try Program.run(["diff", "small.nnk", "good.nnk"], in: folder)
    #expect(outcome.exitCode == 1)
    #expect(outcome.standardError.isEmpty)
    for text in ["differ", "affine1.weight", "64×8", "64×32"] {
      #expect(outcome.output.contains(text), "\(text)")
    }
  }

  @Test func jsonTellsWhatDiffersAndByHowMuch() throws {
    try folder.write(try TrainedModel.other.get(), to: "other.nnk")
    let outcome = try Program.run(["diff", "small.nnk", "other.nnk", "--json"], in: folder)
    #expect(outcome.exitCode == 1)
    let document = try JSON.object(outcome.output)
    #expect(try document.integer("schema") == 1)
    #expect(document["same"] as? Bool == false)
    #expect(try document.objects("topology").isEmpty)
    let metadata = try document.objects("metadata").map { try $0.string("name") }
    #expect(metadata.filter { !$0.hasPrefix("training.loss_curve") } == ["training.seed"])
    let tensors = try document.objects("tensors")
    #expect(tensors.count == 4)
    let weights = try #require(tensors.first)
    #expect(try weights.string("name") == "affine1.weight")
    let values = try weights.object("values")
    #expect(try values.integer("count") == 512)
    #expect(try values.integer("differing") > 500)
    #expect(try values.number("maximum_absolute_difference") > 0)
  }

  @Test func valuesWithinTheToleranceAreTheSame() throws {
    try folder.write(try TrainedModel.other.get(), to: "other.nnk")
    let outcome = try Program.run(
      ["diff", "small.nnk", "other.nnk", "--json", "--absolute-tolerance", "100"], in: folder)
    let document = try JSON.object(outcome.output)
    #expect(try document.objects("tensors").allSatisfy { $0["same"] as? Bool == true })
    #expect(try document.object("tolerance").number("absolute") == 100)
    // The seed in the metadata still differs.
    #expect(outcome.exitCode == 1)
  }

  @Test func standardInputMayBeOneOfThem() throws {
    let input = folder.file("small.nnk")
    #expect(try Program.run(["diff", "-", "small.nnk"], input: input, in: folder).exitCode == 0)
    #expect(try Program.run(["diff", "good.nnk", "-"], input: input, in: folder).exitCode == 1)
  }

  @Test func whatCannotBeComparedExitsWithTwo() throws {
    try folder.write([], to: "empty.nnk")
    try folder.write(IDXBytes.blankImages(1), to: "images")
    try folder.write(Array(folder.read("small.nnk").dropLast()), to: "cut.nnk")
    try folder.makeFolder("folder")
    for name in ["nothing.nnk", "empty.nnk", "images", "cut.nnk", "folder"] {
      try expectRefusal(["diff", "small.nnk", name], exitCode: 2, evidence: [name], in: folder)
      try expectRefusal(["diff", name, "small.nnk"], exitCode: 2, evidence: [name], in: folder)
    }
  }

  @Test(arguments: [
    (["diff"], "left"), (["diff", "small.nnk"], "right"), (["diff", "a", "b", "c"], "'c'"),
    (["diff", "a", "b", "--nothing"], "--nothing"), (["diff", "-", "-"], "only one"),
    (["diff", "a", "b", "--absolute-tolerance", "nan"], "--absolute-tolerance"),
    (["diff", "a", "b", "--relative-tolerance=-1"], "--relative-tolerance"),
    (["diff", "a", "b", "--absolute-tolerance", "much"], "much"),
    (["diff", "a", "b", "--color", "blue"], "blue"),
  ])
  func usageErrorsExitWithTwoAsWell(arguments: [String], evidence: String) throws {
    try expectUsageError(arguments, exitCode: 2, evidence: evidence, in: folder)
  }
}

import Foundation
import TestSupport
import Testing

/// `nnkit convert` between formats and levels of compression.
struct ConvertTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.good.get(), to: "digits.nnk")
  }

  private func convert(_ arguments: String...) throws -> Outcome {
    try Program.succeed(["convert"] + arguments, in: folder)
  }

  @Test func everyLevelHoldsTheSameModel() throws {
    var sizes: [String: Int] = [:]
    for level in ["default", "fast", "best", "none"] {
      let outcome = try convert("digits.nnk", "\(level).nnk", "--compression", level)
      #expect(outcome.standardOutput.isEmpty)
      #expect(
        outcome.errorLines.count == 1 && outcome.errors.contains("digits.nnk") && outcome.errors.contains("topology"))
      sizes[level] = try folder.read("\(level).nnk").count
      try Program.succeed(["diff", "digits.nnk", "\(level).nnk"], in: folder)
      #expect(try convert("\(level).nnk", "again.nnk", "--force").exitCode == 0)
      #expect(try folder.read("again.nnk") == folder.read("digits.nnk"), "\(level)")
    }
    #expect(sizes["none", default: 0] > sizes["default", default: .max])
    #expect(sizes["best", default: .max] <= sizes["fast", default: 0])
  }

  @Test func thereAndBackThroughSafetensorsIsTheSameFile() throws {
    let outcome = try convert("digits.nnk", "digits.safetensors")
    #expect(outcome.errors.contains("lost: checksums") && outcome.errors.contains("__metadata__"))
    _ = try convert("digits.safetensors", "back.nnk")
    #expect(try folder.read("back.nnk") == folder.read("digits.nnk"))
    // It is one to every other command, too.
    try Program.succeed(["diff", "digits.nnk", "digits.safetensors"], in: folder)
    let predicted = try Program.run(["predict", "digits.nnk", Digits.testImages], in: folder).output
    #expect(try Program.run(["predict", "digits.safetensors", Digits.testImages], in: folder).output == predicted)
  }

  @Test func inspectShowsWhatKindOfFileItIs() throws {
    _ = try convert("digits.nnk", "digits.safetensors")
    let text = try Program.run(["inspect", "digits.safetensors"], in: folder).output
    #expect(text.contains("safetensors, no checksums") && text.contains("affine1.weight"))
    let document = try Program.json(["inspect", "digits.safetensors"], in: folder)
    let file = try document.object("file")
    #expect(try file.string("format") == "safetensors" && file["version"] == nil)
    #expect(try document.object("topology").integer("parameters") == 64 * 32 + 32 + 32 * 10 + 10)
    let tensor = try #require(try document.objects("tensors").first)
    #expect(try tensor.string("name") == "affine1.weight" && tensor.integer("stored_bytes") == 64 * 32 * 4)
  }

  @Test func contentDecidesNotTheName() throws {
    _ = try convert("digits.nnk", "digits.safetensors")
    try folder.write(try folder.read("digits.safetensors"), to: "wrong.nnk")
    try folder.write(try folder.read("digits.nnk"), to: "wrong.safetensors")
    try Program.succeed(["diff", "wrong.nnk", "wrong.safetensors"], in: folder)
    _ = try convert("wrong.nnk", "right.nnk")
    #expect(try folder.read("right.nnk") == folder.read("digits.nnk"))
  }

  @Test func aFileCanBeConvertedInPlace() throws {
    let before = try folder.read("digits.nnk")
    _ = try convert("digits.nnk", "digits.nnk", "--compression", "none", "--force")
    #expect(try folder.read("digits.nnk").count > before.count)
    _ = try convert("digits.nnk", "digits.nnk", "--force")
    #expect(try folder.read("digits.nnk") == before)
  }

  @Test func standardStreamsWorkAsFiles() throws {
    let line =
      "cat digits.nnk | \"$nnkit\" convert - a.safetensors && cat a.safetensors | \"$nnkit\" convert - - > b.nnk"
    #expect(try Program.shell(line, in: folder).exitCode == 0)
    #expect(try folder.read("b.nnk") == folder.read("digits.nnk"))
  }

  @Test func jsonSaysWhatWasDone() throws {
    let document = try JSON.object(try convert("digits.nnk", "d.safetensors", "--json").output)
    #expect(try document.integer("schema") == 1)
    #expect(try document.object("input").string("format") == "nnk")
    let output = try document.object("output")
    #expect(try output.string("format") == "safetensors" && output.string("path") == "d.safetensors")
    #expect(try output.integer("bytes") == folder.read("d.safetensors").count)
    #expect(try document.objects("lost").map { try $0.string("what") } == ["checksums"])
    #expect(try document.object("contents").integer("epochs") == 8)
  }

  @Test func whatCannotBeDoneLeavesEverythingAsItWas() throws {
    try folder.write(Array(folder.read("digits.nnk").dropLast(3)), to: "cut.nnk")
    try folder.write(SafetensorsFile.file("{\"a\":{}}"), to: "bad.safetensors")
    try expectRefusal(["convert", "digits.nnk", "digits.nnk"], exitCode: 73, evidence: ["--force"], in: folder)
    try expectRefusal(["convert", "nothing", "digits.nnk"], exitCode: 73, evidence: ["digits.nnk"], in: folder)
    try expectRefusal(["convert", "nothing", "new.nnk"], exitCode: 66, evidence: ["nothing"], in: folder)
    try expectRefusal(["convert", "digits.nnk", "nowhere/new.nnk"], exitCode: 73, evidence: ["nowhere"], in: folder)
    for input in ["cut.nnk", "bad.safetensors"] {
      for output in ["new.nnk", "new.safetensors"] {
        try expectRefusal(["convert", input, output], exitCode: 65, evidence: [input], in: folder)
      }
      try expectRefusal(["convert", input, "digits.nnk", "--force"], exitCode: 65, evidence: [input], in: folder)
    }
  }

  @Test func damageToValuesIsFoundWhileConverting() throws {
    var bytes = try folder.read("digits.nnk")
    let chunk = try #require(ModelParts.of(bytes).first { $0.name == "CHNK" })
    bytes[chunk.range.lowerBound + 40] ^= 1
    try folder.write(bytes, to: "damaged.nnk")
    for output in ["new.nnk", "new.safetensors"] {
      try expectRefusal(
        ["convert", "damaged.nnk", output], exitCode: 65, evidence: ["damaged.nnk", "affine1.weight"], in: folder)
    }
  }

  @Test(arguments: [
    (["digits.nnk"], "out"), (["digits.nnk", "x.npy"], ".safetensors"), (["digits.nnk", "x"], ".nnk"),
    (["digits.nnk", "x.safetensors", "--compression", "best"], "never compressed"),
    (["digits.nnk", "x.nnk", "--compression", "much"], "much"), (["digits.nnk", "-", "--json"], "--json"),
    (["digits.nnk", "x.nnk", "--activation", "tanh"], "--network"),
    (["digits.nnk", "x.nnk", "--layers", "a"], "--network"),
    (["digits.nnk", "x.nnk", "--network", "--input-scale", "1/0"], "1/0"),
  ])
  func usageErrorsAreExplained(arguments: [String], evidence: String) throws {
    try expectUsageError(["convert"] + arguments, evidence: evidence, in: folder)
  }

  @Test(arguments: ["convert", "verify"])
  func helpStartsWithAnExample(command: String) throws {
    let outcome = try Program.run([command, "--help"], in: folder)
    #expect(outcome.exitCode == 0 && outcome.standardError.isEmpty)
    #expect(outcome.output.hasPrefix("EXAMPLE: nnkit \(command) "))
    #expect(outcome.output.contains("--json") && outcome.output.contains("--color"))
    #expect(try Program.run(["--help"], in: folder).output.contains("nnkit \(command) "))
  }
}

import Foundation
import TestSupport
import Testing

/// `nnkit verify`: one line per file, 65 when one of them is bad.
struct VerifyTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "good.nnk")
    try folder.write(StateDict(inputs: 3, hidden: 2, outputs: 2, seed: 1).bytes, to: "good.safetensors")
  }

  @Test func soundFilesAreListedAsOK() throws {
    let outcome = try Program.run(["verify", "good.nnk", "good.safetensors"], in: folder)
    #expect(outcome.exitCode == 0 && outcome.standardError.isEmpty)
    #expect(outcome.outputLines.count == 2)
    #expect(outcome.outputLines[0].hasPrefix("good.nnk: ok, nnk ") && outcome.outputLines[0].contains("4 tensors, "))
    #expect(
      outcome.outputLines[1].hasPrefix("good.safetensors: ok, ") && outcome.outputLines[1].contains("no checksums"))
    #expect(!outcome.outputLines[0].contains("no checksums"))
  }

  @Test func aBadFileDoesNotStopTheOthers() throws {
    var bytes = try folder.read("good.nnk")
    for part in ModelParts.of(bytes) where part.name == "CHNK" { bytes[part.range.upperBound - 6] ^= 2 }
    try folder.write(bytes, to: "bad.nnk")
    try folder.write(SafetensorsFile.file("{\"a\":{}}"), to: "bad.safetensors")
    let files = ["bad.nnk", "missing.nnk", "bad.safetensors", "good.nnk"]
    let before = try folder.snapshot()
    let outcome = try Program.run(["verify"] + files, in: folder)
    #expect(outcome.exitCode == 65)
    #expect(outcome.outputLines.count == 4)
    for (line, evidence) in zip(
      outcome.outputLines, [["bad.nnk: checksum", "affine1.weight", "3 more"], ["missing.nnk"], ["offset"], ["ok"]])
    {
      for text in evidence { #expect(line.contains(text), "\(line)") }
    }
    #expect(try folder.snapshot() == before)
    #expect(try Program.run(["verify", "good.nnk", "missing.nnk"], in: folder).exitCode == 66)
    #expect(try Program.run(["verify", "missing.nnk", "bad.nnk"], in: folder).exitCode == 65)
  }

  @Test func jsonListsAllProblems() throws {
    var bytes = try folder.read("good.nnk")
    let chunks = ModelParts.of(bytes).filter { $0.name == "CHNK" }
    for part in chunks { bytes[part.range.upperBound - 6] ^= 2 }
    try folder.write(bytes, to: "bad.nnk")
    let outcome = try Program.run(["verify", "bad.nnk", "good.safetensors", "missing", "--json"], in: folder)
    #expect(outcome.exitCode == 65)
    let document = try JSON.object(outcome.output)
    #expect(try document.integer("schema") == 1 && document["ok"] as? Bool == false)
    let files = try document.objects("files")
    #expect(files.map { $0["ok"] as? Bool } == [false, true, false])
    let problems = try files[0].objects("problems")
    #expect(try problems.map { try $0.string("code") } == [String](repeating: "checksum-mismatch", count: 4))
    #expect(try problems.map { try $0.integer("offset") } == chunks.map(\.range.lowerBound))
    #expect(files[1]["checksums"] as? Bool == false && files[1]["sections"] == nil)
    #expect(try files[2].objects("problems").map { try $0.string("code") } == ["file"])
  }

  @Test func everyFlippedBitIsFound() throws {
    let intact = try folder.read("good.nnk")
    var generator = SplitMix64(seed: 6)
    for number in 0..<40 {
      var bytes = intact
      bytes[Int.random(in: bytes.indices, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      try folder.write(bytes, to: "\(number)")
    }
    let outcome = try Program.run(["verify"] + (0..<40).map(String.init), in: folder)
    #expect(outcome.exitCode == 65 && outcome.outputLines.count == 40)
    #expect(outcome.outputLines.allSatisfy { !$0.contains("ok") })
  }

  @Test func partsThatDoNotFitOneAnother() throws {
    let topology =
      "{\\\"input_shape\\\":[2],\\\"layers\\\":[{\\\"attributes\\\":{\\\"outputs\\\":2},\\\"kind\\\":\\\"affine\\\","
      + "\\\"name\\\":\\\"one\\\",\\\"output_shape\\\":[2],\\\"parameters\\\":[{\\\"role\\\":\\\"weight\\\","
      + "\\\"tensor\\\":\\\"w\\\"}]}],\\\"preprocessing\\\":{\\\"offset\\\":0.0,\\\"scale\\\":1.0}}"
    let bytes = SafetensorsFile.bytes(
      [.init(name: "w", shape: [3, 2], values: [1, 2, 3, 4, 5, 6])], metadata: "{\"nnkit.topology\":\"\(topology)\"}")
    try folder.write(bytes, to: "odd.safetensors")
    let outcome = try Program.run(["verify", "odd.safetensors", "--json"], in: folder)
    #expect(outcome.exitCode == 65)
    let problems = try #require(try JSON.object(outcome.output).objects("files").first).objects("problems")
    #expect(try problems.map { try $0.string("code") } == ["structure"])
    #expect(try problems[0].string("message").contains("layer one"))
  }

  @Test func standardInputIsAFileTooButOnlyOnce() throws {
    let outcome = try Program.run(["verify", "-"], input: folder.file("good.nnk"), in: folder)
    #expect(outcome.exitCode == 0 && outcome.output.hasPrefix("-: ok"))
    try expectUsageError(["verify"], evidence: "files", in: folder)
    try expectUsageError(["verify", "-", "-"], evidence: "only one", in: folder)
  }
}

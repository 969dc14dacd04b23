import Foundation
import TestSupport
import Testing

/// `nnkit edit`: everything but what was asked for stays as it is.
struct EditTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "m.nnk")
    try folder.write(Array((0..<10).map { "digit \($0)\n" }.joined().utf8), to: "names.txt")
  }

  private func refusal(_ arguments: [String], _ exitCode: Int32) throws -> String {
    let before = try folder.snapshot()
    let outcome = try Program.run(["edit", "m.nnk", "--output", "out.nnk"] + arguments, in: folder)
    #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(try folder.snapshot() == before)
    return outcome.errors
  }

  @Test func `metadata, class names and names of tensors change, and the chunks keep their bytes`() throws {
    let outcome = try Program.succeed(
      [
        "edit", "m.nnk", "--output", "out.nnk", "--set", "author=Ada", "--set", "training.learning_rate=1", "--set",
        "tags=[\"a\",2]", "--remove", "training.seed", "--class-names", "names.txt", "--rename", "affine1.bias=b=1",
      ], in: folder)
    #expect(outcome.output.isEmpty)
    for text in ["set author = Ada, a text", "a number, before ", "removed training.seed", "affine1.bias → b=1"] {
      #expect(outcome.errors.contains(text), "\(outcome.errors)")
    }
    let (old, new) = (try folder.read("m.nnk"), try folder.read("out.nnk"))
    func chunks(_ bytes: [UInt8]) -> [[UInt8]] {
      ModelParts.of(bytes).filter { $0.name == "CHNK" }.map { Array(bytes[$0.range]) }
    }
    #expect(chunks(old) == chunks(new) && chunks(new).count == 4)
    let document = try Program.json(["inspect", "out.nnk"], in: folder)
    let metadata = try document.object("metadata")
    #expect(metadata["author"] as? String == "Ada" && metadata["training.seed"] == nil)
    #expect(metadata["training.learning_rate"] as? Double == 1 && (metadata["tags"] as? [Any])?.count == 2)
    #expect((try document.object("topology"))["class_names"] as? [String] == (0..<10).map { "digit \($0)" })
    #expect(try document.objects("tensors").map { try $0.string("name") }.contains("b=1"))
    try Program.succeed(["verify", "out.nnk"], in: folder)
    try Program.succeed(["predict", "out.nnk", Digits.testImages, "--output", "p.csv"], in: folder)
  }

  @Test func `a renamed network predicts what it did`() throws {
    try Program.succeed(
      ["edit", "m.nnk", "--output", "out.nnk", "--rename", "affine1.bias=x", "--rename", "affine2.bias=affine1.bias"],
      in: folder)
    let outputs = try ["m.nnk", "out.nnk"].map {
      try Program.succeed(["predict", $0, Digits.testImages], in: folder).output
    }
    #expect(outputs[0] == outputs[1])
  }

  @Test func `what was changed is told as JSON`() throws {
    let document = try Program.json(
      ["edit", "m.nnk", "--output", "out.safetensors", "--set", "k=[1]", "--rename", "affine1.bias=b"], in: folder)
    #expect(try document.integer("schema") == 1)
    let changes = try document.objects("changes")
    #expect(try changes.map { try $0.string("change") } == ["set", "renamed"])
    #expect(changes[0]["value"] as? [Int] == [1] && changes[1]["new_name"] as? String == "b")
    #expect(try document.objects("lost").map { try $0.string("what") } == ["checksums"])
    #expect(try document.object("output").string("format") == "safetensors")
  }

  @Test func `tensors of no layer are dropped, and those of a layer are not`() throws {
    let file = StateDict(inputs: 3, hidden: 2, outputs: 2, seed: 1)
    try folder.write(file.bytes, to: "s.safetensors")
    let names = try Program.json(["inspect", "s.safetensors"], in: folder).objects("tensors").map {
      try $0.string("name")
    }
    let first = try #require(names.first)
    let dropped = try Program.json(
      ["edit", "s.safetensors", "--output", "out.safetensors", "--drop", first], in: folder)
    #expect(try dropped.object("contents").integer("tensors") == names.count - 1)
    #expect(try refusal(["--drop", "affine1.*"], 64).contains("cannot be dropped: expected one that no layer uses"))
    #expect(
      try refusal(["--drop", "nothing*"], 64).contains("no tensor of m.nnk matches --drop nothing*; it has affine1"))
  }

  @Test func `a file is changed in place with --force only`() throws {
    let bytes = try folder.read("m.nnk")
    let outcome = try Program.run(["edit", "m.nnk", "--output", "m.nnk", "--set", "a=1"], in: folder)
    #expect(outcome.exitCode == 73 && outcome.errors.contains("--force"))
    #expect(try folder.read("m.nnk") == bytes)
    try Program.succeed(["edit", "m.nnk", "--output", "m.nnk", "--set", "a=1", "--force"], in: folder)
    #expect(try Program.json(["inspect", "m.nnk"], in: folder).object("metadata")["a"] as? Int == 1)
    let piped = try Program.shell("nnkit edit - --output - --remove a < m.nnk > back.nnk", in: folder)
    #expect(piped.exitCode == 0, "\(piped.errors)")
    #expect(try Program.run(["diff", "back.nnk", "m.nnk"], in: folder).exitCode == 1)
    try folder.write(bytes, to: "m.nnk")
    try Program.succeed(["diff", "back.nnk", "m.nnk"], in: folder)
  }

  @Test func `damage ends the edit and leaves the output as it was`() throws {
    var bytes = try folder.read("m.nnk")
    let chunk = try #require(ModelParts.of(bytes).last { $0.name == "CHNK" })
    bytes[chunk.range.upperBound - 6] ^= 2
    try folder.write(bytes, to: "bad.nnk")
    try folder.write([7], to: "old.nnk")
    let outcome = try Program.run(["edit", "bad.nnk", "--output", "old.nnk", "--set", "a=1", "--force"], in: folder)
    #expect(outcome.exitCode == 65 && outcome.errors.contains("checksum mismatch"))
    #expect(try folder.read("old.nnk") == [7])
  }

  @Test func `what cannot be done is refused with the reason`() throws {
    #expect(try refusal([], 64).contains("there is nothing to change"))
    #expect(try refusal(["--set", "author"], 64).contains("expected a key, = and a value"))
    #expect(try refusal(["--set", "a=1", "--remove", "a"], 64).contains("--set and --remove both name a"))
    #expect(try refusal(["--remove", "nothing"], 64).contains("expected a key of the metadata, one of "))
    #expect(try refusal(["--rename", "nothing=a"], 64).contains("no tensor of m.nnk has the name that"))
    #expect(try refusal(["--rename", "affine1.bias=affine2.bias"], 64).contains("which another tensor has"))
    #expect(try refusal(["--rename", "affine1.bias="], 64).contains("expected a name of 1 to 65535 bytes"))
    #expect(try refusal(["--class-names", "nowhere"], 66).contains("cannot open nowhere"))
    try folder.write(Array("a\nb\n".utf8), to: "two.txt")
    #expect(
      try refusal(["--class-names", "two.txt"], 64).contains("one class name for each output, of shape [10], found 2"))
    try folder.write(Array("a\n\nb\n".utf8), to: "gap.txt")
    #expect(
      try refusal(["--class-names", "gap.txt"], 65).contains("gap.txt: line 2: expected a name in UTF-8, found none"))
    try expectUsageError(
      ["edit", "m.nnk", "--output", "out.txt", "--set", "a=1"], evidence: "the output must end in", in: folder)
    try expectUsageError(
      ["edit", "m.nnk", "--output", "-", "--set", "a=1", "--json"], evidence: "give the output a name", in: folder)
  }
}

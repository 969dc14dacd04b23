import Foundation
import TestSupport
import Testing

/// `nnkit digest`: a line a file, the same for the same content.
struct DigestTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "m.nnk")
    try folder.write(try TrainedModel.other.get(), to: "other.nnk")
  }

  private func digest(_ arguments: String...) throws -> String {
    let outcome = try Program.succeed(["digest"] + arguments, in: folder)
    let line = try #require(outcome.outputLines.first)
    #expect(outcome.outputLines.count == 1 && outcome.standardError.isEmpty)
    #expect(line.dropFirst(64).hasPrefix("  \(arguments[0])"))
    return String(line.prefix(64))
  }

  @Test func `the digest is the same at every compression and in every format`() throws {
    let expected = try digest("m.nnk")
    let whole = try digest("m.nnk", "--metadata")
    for level in ["fast", "best", "none"] {
      try Program.succeed(["convert", "m.nnk", "\(level).nnk", "--compression", level], in: folder)
      #expect(try digest("\(level).nnk") == expected)
      #expect(try digest("\(level).nnk", "--metadata") == whole)
    }
    try Program.succeed(["convert", "m.nnk", "m.safetensors"], in: folder)
    #expect(try digest("m.safetensors") == expected)
    #expect(try digest("m.safetensors", "--metadata") == whole)
    try Program.succeed(["convert", "m.safetensors", "back.nnk"], in: folder)
    #expect(try digest("back.nnk", "--topology") == (try digest("m.nnk", "--topology")))
    #expect(try digest("other.nnk") != expected)
    let piped = try Program.run(["digest", "-"], input: folder.file("m.nnk"), in: folder)
    #expect(piped.output == expected + "  -\n")
  }

  @Test func `metadata and class names are in their scopes alone`() throws {
    try Program.succeed(["edit", "m.nnk", "--output", "set.nnk", "--set", "author=Ada"], in: folder)
    #expect(try digest("set.nnk") == (try digest("m.nnk")))
    #expect(try digest("set.nnk", "--topology") == (try digest("m.nnk", "--topology")))
    #expect(try digest("set.nnk", "--metadata") != (try digest("m.nnk", "--metadata")))
    #expect(try digest("m.nnk", "--topology") != (try digest("m.nnk")))
  }

  @Test func `each tensor has a line, and the lines are checked`() throws {
    let outcome = try Program.succeed(["digest", "m.nnk", "other.nnk", "--tensors"], in: folder)
    #expect(outcome.outputLines.count == 10)
    #expect(
      outcome.outputLines.prefix(5).map { String($0.dropFirst(66)) }
        == ["m.nnk"] + ["affine1.bias", "affine1.weight", "affine2.bias", "affine2.weight"].map { "m.nnk\t" + $0 })
    let others =
      try Program.succeed(["digest", "m.nnk", "--metadata"], in: folder).output
      + Program.succeed(["digest", "m.nnk", "--topology"], in: folder).output
    try folder.write(Array((outcome.output + others).utf8), to: "list")
    let check = try Program.succeed(["digest", "--check", "list"], in: folder)
    #expect(check.standardError.isEmpty)
    #expect(check.outputLines.count == 12)
    #expect(check.outputLines[0] == "m.nnk: ok")
    #expect(check.outputLines[1] == "m.nnk: tensor \"affine1.bias\": ok")
    #expect(check.outputLines[5] == "m.nnk: ok, with topology and metadata")
    #expect(check.outputLines[6] == "m.nnk: ok, with topology")
  }

  @Test func `another content, a missing file and a missing tensor are told, and all lines are checked`() throws {
    var lines = try Program.succeed(["digest", "m.nnk", "--tensors"], in: folder).outputLines
    let old = String(lines[0].prefix(64))
    lines.append(String(lines[1].prefix(64)) + "  m.nnk\tno such")
    lines.append(String(lines[1].prefix(64)) + "  gone.nnk")
    try folder.write(Array(lines.map { $0 + "\r\n" }.joined().utf8), to: "list")
    let new = try digest("other.nnk")
    try folder.write(try TrainedModel.other.get(), to: "m.nnk")
    let outcome = try Program.run(["digest", "--check", "list"], in: folder)
    #expect(outcome.exitCode == 65)
    #expect(outcome.outputLines.count == 7)
    #expect(outcome.outputLines[0] == "m.nnk: expected the digest \(old), found \(new)")
    #expect(outcome.outputLines[5] == "m.nnk: tensor \"no such\": there is no such tensor")
    #expect(outcome.outputLines[6] == "gone.nnk: cannot open gone.nnk: no such file or folder")
    let document = try JSON.object(try Program.run(["digest", "--check", "list", "--json"], in: folder).output)
    #expect(try document.boolean("ok") == false)
    #expect(try document.objects("checks").map { try $0.boolean("ok") } == [Bool](repeating: false, count: 7))
    #expect(try Program.run(["digest", "--check", "m.nnk"], in: folder).exitCode == 65)
    #expect(try Program.run(["digest", "--check", "none"], in: folder).exitCode == 66)
    try folder.write([], to: "empty")
    #expect(try Program.run(["digest", "--check", "empty"], in: folder).exitCode == 65)
  }

  @Test func `a bad file does not stop the others`() throws {
    var bytes = try folder.read("m.nnk")
    for part in ModelParts.of(bytes) where part.name == "CHNK" { bytes[part.range.upperBound - 6] ^= 2 }
    try folder.write(bytes, to: "bad.nnk")
    let outcome = try Program.run(["digest", "gone.nnk", "bad.nnk", "m.nnk"], in: folder)
    #expect(outcome.exitCode == 65)
    #expect(outcome.outputLines.count == 1 && outcome.outputLines[0].hasSuffix("  m.nnk"))
    #expect(outcome.errors.contains("bad.nnk: checksum mismatch") && outcome.errors.contains("cannot open gone.nnk"))
    #expect(try Program.run(["digest", "gone.nnk", "m.nnk"], in: folder).exitCode == 66)
    let document = try JSON.object(try Program.run(["digest", "bad.nnk", "m.nnk", "--json"], in: folder).output)
    let files = try document.objects("files")
    #expect(try document.string("algorithm") == "sha256" && document.string("scope") == "tensors")
    #expect(try files.map { try $0.boolean("ok") } == [false, true])
    #expect(try files[1].string("digest") == files[1].object("digests").string("tensors"))
    #expect(files[1]["tensors"] == nil && files[0]["digest"] == nil)
  }

  @Test func `options of one use are no others`() throws {
    try expectUsageError(["digest"], evidence: "file", in: folder)
    try expectUsageError(["digest", "-", "-"], evidence: "only one", in: folder)
    try expectUsageError(["digest", "--check", "--metadata", "list"], evidence: "--check", in: folder)
  }

  @Test func `the sample signs models, and finds out what was changed`() throws {
    let lines = """
      set -e
      openssl ecparam -name prime256v1 -genkey -noout -out private.pem
      openssl ec -in private.pem -pubout -out public.pem 2> log
      "$samples/sign.sh" private.pem list m.nnk other.nnk
      "$samples/check.sh" public.pem list
      nnkit convert m.nnk m.nnk --compression best --force 2> log
      "$samples/check.sh" public.pem list
      """
    let environment = ["samples": Repository.path("samples/sign")]
    let outcome = try Program.shell(lines, environment: environment, in: folder)
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(
      outcome.outputLines
        == ["signed list: 2 model(s)"]
        + ["m.nnk", "other.nnk", "m.nnk", "other.nnk"].map { $0 + ": ok, with topology and metadata" })
    try Program.succeed(["edit", "m.nnk", "--output", "m.nnk", "--force", "--set", "a=b"], in: folder)
    #expect(
      try Program.shell("\"$samples/check.sh\" public.pem list", environment: environment, in: folder).exitCode == 65)
    // A list that is right again, and was not signed.
    let forged = try Program.shell(
      "nnkit digest --metadata m.nnk other.nnk > list; \"$samples/check.sh\" public.pem list", environment: environment,
      in: folder)
    #expect(forged.exitCode == 65 && forged.output.isEmpty && forged.errors.contains("do not trust it"))
  }

  @Test func `a version is told without the library for hashing`() throws {
    #expect(
      try Program.run(["--version"], environment: ["LD_DEBUG": "libs"], in: folder).errors.contains("libcrypto")
        == false)
    #if os(Linux)
      #expect(
        try Program.run(["digest", "m.nnk"], environment: ["LD_DEBUG": "libs"], in: folder).errors.contains("libcrypto")
      )
    #endif
  }
}

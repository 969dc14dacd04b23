import Foundation
import TestSupport
import Testing

/// The options of `nnkit inspect`.
struct InspectOptionTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "digits.nnk")
  }

  private func output(_ options: [String], environment: [String: String] = [:]) throws -> String {
    let outcome = try Program.run(["inspect", "digits.nnk"] + options, environment: environment, in: folder)
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return outcome.output
  }

  @Test(arguments: [60, 80, 120]) func `No line is wider than COLUMNS`(columns: Int) throws {
    for options in [[], ["--tree"], ["--no-statistics"], ["--tensor", "*"]] {
      let text = try output(options, environment: ["COLUMNS": "\(columns)"])
      // One column for each character of this model's text.
      let widest = text.split(separator: "\n").map(\.count).max() ?? 0
      #expect(widest <= columns, "\(options) \(widest)\n\(text)")
    }
  }

  @Test func `A pattern shows its tensors with values and nothing else`() throws {
    let text = try output(["--tensor", "*.bias"])
    #expect(text.hasPrefix("affine1.bias  f32 8, 32 bytes"))
    #expect(text.contains("\naffine2.bias  f32 10, 40 bytes"))
    #expect(!text.contains("Topology") && !text.contains("weight"))
    let all = try output(["--tensor", "affine1.weight", "--full", "--format", "csv"])
    let rows = all.split(separator: "\n")
    #expect(rows.count == 64 && rows.allSatisfy { $0.split(separator: ",").count == 8 })
    let values = try #require(
      JSON.object(output(["--tensor", "affine1.weight", "--full", "--json"])).objects("tensors").first?["values"]
        as? [Double])
    #expect(
      values.map { Float($0) } == all.split(whereSeparator: { $0 == "," || $0.isNewline }).compactMap { Float($0) })
  }

  @Test func `Many values are elided unless all are asked for`() throws {
    try Program.succeed(
      ["train", Digits.folder, "--hidden", "40", "--epochs", "1", "--output", "wide.nnk"], in: folder)
    let elided = try Program.succeed(["inspect", "wide.nnk", "--tensor", "affine1.weight"], in: folder).output
    #expect(elided.contains(" … ") && elided.contains("\n …\n"))
    let full = try Program.succeed(["inspect", "wide.nnk", "--tensor", "affine1.weight", "--full"], in: folder).output
    #expect(!full.contains("…") && full.count > 10 * elided.count)
  }

  @Test func `A tensor as a file of NumPy has its header, and its values as they are in memory`() throws {
    let outcome = try Program.run(
      ["inspect", "digits.nnk", "--tensor", "affine2.bias", "--format", "npy"], in: folder)
    #expect(outcome.exitCode == 0)
    let bytes = outcome.standardOutput
    #expect(bytes.count == 128 + 40 && bytes.starts(with: [0x93] + Array("NUMPY\u{1}\0v\0".utf8)))
    let header = String(decoding: bytes[10..<128], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (10,), } ") && header.hasSuffix(" \n"))
    let values = try #require(
      JSON.object(output(["--tensor", "affine2.bias", "--full", "--json"])).objects("tensors").first?["values"]
        as? [Double])
    let stored = bytes[128...].withUnsafeBytes { content in
      (0..<10).map { content.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
    #expect(stored == values.map { Float($0) })
    for options in [["--format", "npy"], ["--tensor", "*", "--format", "npy"]] {
      #expect(try Program.run(["inspect", "digits.nnk"] + options, in: folder).exitCode == 64, "\(options)")
    }
  }

  @Test func `A filter narrows the list, and one that nothing matches says what there is`() throws {
    let tensors = try JSON.object(output(["--filter", "*weight", "--json"])).objects("tensors")
    #expect(try tensors.map { try $0.string("name") } == ["affine1.weight", "affine2.weight"])
    try expectRefusal(
      ["inspect", "digits.nnk", "--filter", "x*"], exitCode: 64, evidence: ["x*", "affine1.weight"], in: folder)
  }

  @Test func `Tensors are sorted by size, norm, deviation or name`() throws {
    func names(_ order: String) throws -> [String] {
      try JSON.object(output(["--sort", order, "--json"])).objects("tensors").map { try $0.string("name") }
    }
    #expect(try names("size") == ["affine1.weight", "affine2.weight", "affine2.bias", "affine1.bias"])
    #expect(try names("name") == ["affine1.bias", "affine1.weight", "affine2.bias", "affine2.weight"])
    let norms = try JSON.object(output(["--sort", "norm", "--json"])).objects("tensors").map {
      try $0.object("statistics").number("l2_norm")
    }
    #expect(norms == norms.sorted(by: >))
  }

  @Test func `A tree sums up by the parts of names`() throws {
    let tree = try JSON.object(output(["--tree", "--depth", "1", "--json"])).object("tree")
    #expect(try tree.integer("elements") == 610)
    #expect(try tree.objects("parts").map { try $0.integer("elements") } == [520, 90])
    #expect(try output(["--tree"]).contains("  affine1"))
  }

  @Test func `CSV has a line for each tensor, Markdown a table`() throws {
    let lines = try output(["--format", "csv"]).split(separator: "\n")
    #expect(lines.count == 5 && lines[0].hasPrefix("name,dtype,shape,count,stored_bytes,minimum,"))
    #expect(
      lines.allSatisfy {
        $0.split(separator: ",", omittingEmptySubsequences: false).count == lines[0].split(separator: ",").count
      })
    let markdown = try output(["--format", "markdown"])
    #expect(markdown.contains("| affine1.weight | f32 | 64×8 |") && markdown.contains("\n| --- | --- |"))
  }

  @Test func `Options that contradict one another are usage errors`() throws {
    for options in [
      ["--full"], ["--depth", "2"], ["--tree", "--depth", "0"], ["--tensor", "a", "--filter", "b"],
      ["--sort", "norm", "--no-statistics"], ["--json", "--format", "csv"], ["--textconv", "--json"], ["--sort", "x"],
    ] {
      #expect(try Program.run(["inspect", "digits.nnk"] + options, in: folder).exitCode == 64, "\(options)")
    }
  }

  @Test func `Stable lines are the same for the same content however it is stored, and name damage without failing`()
    throws
  {
    let stable = try output(["--textconv"])
    try Program.succeed(["convert", "digits.nnk", "stored.nnk", "--compression", "none"], in: folder)
    #expect(try Program.succeed(["inspect", "stored.nnk", "--textconv"], in: folder).output == stable)
    #expect(stable.contains("tensor affine1.weight f32 64×8 minimum "))
    #expect(!stable.contains("seconds"))
    var bytes = try folder.read("stored.nnk")
    bytes[bytes.count / 3] ^= 1
    try folder.write(bytes, to: "damaged.nnk")
    let damaged = try Program.run(["inspect", "damaged.nnk", "--textconv"], in: folder)
    #expect(damaged.exitCode == 0 && damaged.output.contains("damaged: ") && !damaged.output.contains("damaged.nnk"))
    try expectRefusal(["inspect", "nothing.nnk", "--textconv"], exitCode: 66, evidence: ["nothing.nnk"], in: folder)
  }
}

import Foundation
import TestSupport
import Testing

/// `-` as it meets it: in the midst of a file, a pipe without an end, more than there is memory for.
struct StandardInputTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let model = try TrainedModel.small.get()
    try folder.write(model, to: "model.nnk")
    try folder.write(Array("a line before\n".utf8) + model, to: "later.nnk")
    let images = IDXBytes.blankImages(3)
    try folder.write(images, to: "images")
    try folder.write(Array("a line before\n".utf8) + images, to: "later.images")
  }

  /// Expects one line on standard error, and the exit code.
  private func expectRefusal(_ line: String, exitCode: Int32, evidence: [String]) throws {
    let outcome = try Program.shell(line, in: folder)
    #expect(outcome.exitCode == exitCode, "\(line): \(outcome.errors)")
    #expect(outcome.errorLines.count == 1 && outcome.standardOutput.isEmpty, "\(line): \(outcome.errors)")
    for text in evidence { #expect(outcome.errors.contains(text), "\(line): \(outcome.errors)") }
  }

  @Test func aFileIsReadFromWhereItStands() throws {
    let skip = "dd bs=14 count=1 of=/dev/null 2>/dev/null"
    let whole = try Program.run(["inspect", "model.nnk", "--json"], in: folder)
    for line in ["\"$nnkit\" inspect - --json < model.nnk", "(\(skip); \"$nnkit\" inspect - --json) < later.nnk"] {
      let outcome = try Program.shell(line, in: folder)
      #expect(outcome.exitCode == 0, "\(line): \(outcome.errors)")
      #expect(outcome.output.replacing("\"-\"", with: "\"model.nnk\"") == whole.output, "\(line)")
    }
    let predicted = try Program.run(["predict", "model.nnk", "images"], in: folder)
    let outcome = try Program.shell("(\(skip); \"$nnkit\" predict model.nnk -) < later.images", in: folder)
    #expect(outcome.exitCode == 0 && outcome.output == predicted.output, "\(outcome.errors)")
    #expect(try Program.shell("(\(skip); \"$nnkit\" verify -) < later.nnk", in: folder).exitCode == 0)
    // What does not begin with a model from there on is none.
    try expectRefusal("(\(skip); \"$nnkit\" inspect -) < model.nnk", exitCode: 65, evidence: ["not a model"])
  }

  @Test func endlessInputIsRefusedByItsFirstBytes() throws {
    // With little memory to have: reading on would fail in another way.
    let limit = "ulimit -v 4000000"
    for command in ["inspect -", "diff - model.nnk", "predict - images", "convert - new.nnk"] {
      let exitCode: Int32 = command.hasPrefix("diff") ? 2 : 65
      try expectRefusal(
        "\(limit); \"$nnkit\" \(command) < /dev/zero", exitCode: exitCode, evidence: ["not a model"])
      try expectRefusal(
        "\(limit); yes | \"$nnkit\" \(command)", exitCode: exitCode, evidence: ["not a model"])
    }
    try expectRefusal("\"$nnkit\" predict model.nnk - < /dev/zero", exitCode: 65, evidence: ["unknown element type"])
    try expectRefusal(
      "cat images /dev/zero | \"$nnkit\" predict model.nnk -", exitCode: 65, evidence: ["208 bytes", "left over"])
    #expect(!folder.exists("new.nnk"))
  }

  @Test func aModelWithoutAnEndIsReadUpToTheLimit() throws {
    try expectRefusal(
      "cat model.nnk /dev/zero | \"$nnkit\" inspect -", exitCode: 65, evidence: ["1073741824", "from a pipe"])
  }

  @Test(.enabled(if: FileSystemFacts.limitsMemory, "needs a system that limits memory"))
  func moreThanThereIsMemoryFor() throws {
    try expectRefusal(
      "ulimit -v 1000000; cat model.nnk /dev/zero | \"$nnkit\" inspect -", exitCode: 74,
      evidence: ["standard input", "memory"])
    // 1,000 images of 65,536 × 65,536, as the header says, of which each byte comes.
    try folder.write(IDXBytes.file(dimensions: [1000], [UInt8](repeating: 1, count: 1000)), to: "labels")
    try folder.write(IDXBytes.file(dimensions: [1000, 65_536, 65_536], []), to: "header")
    try expectRefusal(
      """
      ulimit -v 1000000; cat header /dev/zero | "$nnkit" train --images - --labels labels --output new.nnk
      """, exitCode: 70, evidence: ["out of memory", "memory for 4294967296000 bytes"])
    #expect(!folder.exists("new.nnk"))
  }
}

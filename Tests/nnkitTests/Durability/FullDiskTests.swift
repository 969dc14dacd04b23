import Foundation
import TestSupport
import Testing

/// Files that may only grow to a certain size: every command keeps the old output, and leaves nothing else behind.
struct FullDiskTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.good.get(), to: "model.nnk")
    try folder.write(Array("old".utf8), to: "old.nnk")
    try folder.write(Array("old".utf8), to: "old.safetensors")
  }

  @Test(arguments: [0, 1, 2, 5], ["old.nnk --compression none", "old.nnk --compression best", "old.safetensors"])
  func theOldOutputIsKept(blocks: Int, output: String) throws {
    let before = try folder.snapshot()
    for path in [output, output.replacing("old", with: "new")] {
      let outcome = try Program.shell(
        "ulimit -f \(blocks); exec \"$nnkit\" convert model.nnk --force \(path)", in: folder)
      #expect(outcome.exitCode == 74, "\(outcome.errors)")
      #expect(outcome.errorLines.count == 1)
      let name = path.prefix { $0 != " " }
      #expect(outcome.errors.hasPrefix("nnkit: cannot write \(name): "), "\(outcome.errors)")
      #expect(try folder.snapshot() == before)
    }
  }

  @Test(.enabled(if: FileSystemFacts.hasFullDevice))
  func standardOutputOnAFullDevice() throws {
    let outcome = try Program.shell("\"$nnkit\" convert model.nnk - > /dev/full", in: folder)
    #expect(outcome.exitCode == 74)
    #expect(outcome.errors.contains("no space left"))
  }
}

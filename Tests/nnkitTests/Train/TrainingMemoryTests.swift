import TestSupport
import Testing

/// A network that memory would not suffice for is refused before training begins, whatever the limit.
struct TrainingMemoryTests {
  private func train(_ options: String, kilobytes: Int, in folder: TemporaryFolder) throws -> Outcome {
    try Program.shell(
      "ulimit -v \(kilobytes) && exec \"$nnkit\" train \"$digits\" --threads 2 --seed 1 --output q.nnk --force \(options)",
      in: folder)
  }

  #if os(Linux)
    // 4.1 million parameters are 16 MB, of which training needs six to nine times as much.
    private static let network = "--network 'dense(2000) dense(2000) dense(10)' --optimizer adam --iterations 1"

    @Test(arguments: [300_000, 600_000, 750_000, 820_000, 850_000, 900_000])
    func underAnyLimitTheRunSucceedsOrIsRefusedByName(kilobytes: Int) throws {
      let folder = try TemporaryFolder()
      let outcome = try train(Self.network, kilobytes: kilobytes, in: folder)
      #expect(outcome.signal == nil)
      if outcome.exitCode == 64 {
        #expect(outcome.errors.hasPrefix("nnkit: training needs about 1"), "\(outcome.errors)")
        #expect(
          outcome.errors.contains(
            "are available besides the buffers of 2 threads: try fewer --threads, a smaller --batch-size, or smaller layers"
          ))
        #expect(outcome.errorLines.count == 1)
        #expect(try folder.snapshot().isEmpty)
      } else {
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
    }

    @Test func thereAreLimitsOfBothKinds() throws {
      let folder = try TemporaryFolder()
      #expect(try train(Self.network, kilobytes: 600_000, in: folder).exitCode == 64)
      #expect(try train(Self.network, kilobytes: 1_400_000, in: folder).exitCode == 0)
    }
  #endif

  @Test func moreThanTheMachineHas() throws {
    try expectRefusal(
      [
        "train", Digits.folder, "--network", "dense(40000) dense(40000) dense(10)", "--threads", "256", "--output", "m",
      ],
      exitCode: 64, evidence: ["training needs about", "GB", "--threads"], in: try TemporaryFolder())
  }
}

import TestSupport
import Testing

/// What `nnkit landscape` makes of missing values: what training made of them.
struct LandscapeMissingValueTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func samplesThatAreLeftOutAreCounted() throws {
    let inputs: [Float] = [0, 1, 2, .nan, 4, 5, 6, 7]
    try folder.write(IDXBytes.floats(dimensions: [8], inputs), to: "inputs")
    try folder.write(IDXBytes.file(dimensions: [8], [0, 0, 0, 0, 1, 1, 1, 1]), to: "labels")
    let data = ["--inputs", "inputs", "--labels", "labels"]
    for missing in ["drop", "zero"] {
      try Program.succeed(
        ["train"] + data + ["--missing", missing, "--epochs", "2", "--output", "\(missing).nnk"], in: folder)
    }
    let outcome = try Program.run(["landscape", "drop.nnk", "--grid", "5"] + data, in: folder)
    #expect(
      outcome.output.hasPrefix("drop.nnk  cross-entropy on 7 samples, 1 with missing values left out, 5×5 points"),
      "\(outcome.output)")
    let few = try Program.run(["landscape", "drop.nnk", "--grid", "5", "--samples", "3"] + data, in: folder)
    #expect(few.output.contains("on 3 of 7 samples, 1 with missing values left out"))
    #expect(try folder.landscape(["drop.nnk", "--grid", "5"] + data).object("model").integer("dropped_samples") == 1)
    #expect(try folder.landscape(["zero.nnk", "--grid", "5"] + data).object("model").integer("dropped_samples") == 0)

    // A model that was trained without any does not know what to make of them.
    try folder.write(IDXBytes.floats(dimensions: [8], (0..<8).map { Float($0) }), to: "whole")
    try Program.succeed(
      ["train", "--inputs", "whole", "--labels", "labels", "--epochs", "2", "--output", "whole.nnk"], in: folder)
    try expectRefusal(
      ["landscape", "whole.nnk", "--grid", "5"] + data, exitCode: 65,
      evidence: ["inputs", "sample 3", "whole.nnk", "--missing zero or drop"], in: folder)
  }
}

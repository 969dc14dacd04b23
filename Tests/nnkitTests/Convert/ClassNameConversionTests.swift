import TestSupport
import Testing

/// `nnkit convert --class-names`.
struct ClassNameConversionTests {
  @Test func namesComeFromAListOrAFileAndMustFit() throws {
    let folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "digits.nnk")
    let names = (0..<10).map { "n\($0)" }
    try folder.write(Array(names.map { $0 + "\n" }.joined().utf8), to: "names.txt")
    for (output, option) in [("a.nnk", names.joined(separator: ",")), ("b.safetensors", "names.txt")] {
      try Program.succeed(["convert", "digits.nnk", output, "--class-names", option], in: folder)
      let topology = try Program.json(["inspect", output], in: folder).object("topology")
      #expect(topology["class_names"] as? [String] == names)
    }
    let outcome = try Program.run(["convert", "digits.nnk", "c.nnk", "--class-names", "a,b"], in: folder)
    #expect(outcome.exitCode == 64 && outcome.errors.contains("found 2"), "\(outcome.errors)")
  }
}

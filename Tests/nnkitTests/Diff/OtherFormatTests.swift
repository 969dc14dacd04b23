import TestSupport
import Testing

/// `nnkit diff` of files of different formats: what one of them lacks is no difference.
struct OtherFormatTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for (name, values) in [("bare", [1, 2, 3, 4]), ("others", [1, 2, 3, 5])] as [(String, [Float])] {
      let bytes = SafetensorsFile.bytes([.init(name: "weight", shape: [2, 2], values: values)])
      try folder.write(bytes, to: name + ".safetensors")
    }
    try Program.succeed(["convert", "bare.safetensors", "bare.nnk"], in: folder)
    try Program.succeed(["edit", "bare.nnk", "--output", "named.nnk", "--set", "author=Ada"], in: folder)
  }

  private func codes(_ left: String, _ right: String, exitCode: Int32) throws -> [String] {
    let outcome = try Program.run(["diff", left, right, "--json"], in: folder)
    #expect(outcome.exitCode == exitCode, "\(outcome.errors)")
    return try JSON.object(outcome.output).objects("summary").map { try $0.string("code") }
  }

  @Test func `the same weights are the same content, whichever file has more to say`() throws {
    #expect(try codes("bare.nnk", "bare.safetensors", exitCode: 0) == ["same"])
    #expect(try codes("named.nnk", "bare.safetensors", exitCode: 0) == ["same-content"])
    #expect(try codes("bare.safetensors", "named.nnk", exitCode: 0) == ["same-content"])
    let text = try Program.succeed(["diff", "bare.safetensors", "named.nnk"], in: folder).output
    #expect(
      text.contains("the same content, weights value for value; the left file, safetensors, has no metadata"), "\(text)"
    )
    let document = try Program.json(["diff", "named.nnk", "bare.safetensors"], in: folder)
    let missing = try #require(try document.objects("missing").first)
    #expect(try missing.string("part") == "metadata" && missing.string("side") == "right")
    #expect(try document.boolean("same") && document.objects("metadata").isEmpty)
  }

  @Test func `a part that both may hold, or that both hold, is compared`() throws {
    #expect(try codes("named.nnk", "bare.nnk", exitCode: 1) == ["same-content"])
    try Program.succeed(
      ["edit", "bare.safetensors", "--output", "named.safetensors", "--set", "author=Bob"], in: folder)
    #expect(try codes("named.nnk", "named.safetensors", exitCode: 1) == ["same-content"])
  }

  @Test func `other weights stay a difference`() throws {
    let codes = try codes("named.nnk", "others.safetensors", exitCode: 1)
    #expect(!codes.isEmpty && !codes.contains("same-content"))
  }
}

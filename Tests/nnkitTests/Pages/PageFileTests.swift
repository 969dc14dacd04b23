import TestSupport
import Testing

/// `--html` of `inspect` and `diff`: where the page goes, and what is in it.
struct PageFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "a.nnk")
    try folder.write(try TrainedModel.other.get(), to: "b.nnk")
  }

  @Test func `Text comes as without a page, and the page stands by itself`() throws {
    for arguments in [["inspect", "a.nnk"], ["inspect", "a.nnk", "b.nnk"], ["diff", "a.nnk", "b.nnk"]] {
      let plain = try Program.run(arguments, in: folder)
      let outcome = try Program.run(arguments + ["--html", "page.html", "--force"], in: folder)
      #expect(outcome.exitCode == plain.exitCode && outcome.output == plain.output)
      #expect(outcome.errors == "saved page.html\n")
      let page = try folder.text("page.html")
      #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
      #expect(page.contains("prefers-color-scheme: dark") && page.contains("a.nnk"))
      // Nothing is fetched, and nothing runs.
      for word in ["http", "<script", "<link", "@import", "url("] { #expect(!page.contains(word), "\(word)") }
      #expect(!page.contains("src=\"") || page.contains("src=\"data:image/bmp;base64,Qk"))
      #expect(page.components("src=\"").count == page.components("src=\"data:image/bmp;base64,").count)
    }
  }

  @Test func `A page that exists is kept unless it may be replaced`() throws {
    try folder.write(Array("mine".utf8), to: "page.html")
    try expectRefusal(
      ["inspect", "a.nnk", "--html", "page.html"], exitCode: 73, evidence: ["page.html", "--force"], in: folder)
    try expectRefusal(
      ["inspect", "a.nnk", "b.nnk", "--html", "page.html"], exitCode: 73, evidence: ["page.html"], in: folder)
    // Whatever keeps diff from comparing is trouble.
    try expectRefusal(
      ["diff", "a.nnk", "b.nnk", "--html", "page.html"], exitCode: 2, evidence: ["page.html", "--force"], in: folder)
    try Program.succeed(["inspect", "a.nnk", "--html", "page.html", "--force"], in: folder)
    #expect(try folder.text("page.html").hasPrefix("<!DOCTYPE html>"))
    try expectRefusal(["inspect", "a.nnk", "--html", "no/page.html"], exitCode: 73, evidence: ["no"], in: folder)
    try expectRefusal(
      ["inspect", "a.nnk", "--html", "a.nnk", "--force"], exitCode: 64, evidence: ["a.nnk"], in: folder)
    try expectRefusal(
      ["diff", "a.nnk", "b.nnk", "--html", "b.nnk", "--force"], exitCode: 2, evidence: ["b.nnk"], in: folder)
  }

  @Test func `A page on standard output has it for itself`() throws {
    let outcome = try Program.succeed(["inspect", "a.nnk", "--html", "-"], in: folder)
    #expect(outcome.output.hasPrefix("<!DOCTYPE html>") && outcome.output.hasSuffix("</html>\n"))
    #expect(outcome.errors.contains("Topology") && !outcome.errors.contains("saved"))
    let difference = try Program.run(["diff", "a.nnk", "b.nnk", "--html", "-"], in: folder)
    #expect(difference.exitCode == 1 && difference.output.hasPrefix("<!DOCTYPE html>"))
    #expect(difference.errors.contains("Weights"))
    for form in [["--json"], ["--format", "csv"], ["--format", "json"], ["--format", "markdown"]] {
      try expectUsageError(["inspect", "a.nnk", "--html", "-"] + form, evidence: "--html", in: folder)
    }
    try expectUsageError(
      ["diff", "a.nnk", "b.nnk", "--html", "-", "--json"], exitCode: 2, evidence: "--html", in: folder)
    try expectUsageError(["inspect", "a.nnk", "--textconv", "--html", "page.html"], evidence: "--textconv", in: folder)
  }

  @Test func `A damaged file leaves no page`() throws {
    var bytes = try folder.read("a.nnk")
    bytes[bytes.count / 2] ^= 0x40
    try folder.write(bytes, to: "damaged.nnk")
    for arguments in [["inspect", "damaged.nnk"], ["inspect", "a.nnk", "damaged.nnk"]] {
      try expectRefusal(
        arguments + ["--html", "page.html"], exitCode: 65, evidence: ["damaged.nnk"], in: folder)
    }
    try expectRefusal(
      ["diff", "a.nnk", "damaged.nnk", "--html", "page.html"], exitCode: 2, evidence: ["damaged.nnk"], in: folder)
  }

  @Test func `Models with one history have their curves once`() throws {
    try Program.succeed(["diff", "a.nnk", "a.nnk", "--html", "page.html"], in: folder)
    let page = try folder.text("page.html")
    #expect(page.contains("The models are the same") && page.contains("Both have the same history"))
    #expect(!page.contains("left, training"))
    _ = try Program.run(["diff", "a.nnk", "b.nnk", "--html", "page.html", "--force"], in: folder)
    #expect(try folder.text("page.html").contains("right, training"))
  }

  @Test func `JSON and a page in a file go together`() throws {
    let document = try Program.json(["inspect", "a.nnk", "--html", "page.html"], in: folder)
    #expect(try document.integer("schema") == 1 && folder.exists("page.html"))
  }

  @Test func `Names of a file are never markup`() throws {
    let names = ["<img src=x onerror=alert(1)>", "\"&'", "a\u{202E}b\nc"]
    let tensors = names.map { SafetensorsFile.Tensor(name: $0, shape: [2, 2], values: [1, 2, 3, 4]) }
    let changed = names.map { SafetensorsFile.Tensor(name: $0, shape: [2, 2], values: [1, 2, 3, 5]) }
    func escape(_ name: String) -> String {
      name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
    func bytes(_ tensors: [SafetensorsFile.Tensor]) -> [UInt8] {
      SafetensorsFile.bytes(
        tensors.map { .init(name: escape($0.name), shape: $0.shape, values: $0.values) },
        metadata: "{\"<b>\":\"</style><script>\"}")
    }
    try folder.write(bytes(tensors), to: "<u>.safetensors")
    try folder.write(bytes(changed), to: "other.safetensors")
    let files = ["<u>.safetensors", "other.safetensors"]
    for arguments in [["inspect", files[0]], ["inspect"] + files, ["diff"] + files] {
      _ = try Program.run(arguments + ["--html", "page.html", "--force"], in: folder)
      let page = try folder.text("page.html")
      #expect(page.contains("&lt;img src=x onerror") && page.contains("&lt;u&gt;.safetensors"))
      for text in ["<img src=x", "<u>", "<b>&", "<script", "\u{202E}", "<b></style>"] {
        #expect(!page.contains(text), "\(arguments) \(text)")
      }
      #expect(page.components("</style>").count == 2)
    }
  }

  @Test func `A page of ten thousand tensors stays small, and says what it leaves out`() throws {
    let tensors = (0..<10_000).map { SafetensorsFile.Tensor(name: "t\($0)", shape: [2], values: [0, Float($0)]) }
    try folder.write(SafetensorsFile.bytes(tensors), to: "many.safetensors")
    try Program.succeed(["inspect", "many.safetensors", "--html", "page.html"], in: folder)
    let page = try folder.text("page.html")
    #expect(page.utf8.count < 1_000_000)
    #expect(page.contains("And 9,576 more with 19,152 elements, from 0 to 9999"))
    // Without statistics nothing is read, and the page says so.
    try Program.succeed(
      ["inspect", "many.safetensors", "--no-statistics", "--html", "page.html", "--force"], in: folder)
    let unread = try folder.text("page.html")
    #expect(unread.contains("values neither read nor verified") && !unread.contains("<svg"))
  }
}

extension String {
  /// The pieces between the occurrences of a text.
  fileprivate func components(_ text: String) -> [Substring] {
    split(separator: text, omittingEmptySubsequences: false)
  }
}

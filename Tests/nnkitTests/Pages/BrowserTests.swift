import TestSupport
import Testing

/// The pages of `nnkit` in a real browser: as wide as a phone's screen and as a desktop's, in light and dark.
@Suite(.enabled(if: Browser.isAvailable, "needs chromium in /usr/bin"))
struct BrowserTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "small.nnk")
    try folder.write(try TrainedModel.other.get(), to: "other.nnk")
  }

  private func expectGoodLooks(
    _ arguments: [String], figures: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    _ = try Program.run(arguments + ["--html", "page.html", "--force"], in: folder)
    let page = try folder.text("page.html")
    for (width, isDark) in [(390, true), (1280, false)] {
      let look = try Browser.look(at: page, width: width, isDark: isDark, in: folder)
      let what = Comment(rawValue: "\(arguments) \(width): \(look.problems.prefix(10))")
      #expect(look.problems.isEmpty, what, sourceLocation: sourceLocation)
      #expect(look.width == width, what, sourceLocation: sourceLocation)
      #expect(look.figures >= figures, what, sourceLocation: sourceLocation)
    }
  }

  @Test func `The page of a dense network`() throws {
    // Layers, loss, accuracy, mini-batches, 8 images with their frame, 4 histograms, 2 spectra, 2 heat maps.
    try expectGoodLooks(["inspect", "small.nnk", "--spectrum"], figures: 21)
  }

  @Test func `The page of a convolutional network`() throws {
    try Program.succeed(
      [
        "train", Digits.folder, "--network", "conv(8,3) relu maxpool(2) flatten dense(10)", "--epochs", "2", "--quiet",
        "--output", "conv.nnk",
      ], in: folder)
    try expectGoodLooks(["inspect", "conv.nnk"], figures: 18)
  }

  @Test func `The page of a series of epochs and of several runs`() throws {
    try Program.succeed(
      [
        "train", Digits.folder, "--hidden", "8", "--epochs", "4", "--save-every", "1", "--quiet", "--output", "run.nnk",
      ], in: folder)
    try expectGoodLooks(["inspect"] + (0...4).map { "run-epoch-000\($0).nnk" }, figures: 16)
    try expectGoodLooks(["inspect", "small.nnk", "other.nnk", "run.nnk"], figures: 3)
  }

  @Test func `The page of a difference`() throws {
    try expectGoodLooks(["diff", "small.nnk", "other.nnk"], figures: 9)
  }

  /// Names as long as a file may have them, and values that are no numbers.
  @Test func `The page of a file that wants to break it`() throws {
    let long = String(repeating: "longname.", count: 200)
    try folder.write(
      SafetensorsFile.bytes([
        .init(name: long, shape: [2, 3], values: [1, .nan, .infinity, -1e38, 1e-38, 0]),
        .init(name: "<script>alert(1)</script>", shape: [3], values: [1, 1, 1]),
        .init(name: "empty", shape: [0], values: []), .init(name: "one", shape: [], values: [3]),
      ]), to: "hostile.safetensors")
    try expectGoodLooks(["inspect", "hostile.safetensors"], figures: 3)
  }

  @Test func `A page that is too wide, has an error or lacks a picture is found`() throws {
    let bad = """
      <!DOCTYPE html><html><head></head><body><main><div style="width:2000px">wide</div><img src="data:,x" alt="none">
      <p style="font-size:8px">small</p><script>throw new Error("broken")</script></main></body></html>
      """
    let problems = try Browser.look(at: bad, width: 390, isDark: false, in: folder).problems
    for start in [
      "the page is 2", "beyond the edge: DIV", "tiny: P", "no picture: none", "error: Uncaught Error: broken",
    ] {
      #expect(problems.contains { $0.hasPrefix(start) }, "\(start): \(problems)")
    }
  }
}

import Foundation
import TestSupport
import Testing

/// `--output` and `--report` that lead to one file, however they are spelled, are refused before any work.
struct OutputAliasTests {
  private let folder: TemporaryFolder
  private let predict = ["predict", "model.nnk", "images", "--labels", "labels"]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "model.nnk")
    try folder.write(IDXBytes.blankImages(2), to: "images")
    try folder.write(IDXBytes.file(dimensions: [2], [3, 4]), to: "labels")
    try folder.makeFolder("inner")
    for (link, target) in [("same", "inner"), ("dangling", "inner/new")] {
      try FileManager.default.createSymbolicLink(atPath: folder.file(link), withDestinationPath: target)
    }
  }

  @Test(arguments: [
    ("new", "./new"), ("new", "inner/../new"), ("inner/new", "same/new"), ("inner/new", "dangling"),
    ("dangling", "same/./new"),
  ])
  func newFilesOfOneNameAreRefused(output: String, report: String) throws {
    for options in [[], ["--force"]] {
      try expectRefusal(
        predict + ["--output", output, "--report", report] + options, exitCode: 64,
        evidence: ["--output \(output)", "--report \(report)", "the same file"], in: folder)
    }
    try expectRefusal(
      predict + ["--output", output, "--report", folder.file(report)], exitCode: 64, evidence: ["the same file"],
      in: folder)
  }

  @Test func existingFilesThatAreOneAreRefused() throws {
    try folder.write([1], to: "old")
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "old")
    for report in ["./old", "link", "same/../old"] {
      try expectRefusal(
        predict + ["--output", "old", "--report", report, "--force"], exitCode: 64, evidence: ["the same file"],
        in: folder)
    }
  }

  @Test func differentFilesOfOneName() throws {
    try Program.succeed(predict + ["--output", "new", "--report", "inner/new"], in: folder)
    #expect(try folder.text("new").hasPrefix("index,") && folder.text("inner/new").hasPrefix("{"))
  }
}

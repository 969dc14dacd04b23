import Foundation
import TestSupport
import Testing

/// Outputs that cannot be written: 73 before any work, 74 when the device fails; what was there stays.
struct OutputRefusalTests {
  private let folder: TemporaryFolder
  private let train = ["train", Digits.folder, "--epochs", "1", "--quiet", "--output"]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "model.nnk")
    try folder.write(IDXBytes.blankImages(2), to: "images")
    try folder.write(IDXBytes.file(dimensions: [2], [3, 4]), to: "labels")
    try folder.write(Array("precious".utf8), to: "old")
    try folder.makeFolder("folder")
  }

  /// Every command line that writes to `path`.
  private func writers(_ path: String) -> [[String]] {
    [
      train + [path], ["predict", "model.nnk", "images", "--output", path],
      ["predict", "model.nnk", "images", "--labels", "labels", "--report", path],
    ]
  }

  @Test func anExistingFileIsKept() throws {
    for arguments in writers("old") {
      try expectRefusal(arguments, exitCode: 73, evidence: ["old", "--force"], in: folder)
    }
  }

  @Test func aLinkIsFollowed() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: folder.file("old"))
    for arguments in writers("link") {
      try expectRefusal(arguments, exitCode: 73, evidence: ["link", "--force"], in: folder)
    }
  }

  @Test func aFolderThatDoesNotExist() throws {
    for arguments in writers("nowhere/new") {
      try expectRefusal(arguments, exitCode: 73, evidence: ["nowhere/new"], in: folder)
    }
  }

  @Test func aFolderInPlaceOfAFile() throws {
    for arguments in writers("folder") {
      try expectRefusal(arguments, exitCode: 73, evidence: ["folder"], in: folder)
      try expectRefusal(arguments + ["--force"], exitCode: 73, evidence: ["folder"], in: folder)
    }
  }

  @Test(.enabled(if: FileSystemFacts.obeysPermissions, "the superuser may write anywhere"))
  func aFolderWithoutPermissionIsRefused() throws {
    let closed = folder.file("folder")
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: closed) }
    for arguments in writers("folder/new") {
      try expectRefusal(arguments, exitCode: 73, evidence: ["permission"], in: folder)
    }
  }

  @Test func anInputIsNeverReplaced() throws {
    try folder.write(try TrainedModel.small.get(), to: "model.nnk")
    for name in ["t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"] {
      try FileManager.default.copyItem(atPath: Digits.folder + "/" + name, toPath: folder.file(name))
    }
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "model.nnk")
    let predict = [
      "predict", "model.nnk", "t10k-images-idx3-ubyte.gz", "--labels", "t10k-labels-idx1-ubyte.gz", "--force",
    ]
    for option in ["--output", "--report"] {
      for path in ["model.nnk", "./link", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"] {
        try expectRefusal(predict + [option, path], exitCode: 64, evidence: [option, "replace the input"], in: folder)
      }
    }
    try expectRefusal(
      [
        "train", "--images", "t10k-images-idx3-ubyte.gz", "--labels", "t10k-labels-idx1-ubyte.gz", "--force",
        "--output", "t10k-labels-idx1-ubyte.gz",
      ], exitCode: 64, evidence: ["replace the input"], in: folder)
  }

  @Test func theOutputIsCheckedBeforeTheInputIsRead() throws {
    try expectRefusal(
      ["train", "nowhere", "--output", "old"], exitCode: 73, evidence: ["old"], in: folder)
    try expectRefusal(
      ["predict", "nowhere", "images", "--output", "old"], exitCode: 73, evidence: ["old"], in: folder)
  }

  @Test func theOldModelIsKeptWhenSavingFails() throws {
    // Files may grow to 1 block of 512 or 1024 bytes, less than any model; the signal for that is ignored.
    let before = try folder.snapshot()
    let outcome = try Program.shell(
      "trap '' XFSZ; ulimit -f 1; exec \"$nnkit\" train \"$digits\" --epochs 1 --quiet --force --output model.nnk",
      in: folder)
    #expect(outcome.exitCode == 74)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("nnkit: ") && outcome.errors.contains("model.nnk"))
    #expect(try folder.snapshot() == before)
  }

  @Test func oldPredictionsAreKeptWhenSavingFails() throws {
    let before = try folder.snapshot()
    let outcome = try Program.shell(
      """
      trap '' XFSZ; ulimit -f 1; exec "$nnkit" predict model.nnk "$digits/t10k-images-idx3-ubyte.gz" \
        --force --output old
      """, in: folder)
    #expect(outcome.exitCode == 74)
    #expect(outcome.errors.hasPrefix("nnkit: ") && outcome.errors.contains("old"))
    #expect(try folder.snapshot() == before)
  }
}

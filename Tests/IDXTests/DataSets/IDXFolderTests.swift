import BinaryIO
import IDX
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct IDXFolderTests {
  private func folder(_ names: [String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in names { try folder.write([], to: name) }
    return folder
  }

  @Test(arguments: [
    [
      "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
      "t10k-labels-idx1-ubyte",
    ],
    ["train-images.idx3-ubyte.gz", "train-labels.gz", "test-images-idx3-ubyte.gz", "test-labels"],
  ]) func theFourFilesAreFound(names: [String]) throws {
    let folder = try folder(names + ["README.md", "x-train-images"])
    for path in [folder.path, folder.path + "/"] {
      let found = try IDXFolder(path: path)
      #expect(found.path == path)
      #expect(found.training.images == folder.file(names[0]))
      #expect(found.training.labels == folder.file(names[1]))
      #expect(found.test?.images == folder.file(names[2]))
      #expect(found.test?.labels == folder.file(names[3]))
    }
  }

  @Test func theTestSetIsOptional() throws {
    let folder = try folder(["train-images", "train-labels"])
    #expect(try IDXFolder(path: folder.path).test == nil)
  }

  @Test func inputsAndTargetsAreNamesToo() throws {
    let folder = try folder(["train-inputs.gz", "train-targets.gz", "test-inputs", "test-targets"])
    let found = try IDXFolder(path: folder.path)
    #expect(found.training.images == folder.file("train-inputs.gz"))
    #expect(found.training.labels == folder.file("train-targets.gz"))
    #expect(found.test?.labels == folder.file("test-targets"))
  }

  @Test func theUncompressedFileIsPreferredToItsCopy() throws {
    let folder = try folder(["train-images-a.gz", "train-images-a", "train-labels"])
    #expect(try IDXFolder(path: folder.path).training.images == folder.file("train-images-a"))
  }

  @Test func foldersAreNotTakenForFiles() throws {
    let folder = try folder(["train-images.idx", "train-labels"])
    #expect(mkdir(folder.file("train-images"), 0o700) == 0)
    #expect(try IDXFolder(path: folder.path).training.images == folder.file("train-images.idx"))
  }

  @Test(
    arguments: [
      ([], "a file named train-images* or train-inputs*", "an empty folder"),
      (["a.txt", "t10k-images"], "a file named train-images* or train-inputs*", "\"a.txt\", \"t10k-images\""),
      (["train-images"], "a file named train-labels* or train-targets*", "\"train-images\""),
      (
        ["train-images", "train-labels", "test-images"], "a file named t10k-labels* or test-labels* or test-targets*",
        "\"test-images\", \"train-images\", \"train-labels\""
      ),
      (
        ["train-images", "train-labels", "t10k-labels"], "a file named t10k-images* or test-images* or test-inputs*",
        "\"t10k-labels\", \"train-images\", \"train-labels\""
      ),
      (
        (10...21).map { "f\($0)" }, "a file named train-images* or train-inputs*",
        (10...19).map { "\"f\($0)\"" }.joined(separator: ", ") + " and 2 more"
      ),
      (["a\u{1B}[31m"], "a file named train-images* or train-inputs*", "\"a\\u{1B}[31m\""),
    ] as [([String], String, String)])
  func whatIsMissingIsNamedAndWhatIsThere(names: [String], expected: String, found: String) throws {
    let folder = try folder(names)
    expectError(.missingFile, path: folder.path, expected: expected, found: found) {
      _ = try IDXFolder(path: folder.path)
    }
  }

  @Test(
    arguments: [
      (
        ["train-images-a", "train-images-b", "train-labels"], "train-images* or train-inputs*",
        "\"train-images-a\", \"train-images-b\""
      ),
      (
        ["train-images-a.gz", "train-images-b.gz", "train-images-c", "train-labels"], "train-images* or train-inputs*",
        "\"train-images-a.gz\", \"train-images-b.gz\", \"train-images-c\""
      ),
      (
        ["train-images", "train-labels", "t10k-images", "test-images", "test-labels"],
        "t10k-images* or test-images* or test-inputs*", "\"t10k-images\", \"test-images\""
      ),
    ] as [([String], String, String)])
  func severalFilesAreNotGuessedAmong(names: [String], pattern: String, found: String) throws {
    let folder = try folder(names)
    expectError(.ambiguousFile, path: folder.path, expected: "one file named " + pattern, found: found) {
      _ = try IDXFolder(path: folder.path)
    }
  }

  @Test func pathsThatAreNoFolder() throws {
    let folder = try folder(["a"])
    expectError(.notAFolder, path: folder.file("a"), expected: "a folder with IDX files", found: "a file") {
      _ = try IDXFolder(path: folder.file("a"))
    }
    let error = #expect(throws: IDXError.self) { _ = try IDXFolder(path: folder.file("missing")) }
    #expect(error?.fileError == FileError(operation: .open, path: folder.file("missing"), reason: .notFound))
  }
}

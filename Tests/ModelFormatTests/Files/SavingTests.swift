import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

struct SavingTests {
  private let folder: TemporaryFolder
  private let model: Model

  init() throws {
    folder = try TemporaryFolder()
    model = try SampleModels.complete()
  }

  private func savingError(to path: String, replacing: Bool) throws -> FileError {
    let error = try #require(throws: ModelFormatError.self) { try model.save(to: path, replacing: replacing) }
    #expect(error.code == .file)
    #expect(error.path == path)
    return try #require(error.fileError)
  }

  /// An existing file is replaced when that is asked for, and nothing else is left behind.
  @Test func aFileThatStandsThereIsReplacedWhenThatIsAskedFor() throws {
    try folder.write([1, 2, 3], to: "model.nnk")
    try model.save(to: folder.file("model.nnk"), replacing: true)
    #expect(try Model(contentsOf: folder.file("model.nnk")) == model)
    #expect(try folder.names() == ["model.nnk"])
  }

  @Test func aFileThatStandsThereIsLeftAsItWasWithout() throws {
    try folder.write([1, 2, 3], to: "model.nnk")
    let error = try savingError(to: folder.file("model.nnk"), replacing: false)
    #expect(error.reason == .alreadyExists)
    #expect(try folder.read("model.nnk") == [1, 2, 3])
    #expect(try folder.names() == ["model.nnk"])
    try model.save(to: folder.file("new.nnk"), replacing: false)
    #expect(try Model(contentsOf: folder.file("new.nnk")) == model)
  }

  /// A missing folder, and a folder in place of the file, are errors with the reason.
  @Test func aMissingFolderAndAFolderInPlaceOfTheFile() throws {
    #expect(try savingError(to: folder.file("no/model.nnk"), replacing: true).reason == .notFound)
    #expect(try savingError(to: folder.path, replacing: true).reason == .isDirectory)
    #expect(try folder.names() == [])
  }

  @Test func loadingWhatIsNotThereOrIsAFolderIsAnErrorWithTheReason() throws {
    for (path, reason) in [(folder.file("no.nnk"), FileError.Reason.notFound), (folder.path, .isDirectory)] {
      let error = try #require(throws: ModelFormatError.self) { _ = try Model(contentsOf: path) }
      #expect(error.code == .file)
      #expect(error.fileError?.reason == reason)
      #expect(error.fileError?.operation == .open)
    }
  }

  @Test func savingOverTheFileThatIsOpenForReadingKeepsWhatWasReadFrom() throws {
    let path = folder.file("model.nnk")
    try model.save(to: path)
    let reader = try ModelReader(path: path)
    var loaded = try Model(contentsOf: path)
    loaded.metadata["note"] = "changed"
    try loaded.save(to: path)
    #expect(try Model(contentsOf: path) == loaded)
    // The reader still has the old file, which lives on until it is closed.
    #expect(try reader.model() == model)
    #expect(try folder.names() == ["model.nnk"])
  }
}

import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// What a format says of itself, and what follows from that.
struct FileFormatTests {
  /// A format that is only read, and has no place for anything but tensors.
  private let readOnly = FileFormat(
    name: "stone", title: "stone tablet", extensions: ["stone"], hasChecksums: false, isCompressible: false, keeps: [],
    keepsSections: false, recognises: { (start, _) in start.starts(with: [1, 2, 3]) },
    open: { (_, _, _) throws(ModelFormatError) in
      try ModelReader(bytes: try Model(topology: nil, tensors: []).encoded())
    },
    write: nil)

  @Test func aFormatThatIsOnlyReadIsRefusedBeforeAFileIsCreated() throws {
    let folder = try TemporaryFolder()
    let error = try #require(throws: ModelFormatError.self) {
      try SampleModels.complete().save(to: folder.file("a.stone"), as: readOnly)
    }
    #expect(error.fileError == FileError(operation: .create, path: folder.file("a.stone"), reason: .formatIsReadOnly))
    #expect(error.description.contains("can be read, not written"))
    #expect(try folder.names().isEmpty)
    #expect(!readOnly.isWritable && FileFormat.nnk.isWritable)
  }

  @Test func whatHasNoPlaceIsLost() throws {
    let file = try ModelReader(bytes: try SampleModels.complete().encoded())
    let losses = readOnly.losses(of: file, savedTo: "a.stone")
    #expect(
      losses.map(\.what) == ["topology", "metadata", "history", "training state", "section abCd", "checksums"])
    #expect(losses.first?.why == "stone has no place for it")
    #expect(FileFormat.nnk.losses(of: file, savedTo: "a.nnk").isEmpty)
    let bare = try ModelReader(bytes: try Model(topology: nil, tensors: []).encoded())
    #expect(readOnly.losses(of: bare, savedTo: "a.stone").map(\.what) == ["checksums"])
  }

  @Test func contentDecidesAndTheFirstThatRecognisesItOpens() throws {
    let limits = DecodingLimits()
    let foreign = MemorySource([1, 2, 3, 4], name: "foreign")
    #expect(try FileFormat.open(foreign, among: [.nnk, readOnly], limits: limits).contents.tensors.isEmpty)
    let error = try #require(throws: ModelFormatError.self) {
      try FileFormat.open(foreign, among: [.nnk], limits: limits)
    }
    #expect(error.code == .notAModel && error.path == "foreign")
  }

  @Test func aModelInMemoryAndItsFileAreSourcesOfTheSame() throws {
    let model = try SampleModels.complete()
    let file = try ModelReader(bytes: try model.encoded())
    #expect(try file.encoded(compression: .none) == model.encoded(compression: .none))
    #expect(file.contents.allTensors == model.contents.allTensors && file.contents.parts == model.contents.parts)
    #expect(try model.model() == model && file.model() == model)
    #expect(try model.tensors(named: ["mask"]) == file.tensors(named: ["mask"]))
    #expect(model.errors().isEmpty)
  }
}

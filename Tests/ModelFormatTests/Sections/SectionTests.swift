import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// Sections of newer versions, and of others.
struct SectionTests {
  private func small(with type: String, _ payload: [UInt8] = [9, 8, 7]) -> CraftedFile {
    var file = CraftedFile.small
    file.sections.append(CraftedFile.Section(type, payload))
    return file
  }

  @Test func theCraftedFileIsWhatTheEncoderWritesForTheSameModel() throws {
    let expected = try Model(
      topology: nil,
      tensors: [Tensor(TensorDescription(name: "weights", dataType: .uint8, shape: [8]), bytes: Array(1...8))])
    #expect(try decoded(CraftedFile.small.bytes) == expected)
    var file = CraftedFile.small
    file.indexPayload = try StructuredPayload.encoded(expected.indexValue())
    #expect(try expected.encoded() == file.bytes)
  }

  @Test(arguments: ["ABCD", "Abcd", "CHNk", "TOPo", "HIST"])
  func anUnknownRequiredSectionIsRefusedByName(type: String) throws {
    let error = try readingError(small(with: type))
    #expect(error.code == .unsupportedSection)
    #expect(error.section == type)
    #expect(error.found == "\(type) in a file of version 1.0")
    #expect(error.offset == 16 + 9 + 20)
  }

  /// An unknown optional section is skipped; it is kept only when it is safe to copy.
  @Test func anUnknownOptionalSectionIsSkipped() throws {
    #expect(try decoded(small(with: "abCD").bytes).unknownSections.isEmpty)
    let model = try decoded(small(with: "abCd").bytes)
    #expect(model.unknownSections == [UnknownSection(type: try SampleModels.type("abCd"), payload: [9, 8, 7])])
    #expect(model.tensors == (try decoded(CraftedFile.small.bytes)).tensors)
  }

  /// What is safe to copy survives load and save byte for byte, in order, any number of times.
  @Test func whatIsSafeToCopySurvivesLoadAndSaveByteForByte() throws {
    var random = SplitMix64(seed: 4)
    var file = small(with: "abCd", random.bytes(5000))
    file.sections.append(CraftedFile.Section("abCd", []))
    file.sections.append(CraftedFile.Section("noNO", [1]))
    file.sections.append(CraftedFile.Section("zzzz", random.bytes(3)))
    let saved = try decoded(file.bytes).encoded()
    let again = try decoded(saved)
    #expect(again.unknownSections.map(\.type.description) == ["abCd", "abCd", "zzzz"])
    #expect(
      again.unknownSections.map(\.payload) == [file.sections[1], file.sections[2], file.sections[4]].map(\.payload))
    #expect(try again.encoded() == saved)
  }

  /// Damage in an unknown optional section is found, whether it is kept or dropped.
  @Test(arguments: ["abCD", "abCd"])
  func damageInAnUnknownOptionalSectionIsFound(type: String) throws {
    var bytes = small(with: type).bytes
    bytes[16 + 9 + 20 + 16] ^= 1
    let error = try readingError(bytes)
    #expect(error.code == .checksumMismatch)
    #expect(error.section == type)
  }

  @Test(arguments: [0, 1, 2, 255, 256, 65_535] as [UInt16])
  func everyMinorVersionOfOurMajorVersionIsRead(minor: UInt16) throws {
    var file = small(with: "newS")
    file.version = (1, minor)
    let reader = try ModelReader(bytes: file.bytes)
    #expect(reader.version == FormatVersion(major: 1, minor: minor))
    let model = try reader.model()
    #expect(model == (try decoded(CraftedFile.small.bytes)))
    // What this library writes is of its own version.
    #expect(try ModelReader(bytes: try model.encoded()).version == .current)
  }

  @Test func aRequiredSectionOfANewerVersionIsRefusedBeforeTheElementTypeThatItAnnounces() throws {
    var file = CraftedFile()
    file.version = (1, 3)
    file.addTensor("w", "f8", [1], chunk: [0, 1])
    #expect(try readingError(file).code == .invalidTensor)
    file.sections.append(CraftedFile.Section("TYPE", []))
    let error = try readingError(file)
    #expect(error.code == .unsupportedSection)
    #expect(error.section == "TYPE")
    #expect(error.found == "TYPE in a file of version 1.3")
    #expect(error.advice == "read it with an nnkit that knows version 1.3")
  }

  @Test(arguments: [(0, 1), (0, 2), (2, 0), (65_535, 65_535), (256, 0)] as [(UInt16, UInt16)])
  func anotherMajorVersionIsRefusedWithBoth(version: (UInt16, UInt16)) throws {
    var file = CraftedFile.small
    file.version = version
    let error = try readingError(file)
    #expect(error.code == .unsupportedVersion)
    #expect(error.section == "header")
    #expect(error.expected == "version 1.x")
    let draft = version.0 == 0 ? ", a draft that was never released" : ""
    #expect(error.found == "version \(version.0).\(version.1)\(draft)")
  }

  @Test(arguments: ["TOPO", "hIST", "mETA", "tRST"])
  func topologyHistoryMetadataAndTrainingStateMayStandOnceEach(type: String) throws {
    let whole = try SampleModels.complete()
    let value =
      switch type {
      case "TOPO": whole.topology?.structured
      case "hIST": whole.history.structured
      case "tRST": whole.trainingState?.values.structured
      default: whole.metadata.structured
      }
    var file = small(with: type, crafted(try #require(value)))
    _ = try decoded(file.bytes)
    file.sections.insert(file.sections[1], at: 0)
    let error = try readingError(file)
    #expect(error.code == .inconsistentLayout)
    #expect(error.section == type)
    #expect(error.expected == "one section of this type")
    #expect(error.found == "2")
  }

  /// A second index among the sections is refused: nothing would ever read or verify it.
  @Test func aSecondIndexAmongTheSectionsIsRefused() throws {
    let error = try readingError(small(with: "INDX"))
    #expect(error.code == .inconsistentLayout)
    #expect(error.section == "INDX")
  }

  @Test func sectionsMayStandInAnyOrder() throws {
    var file = CraftedFile.small
    file.sections.append(CraftedFile.Section("mETA", crafted(["a": 1] as Attributes)))
    let behind = try decoded(file.bytes)
    file.sections.reverse()
    #expect(try decoded(file.bytes) == behind)
    #expect(behind.metadata == ["a": 1])
  }
}

func crafted(_ attributes: Attributes) -> [UInt8] { crafted(attributes.structured) }

extension Model {
  /// The index of the file of a model that has nothing but tensors of one chunk.
  func indexValue() throws -> StructuredValue {
    var index = SectionIndex()
    var offset = FileHeader.size
    for tensor in tensors {
      let payload = try TensorChunk.encoded(tensor.bytes, tensor.dataType, .default)
      index.tensors.append(TensorEntry(description: tensor.description, chunkSize: TensorChunk.size))
      index.sections.append(
        SectionEntry(type: .chunk, offset: offset, length: payload.count, checksum: CRC32.checksum(payload)))
      offset += payload.count + SectionFrame.overhead
    }
    return index.structured
  }
}

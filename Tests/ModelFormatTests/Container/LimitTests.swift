import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// A file gets no more than the limits allow.
struct LimitTests {
  private func expectExceeded(
    _ file: CraftedFile, section: String?, tensor: String? = nil, expected: String,
    sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout DecodingLimits) -> Void
  ) throws {
    // The file itself is sound: only the limit refuses it.
    #expect(throws: Never.self, sourceLocation: sourceLocation) { try decoded(file.bytes) }
    var limits = DecodingLimits()
    change(&limits)
    let error = try readingError(file, limits: limits, sourceLocation: sourceLocation)
    #expect(error.code == .limitExceeded, sourceLocation: sourceLocation)
    #expect(error.section == section, sourceLocation: sourceLocation)
    if let tensor { #expect(error.tensor == tensor, sourceLocation: sourceLocation) }
    #expect(error.expected == expected, sourceLocation: sourceLocation)
  }

  private var two: CraftedFile {
    var file = CraftedFile.small
    file.addTensor("more", "u8", [1, 1, 3], chunk: [0, 1, 2, 3])
    return file
  }

  @Test func theNumberOfTensorsIsLimited() throws {
    try expectExceeded(two, section: "INDX", expected: "at most 1 tensors") { $0.tensorCount = 1 }
  }

  @Test func theRankOfATensorIsLimited() throws {
    try expectExceeded(two, section: "INDX", expected: "at most 2 dimensions") { $0.rank = 2 }
  }

  @Test func theRankOfShapesInTheTopologyIsLimitedToo() throws {
    var topology = SampleModels.topology()
    topology.inputShape = [1, 2, 3]
    for topology in [topology, withOutputShape([1, 2, 3])] {
      var file = CraftedFile()
      file.sections.append(CraftedFile.Section("TOPO", crafted(topology.structured)))
      try expectExceeded(file, section: "TOPO", expected: "at most 2 dimensions") { $0.rank = 2 }
    }
  }

  private func withOutputShape(_ shape: [Int]) -> Topology {
    var topology = SampleModels.topology()
    topology.layers[0].outputShape = shape
    return topology
  }

  @Test func theNumberOfSectionsIsLimited() throws {
    try expectExceeded(two, section: "INDX", expected: "at most 1 sections") { $0.sectionCount = 1 }
  }

  @Test func theSizeOfTheValuesInAChunkAndThatOfAChunkAsItIsStored() throws {
    var file = CraftedFile()
    file.addTensor("weights", "u8", [8], chunk: planes(1, [(0, Array(1...8))]))
    try expectExceeded(file, section: nil, tensor: "weights", expected: "compressed chunks of at most 7 bytes") {
      $0.chunkSize = 7
    }
    // Two chunks, raw or not.
    file = CraftedFile()
    file.addTensor("weights", "u8", [16], chunkSize: 8, chunk: [0] + Array(1...8))
    file.sections.append(CraftedFile.Section("CHNK", [0] + Array(9...16)))
    try expectExceeded(file, section: nil, tensor: "weights", expected: "compressed chunks of at most 7 bytes") {
      $0.chunkSize = 7
    }
    // A stream may be far longer than what comes out of it: here it has a hundred empty blocks in front.
    file = CraftedFile()
    let emptyBlocks = Array([[UInt8]](repeating: [0, 0, 0, 0xFF, 0xFF], count: 100).joined())
    let stream = zlibStream([1, 2, 3, 4])
    file.addTensor("long", "u8", [4], chunk: planes(1, [(1, stream[..<2] + emptyBlocks + stream[2...])]))
    try expectExceeded(file, section: nil, tensor: "long", expected: "compressed chunks of at most 400 bytes") {
      $0.chunkSize = 400
    }
  }

  /// Values in a single raw chunk may be larger than the limit of chunks, once the chunk is verified.
  @Test func valuesThatStandInASingleRawChunkMayBeLargerThanTheLimitOfChunks() throws {
    var limits = DecodingLimits()
    limits.chunkSize = 7
    let model = try ModelReader(bytes: two.bytes, limits: limits).model()
    #expect(try decoded(two.bytes) == model)
    // Damage is found before the coding byte is believed, and before the limit counts.
    var damaged = two.bytes
    damaged[FileHeader.size + SectionFrame.headerSize] ^= 1
    let reader = try ModelReader(bytes: damaged, limits: limits)
    let error = try #require(throws: ModelFormatError.self) { try reader.model() }
    #expect(error.code == .checksumMismatch)
    #expect(error.section == "CHNK" && error.tensor == "weights")
  }

  @Test(arguments: ["mETA", "abCd", "abCD"])
  func aStructuredOrUnknownSectionAsItIsStoredIsLimitedToo(type: String) throws {
    var file = CraftedFile()
    let emptyBlocks = Array([[UInt8]](repeating: [0, 0, 0, 0xFF, 0xFF], count: 1000).joined())
    let payload = crafted(["a": 1] as Attributes)
    file.sections.append(CraftedFile.Section(type, payload[..<10] + emptyBlocks + payload[10...]))
    try expectExceeded(file, section: type, expected: "sections of at most 4096 bytes") {
      $0.structuredSectionSize = 4096
    }
  }

  @Test func anIndexAsItIsStoredIsLimitedBeforeItIsRead() throws {
    var file = CraftedFile()
    file.indexPayload = crafted([0xA0]) + [UInt8](repeating: 0, count: 100_000)
    let source = CountingSource(file.bytes)
    var limits = DecodingLimits()
    limits.structuredSectionSize = 4096
    let error = try #require(throws: ModelFormatError.self) { _ = try ModelReader(source, limits: limits) }
    #expect(error.code == .limitExceeded)
    #expect(error.section == "INDX")
    #expect(error.expected == "sections of at most 4096 bytes")
    #expect(source.bytesRead < 100)
  }

  @Test func theTotalSizeOfTensorsIsLimited() throws {
    try expectExceeded(two, section: "INDX", expected: "at most 10 bytes of tensors") { $0.totalTensorSize = 10 }
  }

  @Test func theNestingOfValuesIsLimited() throws {
    var file = CraftedFile.small
    file.sections.append(CraftedFile.Section("mETA", crafted(["a": [[[[1]]]]] as Attributes)))
    try expectExceeded(file, section: "mETA", expected: "values nested at most 4 deep") { $0.nesting = 4 }
  }

  @Test(arguments: ["TOPO", "hIST", "mETA", "INDX"])
  func theSizeOfEachStructuredSection(type: String) throws {
    var file = two
    let value: StructuredValue? =
      switch type {
      case "TOPO": try SampleModels.complete().topology?.structured
      case "hIST": try longHistory().structured
      case "mETA": (["long": .string(String(repeating: "x", count: 999))] as Attributes).structured
      default: nil
      }
    // Compressed, so that what is stored is within the limit.
    if let value { file.sections.append(CraftedFile.Section(type, try StructuredPayload.encoded(value))) }
    // All limits but the first leave room for the index, which is read before.
    let limit = type == "INDX" ? two.index.encoded().count - 1 : 300
    try expectExceeded(file, section: type, expected: "at most \(limit) bytes of structured data") {
      $0.structuredSectionSize = limit
    }
  }

  private func longHistory() throws -> TrainingHistory {
    try TrainingHistory(columns: [TrainingHistory.Column(name: "loss", values: [Double](repeating: 1, count: 100))])
  }

  @Test func aStructuredSectionThatClaimsMoreThanDEFLATECanReachIsRefusedBeforeAnythingIsAllocated() throws {
    for declared: UInt64 in [1 << 28, 1 << 40, .max] {
      var file = CraftedFile.small
      file.indexPayload = crafted([0xA0], declaredSize: declared)
      let error = try readingError(file)
      #expect(error.code == .limitExceeded)
      #expect(error.section == "INDX")
    }
  }

  @Test(arguments: [0, 1, 3, 100] as [UInt64])
  func aDeclaredSizeThatTheStreamDoesNotHave(size: UInt64) throws {
    var file = CraftedFile.small
    file.sections.append(CraftedFile.Section("mETA", crafted([0xA1] + [0x61], declaredSize: size)))
    let error = try readingError(file)
    #expect(error.code == .damagedStream)
    #expect(error.section == "mETA")
  }

  /// A structured section with bytes after its stream, without a stream, or shorter than its size field.
  @Test func aStructuredSectionWithBytesAfterItsStream() throws {
    let payloads: [([UInt8], ModelFormatError.Code)] = [
      (crafted([0xA0], behind: [0]), .trailingBytes), ([0, 0, 0, 0, 0, 0, 0], .truncated), ([], .truncated),
      ([1, 0, 0, 0, 0, 0, 0, 0], .damagedStream), (crafted([]), .malformedValue),
      (crafted([0xA0, 0xA0]), .malformedValue), (crafted([0x80]), .invalidField),
    ]
    for (payload, code) in payloads {
      var file = CraftedFile.small
      file.sections.append(CraftedFile.Section("mETA", payload))
      let error = try readingError(file)
      #expect(error.code == code)
      #expect(error.section == "mETA")
      #expect(error.offset == 45)
    }
  }

  @Test func aHundredThousandMetadataEntriesAreReadInProportionToTheirNumber() throws {
    var fields: [StructuredValue.Field] = []
    for number in 100_000..<200_000 {
      fields.append(StructuredValue.Field(name: "\(number)", value: .integer(number)))
    }
    var file = CraftedFile()
    file.sections.append(CraftedFile.Section("mETA", crafted(.object(fields))))
    let reader = try ModelReader(bytes: file.bytes)
    #expect(reader.metadata.entries.count == 100_000)
    #expect(reader.metadata["123456"] == 123_456)
  }
}

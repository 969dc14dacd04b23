import Testing

@testable import ModelFormat

/// An index that contradicts the file is refused.
struct LayoutTests {
  private func expectError(
    _ file: CraftedFile, _ code: ModelFormatError.Code, expected: String? = nil, found: String? = nil,
    section: String = "INDX", tensor: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = try readingError(file, sourceLocation: sourceLocation)
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    #expect(error.section == section, "\(error)", sourceLocation: sourceLocation)
    #expect(error.tensor == tensor, "\(error)", sourceLocation: sourceLocation)
    if let expected { #expect(error.expected == expected, sourceLocation: sourceLocation) }
    if let found { #expect(error.found == found, sourceLocation: sourceLocation) }
  }

  @Test(arguments: [0, 8, 10, 1 << 40, Int.max, -1])
  func lengthsThatLeaveAHoleOrReachBeyondTheIndex(length: Int) throws {
    var file = CraftedFile.small
    file.sections[0].listedLength = length
    let code: ModelFormatError.Code = length < 0 ? .invalidField : .inconsistentLayout
    #expect(throws: Never.self) { try decoded(CraftedFile.small.bytes) }
    let error = try readingError(file)
    #expect(error.code == code)
    #expect(error.section == (length < 9 ? "INDX" : "CHNK"))
  }

  @Test func lengthsThatAreWrongButAddUp() throws {
    var file = CraftedFile.small
    file.addTensor("more", "u8", [3], chunk: [0, 1, 2, 3])
    _ = try decoded(file.bytes)
    file.sections[0].listedLength = 4
    file.sections[1].listedLength = 9
    try expectError(
      file, .inconsistentLayout, expected: "CHNK of 4 bytes, as the index says", found: "CHNK of 9 bytes",
      section: "CHNK", tensor: "weights")
  }

  @Test func anotherTypeInTheSectionThanInTheIndex() throws {
    var file = CraftedFile.small
    file.sections[0].type = "abCd"
    file.sections[0].listedType = "CHNK"
    try expectError(
      file, .inconsistentLayout, expected: "CHNK of 9 bytes, as the index says", found: "abCd of 9 bytes",
      section: "CHNK", tensor: "weights")
  }

  @Test func anotherChecksumInTheSectionThanInTheIndex() throws {
    var file = CraftedFile.small
    file.sections[0].listedChecksum = 0xDEAD_BEEF
    try expectError(file, .checksumMismatch, expected: "0xdeadbeef", section: "CHNK", tensor: "weights")
  }

  /// A length in the section's header beyond 63 bits, or other than in the index.
  @Test func aLengthInTheSectionsHeaderBeyond63Bits() throws {
    var file = CraftedFile.small
    file.sections[0].framedLength = .max
    try expectError(file, .inconsistentLayout, found: "18446744073709551615", section: "CHNK", tensor: "weights")
    file.sections[0].framedLength = 10
    try expectError(file, .inconsistentLayout, found: "CHNK of 10 bytes", section: "CHNK", tensor: "weights")
  }

  @Test(arguments: ["CHN1", "CHN", "CHNKS", "", "CH K", "ÄH"])
  func typesThatAreNotFourLetters(type: String) throws {
    var file = CraftedFile.small
    file.sections[0].listedType = type
    try expectError(
      file, .invalidField, expected: "type, length and checksum at index.sections[0]")
  }

  @Test func aFrameWhoseOwnTypeIsNotFourLetters() throws {
    var file = CraftedFile.small
    file.sections[0].type = "CH\u{0}1"
    file.sections[0].listedType = "CHNK"
    try expectError(
      file, .inconsistentLayout, expected: "a section type of four letters", found: "43 48 00 31", section: "CHNK",
      tensor: "weights")
  }

  @Test func tooFewAndTooManyChunks() throws {
    var file = CraftedFile.small
    file.addTensor("more", "u8", [3])
    try expectError(file, .inconsistentLayout, expected: "2 chunks for the tensors of the index", found: "1")
    file = CraftedFile.small
    file.sections.append(CraftedFile.Section("CHNK", [0]))
    try expectError(file, .inconsistentLayout, expected: "1 chunks for the tensors of the index", found: "2")
    file = CraftedFile()
    file.addTensor("empty", "f32", [0, 7], chunk: [0])
    try expectError(file, .inconsistentLayout, expected: "0 chunks for the tensors of the index", found: "1")
  }

  @Test func twoTensorsOfOneNameNamesThatOnlyLookAlikeAreTwo() throws {
    var file = CraftedFile.small
    file.addTensor("weights", "i8", [], chunk: [0, 0])
    try expectError(file, .duplicateTensor, tensor: "weights")
    file = CraftedFile()
    file.addTensor("\u{E9}", "u8", [], chunk: [0, 1])
    file.addTensor("e\u{301}", "u8", [], chunk: [0, 2])
    let reader = try ModelReader(bytes: file.bytes)
    #expect(try reader.tensor(named: "\u{E9}").bytes == [1])
    #expect(try reader.tensor(named: "e\u{301}").bytes == [2])
  }

  @Test func namesThatNoTensorCanHave() throws {
    for name in ["", String(repeating: "n", count: 65_536)] {
      var file = CraftedFile()
      file.addTensor(name, "u8", [], chunk: [0, 1])
      try expectError(
        file, .invalidTensor, expected: "a name of 1 to 65535 bytes", found: "\(name.utf8.count) bytes", tensor: name)
    }
    var file = CraftedFile()
    file.addTensor(String(repeating: "n", count: 65_535), "u8", [], chunk: [0, 1])
    #expect(try decoded(file.bytes).tensors.count == 1)
  }

  @Test func shapesThatNoTensorCanHave() throws {
    for shape in [[1 << 62, 4], [1 << 32, 1 << 32], [Int.max, 2]] {
      var file = CraftedFile()
      file.addTensor("huge", "f32", shape)
      try expectError(file, .invalidTensor, found: "\(shape)", tensor: "huge")
    }
    var file = CraftedFile()
    file.addTensor("negative", "f32", [-1])
    try expectError(file, .invalidField, expected: "dimensions of at least 0 at index.tensors[0].shape")
  }

  @Test(arguments: ["f8", "F32", "", "float32"])
  func anElementTypeThatDoesNotExist(type: String) throws {
    var file = CraftedFile()
    file.addTensor("odd", type, [1], chunk: [0, 1])
    try expectError(file, .invalidTensor, found: "\"\(type)\"", tensor: "odd")
  }

  @Test(arguments: [0, 4, 7, 1_048_577, -8])
  func aChunkSizeThatIs0NegativeOrNotANumberOfWholeElements(size: Int) throws {
    var file = CraftedFile()
    file.addTensor("w", "i64", [1], chunkSize: size, chunk: [UInt8](repeating: 0, count: 9))
    try expectError(
      file, .invalidField,
      expected: size < 0
        ? "an integer of at least 0 at index.tensors[0].chunk_size"
        : "a chunk size of whole elements of 8 bytes, and not 0", tensor: size < 0 ? nil : "w")
  }

  /// Smaller chunks than ours are read, and each tensor has its own size of them.
  @Test func smallerChunksThanOursAreRead() throws {
    var file = CraftedFile()
    file.addTensor("a", "u8", [19], chunkSize: 8, chunk: [0] + Array(0..<8))
    file.sections.append(CraftedFile.Section("CHNK", planes(1, [(1, zlibStream(Array(8..<16)))])))
    file.sections.append(CraftedFile.Section("CHNK", [0, 0, 0, 16, 17, 18]))
    file.addTensor("b", "u16", [3], chunkSize: 2, chunk: [0, 1, 2])
    file.sections.append(CraftedFile.Section("CHNK", planes(1, [(2, [4]), (0, [3])])))
    file.sections.append(CraftedFile.Section("CHNK", [0, 5, 6]))
    file.addTensor("c", "u8", [1], chunkSize: .max, chunk: [0, 99])
    let model = try decoded(file.bytes)
    #expect(model.tensors.map(\.bytes) == [Array(0..<19), Array(1...6), [99]])
  }

  @Test func aTrailerThatPointsOutsideTheFileOrIntoSomethingElse() throws {
    let size = UInt64(CraftedFile.small.bytes.count)
    for offset in [0, 15, size - 43, size, size + 1, .max, 1 << 63] {
      var file = CraftedFile.small
      file.indexOffset = offset
      try expectError(
        file, .inconsistentLayout, expected: "the index inside the file", found: "offset \(offset)", section: "trailer")
    }
    var file = CraftedFile.small
    file.indexOffset = 16
    try expectError(file, .inconsistentLayout)
    file.indexOffset = 17
    try expectError(file, .checksumMismatch)
    for declared in [0, size - 1, size + 1, .max] {
      file = CraftedFile.small
      file.fileSize = declared
      try expectError(file, .inconsistentLayout, expected: "a file of \(declared) bytes", section: "trailer")
    }
  }

  @Test func anotherSectionWhereTheIndexShouldBe() throws {
    var file = CraftedFile.small
    file.indexType = "mETA"
    try expectError(file, .inconsistentLayout)
  }

  @Test func aFileOfSectionsWithoutIndexAndTrailerIsCutShort() throws {
    let file = CraftedFile.small.bytes
    let error = try readingError(Array(file[..<(16 + 29)]))
    #expect(error.code == .truncated)
    #expect(error.section == "trailer")
    #expect(error.offset == 45)
  }
}

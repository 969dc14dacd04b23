import BinaryIO
import TestSupport
import Testing

@testable import ModelFormat

/// Errors say what is wrong, where, and what to do.
struct ErrorTextTests {
  private func text(_ file: CraftedFile, _ limits: DecodingLimits = DecodingLimits()) throws -> String {
    try readingError(file, limits: limits).description
  }

  @Test func everyCodeHasARawValueOfItsOwnThatIsWrittenInSmallLettersAndHyphens() {
    let values = ModelFormatError.Code.allCases.map(\.rawValue)
    #expect(values.count == 17)
    #expect(Set(values).count == values.count)
    #expect(values.allSatisfy { $0.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D } })
  }

  @Test func aForeignFileSaysWhatItIs() throws {
    let error = try readingError([0x1F, 0x8B, 8])
    #expect(
      error.description == """
        model: not a model (section header, offset 0): expected a model, found a gzip file; decompress it first, if \
        it holds a model
        """)
  }

  @Test func aFileThatIsCutShortSaysWhere() throws {
    #expect(
      try readingError(Array(CraftedFile.small.bytes.prefix(40))).description == """
        model: the file is cut short (section CHNK, offset 16): expected a section of 9 bytes, then index and trailer, \
        found the end of the file at 40; the file is damaged: copy or download it again
        """)
    #expect(
      try readingError(Array(CraftedFile.small.bytes.prefix(10))).description == """
        model: the file is cut short (section header, offset 10): expected a header of 16 bytes, found 10 bytes; \
        the file is damaged: copy or download it again
        """)
  }

  @Test func trailingBytesAreCounted() throws {
    #expect(
      try readingError(CraftedFile.small.bytes + [0]).description.hasSuffix(
        "): expected the end of the file, found 1 more bytes; the file is damaged: copy or download it again"))
  }

  @Test func aChecksumSaysWhichSectionAndTensor() throws {
    var bytes = CraftedFile.small.bytes
    bytes[33] = 0xFF
    #expect(
      try readingError(bytes).description == """
        model: checksum mismatch (section CHNK, tensor "weights", offset 16): \
        expected 0x\(String(CRC32.checksum([0, 1, 2, 3, 4, 5, 6, 7, 8]), radix: 16)), \
        found 0x\(String(CRC32.checksum([0, 0xFF, 2, 3, 4, 5, 6, 7, 8]), radix: 16)); \
        the file is damaged: copy or download it again
        """)
  }

  @Test func aNewerVersionIsNamed() throws {
    var file = CraftedFile.small
    file.version = (7, 3)
    #expect(
      try text(file) == """
        model: the format version is not supported (section header, offset 8): expected version 1.x, \
        found version 7.3; read it with an nnkit that knows version 7.3
        """)
    file.version = (0, 2)
    #expect(
      try text(file) == """
        model: the format version is not supported (section header, offset 8): expected version 1.x, \
        found version 0.2, a draft that was never released; make it again: train or convert once more
        """)
  }

  @Test func anUnknownRequiredSectionIsNamed() throws {
    var file = CraftedFile.small
    file.sections.append(CraftedFile.Section("QUIZ", []))
    #expect(
      try text(file) == """
        model: a required section is unknown (section QUIZ, offset 45): expected sections that version 1.0 knows, \
        found QUIZ in a file of version 1.0; read it with the program that wrote it
        """)
  }

  @Test func aBrokenLayoutSaysWhere() throws {
    var file = CraftedFile.small
    file.sections[0].listedLength = 8
    #expect(
      try text(file) == """
        model: the layout contradicts itself (section INDX, offset 44): expected sections that end at offset 45, \
        found 1 bytes outside every section; the file is damaged or was written wrongly: copy it again, or write it again
        """)
  }

  @Test func aDamagedStreamSaysWhere() throws {
    var file = CraftedFile()
    file.addTensor("a\u{1B}[31m", "u8", [1], chunk: [9])
    #expect(
      try text(file) == #"""
        model: damaged compressed data (section CHNK, tensor "a\u{1B}[31m", offset 16): expected coding 0, 1 or 2, \#
        found coding 9; the file is damaged: copy or download it again
        """#)
  }

  @Test func aMalformedValueSaysWhere() throws {
    var file = CraftedFile()
    file.sections.append(CraftedFile.Section("mETA", crafted([0xA1, 0x61, 0x61, 0xF6])))
    #expect(
      try text(file) == """
        model: malformed structured value (section mETA, offset 16): \
        expected a boolean, integer, number, string, array or object, found initial byte 0xf6 at byte 3 of the value; \
        the program that wrote the file is at fault: write it again with another version
        """)
  }

  @Test func aLimitSaysHowToRaiseIt() throws {
    var limits = DecodingLimits()
    limits.tensorCount = 0
    #expect(
      try text(CraftedFile.small, limits) == """
        model: a limit is exceeded (section INDX, offset 45): expected at most 0 tensors, found 1; \
        raise the limit if you trust the file
        """)
  }

  @Test func aDuplicateTensorIsNamed() throws {
    let tensor = try Tensor(name: "w", shape: [1], values: [1] as [Float])
    let error = try #require(throws: ModelFormatError.self) {
      _ = try Model(topology: nil, tensors: [tensor, tensor])
    }
    #expect(
      error.description
        == #"duplicate tensor name (tensor "w"): expected each tensor name once, found the same name twice"#)
  }

  @Test func anInvalidTensorIsNamed() throws {
    let error = try #require(throws: ModelFormatError.self) {
      _ = try Tensor(name: "w", shape: [2, 2], values: [1, 2, 3] as [Float])
    }
    #expect(error.description == #"invalid tensor (tensor "w"): expected 16 bytes of values, found 12"#)
  }

  @Test(arguments: ModelFormatError.Code.allCases)
  func whatIsWrongWithAFileComesWithAdviceWhateverItIs(code: ModelFormatError.Code) {
    let error = ModelFormatError(code, expected: "this", found: "that").at(path: "model.nnk")
    // Files that cannot be opened or written have reasons of their own, and commands know what to do.
    #expect((error.advice == nil) == (code == .file))
    if let advice = error.advice { #expect(error.description.hasSuffix("found that; " + advice)) }
  }

  @Test func aFileThatCannotBeOpenedSaysWhy() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("no.nnk")
    let error = try #require(throws: ModelFormatError.self) { _ = try Model(contentsOf: path) }
    #expect(error.description == "cannot open \(path): no such file or folder")
  }
}

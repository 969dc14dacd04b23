import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Safetensors files are read as what they are.
struct SafetensorsReadingTests {
  @Test func aFileOfTheSafetensorsLibrary() throws {
    let reader = try ModelFiles.open(bytes: SafetensorsBytes.golden)
    #expect(reader.format == .safetensors && !reader.format.hasChecksums)
    #expect(reader.versionText == nil && reader.topology == nil && reader.history == .empty && !reader.hasTrainingState)
    #expect(reader.metadata == ["format": "pt"])
    #expect(reader.fileSize == SafetensorsBytes.golden.count)
    #expect(reader.tensors.map(\.name) == ["fc.bias", "fc.weight", "half", "mask"])
    #expect(reader.tensors.map(\.dataType) == [.float32, .float32, .float16, .boolean])
    #expect(reader.tensors.map(\.shape) == [[2], [2, 3], [], [2]])
    #expect(reader.tensors.map { reader.storedByteCount(of: $0) } == [8, 24, 2, 2])
    let model = try reader.model()
    #expect(model.tensor(named: "fc.weight")?.doubles() == [1, -2, 0.5, 0, 3, -0.25])
    #expect(model.tensor(named: "fc.bias")?.floats() == [0.1, -0.1])
    #expect(model.tensor(named: "half")?.doubles() == [1.5])
    #expect(model.tensor(named: "mask")?.bytes == [0, 1])
    #expect(reader.errors().isEmpty)
    #expect(try reader.copyableSections().isEmpty && reader.sectionCount == nil)
  }

  @Test func ourOwnFilesAreStillToldApart() throws {
    let reader = try ModelFiles.open(bytes: try SampleModels.complete().encoded())
    #expect(
      reader.format == .nnk && reader.format.hasChecksums && reader.versionText == FormatVersion.current.description)
  }

  @Test func eachTypeByItsName() throws {
    let names: [(String, DataType)] = [
      ("BOOL", .boolean), ("U8", .uint8), ("I8", .int8), ("I16", .int16), ("U16", .uint16), ("I32", .int32),
      ("U32", .uint32), ("I64", .int64), ("U64", .uint64), ("F16", .float16), ("BF16", .bfloat16), ("F32", .float32),
      ("F64", .float64),
    ]
    #expect(Set(names.map(\.1)) == Set(DataType.allCases))
    for (name, type) in names {
      let size = 3 * type.byteCount
      let file = SafetensorsBytes.file(
        "{\(SafetensorsBytes.tensor("x", name, [3], 0, size))}", (0..<size).map { UInt8($0 % 2) })
      let tensor = try ModelFiles.open(bytes: file).tensor(named: "x")
      #expect(tensor.dataType == type && tensor.bytes == (0..<size).map { UInt8($0 % 2) }, "\(name)")
    }
  }

  /// Tensors are listed in the order of their values, whatever the order of the header.
  @Test func tensorsAreListedInTheOrderOfTheirValues() throws {
    let fields = [
      SafetensorsBytes.tensor("last", "U8", [1], 3, 4), SafetensorsBytes.tensor("none", "F64", [0, 7], 1, 1),
      SafetensorsBytes.tensor("first", "U8", [1], 0, 1), SafetensorsBytes.tensor("middle", "U16", [], 1, 3),
      SafetensorsBytes.tensor("end", "U8", [0], 4, 4),
    ]
    let reader = try ModelFiles.open(bytes: SafetensorsBytes.file("{\(fields.joined(separator: ","))}", [1, 2, 3, 4]))
    #expect(reader.tensors.map(\.name) == ["first", "none", "middle", "last", "end"])
    #expect(try reader.model().tensors.map(\.bytes) == [[1], [], [2, 3], [4], []])
  }

  @Test func whitespaceEscapesAndPaddingThatJSONAllows() throws {
    let header = """
      {\t"a\\u00e9\\ud83e\\udde0\\"\\\\\\/\\b\\f\\n\\r\\t" :\r\n { "data_offsets":[ 0 ,2 ] , "shape" : [ 2 ], \
      "dtype":"\\u00558" } , "__metadata__" : { } }
      """
    let reader = try ModelFiles.open(bytes: SafetensorsBytes.file(header + "     ", [1, 2]))
    #expect(reader.tensors.map(\.name) == ["aé🧠\"\\/\u{8}\u{C}\n\r\t"])
    #expect(reader.tensors.map(\.dataType) == [.uint8])
    #expect(reader.metadata.entries.isEmpty)
  }

  @Test func noTensorsNoMetadataNoValues() throws {
    for header in ["{}", "{ }  ", "{\"__metadata__\":{}}"] {
      let reader = try ModelFiles.open(bytes: SafetensorsBytes.file(header))
      #expect(reader.format == .safetensors && reader.tensors.isEmpty && reader.metadata.entries.isEmpty)
    }
  }

  @Test func twoSpellingsOfOneAccentedLetterAreTwoNames() throws {
    let header =
      "{\(SafetensorsBytes.tensor("\u{E9}", "U8", [], 0, 1)),\(SafetensorsBytes.tensor("e\u{301}", "U8", [], 1, 2)),"
      + "\"__metadata__\":{\"\u{E9}\":\"1\",\"e\u{301}\":\"2\"}}"
    let reader = try ModelFiles.open(bytes: SafetensorsBytes.file(header, [1, 2]))
    #expect(try reader.tensor(named: "\u{E9}").bytes == [1])
    #expect(try reader.tensor(named: "e\u{301}").bytes == [2])
    #expect(reader.metadata["\u{E9}"] == "1" && reader.metadata["e\u{301}"] == "2")
  }

  @Test func openingReadsTheHeaderAndNoValues() throws {
    let header = "{\(SafetensorsBytes.tensor("a", "U8", [1 << 20], 0, 1 << 20))}"
    let file = SafetensorsBytes.file(header, [UInt8](repeating: 3, count: 1 << 20))
    let source = CountingSource(file)
    let reader = try FileFormat.open(source, among: ModelFiles.formats, limits: DecodingLimits())
    #expect(source.reads.allSatisfy { $0.upperBound <= 8 + header.utf8.count })
    #expect(source.bytesRead <= FileFormat.startSize + 8 + header.utf8.count)
    #expect(try reader.tensor(named: "a").bytes == [UInt8](repeating: 3, count: 1 << 20))
  }

  @Test func valuesCanBeReadFromAnyPlaceOn() throws {
    var random = SplitMix64(seed: 5)
    let values = random.bytes(3_000_000)
    let file = SafetensorsBytes.file(
      "{\(SafetensorsBytes.tensor("a", "U8", [5], 0, 5)),\(SafetensorsBytes.tensor("b", "F32", [749_998], 5, 2_999_997)),"
        + "\(SafetensorsBytes.tensor("c", "U8", [3], 2_999_997, 3_000_000))}", values)
    let reader = try ModelFiles.open(bytes: file)
    let tensor = try reader.description(ofTensorNamed: "b")
    let stream = try reader.values(of: tensor, in: reader.contents)
    #expect(stream.byteCount == 2_999_992 && stream.pieceCount == 3)
    for _ in 0..<30 {
      let start = Int.random(in: 0..<2_999_992, using: &random)
      let count = Int.random(in: 0...min(2_000_000, 2_999_992 - start), using: &random)
      var bytes = [UInt8](repeating: 0xA5, count: count)
      try bytes.withMutableBytes { (buffer) throws(ModelFormatError) in try stream.read(at: start, into: buffer) }
      let isRight = bytes == Array(values[5 + start..<5 + start + count])
      #expect(isRight, "\(count) bytes at \(start)")
    }
  }

  @Test func aFileThatBecomesShorterWhileItIsReadEndsInAnError() throws {
    let folder = try TemporaryFolder()
    try folder.write(SafetensorsBytes.small, to: "model")
    let reader = try ModelFiles.open(folder.file("model"))
    try folder.write(Array(SafetensorsBytes.small.dropLast()), to: "model")
    #expect(try reader.tensor(named: "a").bytes == [7, 9])
    let error = #expect(throws: ModelFormatError.self) { try reader.tensor(named: "b") }
    #expect(error?.code == .truncated && error?.tensor == "b" && error?.path == folder.file("model"))
    #expect(error?.offset == SafetensorsBytes.small.count - 4)
  }
}

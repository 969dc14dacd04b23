import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// GGUF files are read as what they are.
struct GGUFReadingTests {
  private let oracle: GGUFOracle

  init() throws { oracle = try Oracle.recorded("gguf_files.json") }

  private func file(_ name: String) throws -> [UInt8] {
    bytes(hexadecimal: try #require(oracle.files[name]).file)
  }

  @Test(arguments: ["plain", "aligned", "metadata"])
  func `tensors are those that the package's own reader finds`(name: String) throws {
    let expected = try #require(oracle.files[name]).tensors
    let reader = try ModelFiles.open(bytes: try file(name))
    #expect(reader.format == .gguf && reader.versionText == "3" && reader.errors().isEmpty)
    #expect(reader.tensors.map(\.name) == expected.map(\.name))
    #expect(reader.tensors.map(\.shape) == expected.map(\.shape))
    #expect(reader.tensors.map(\.typeName) == expected.map(\.type))
    for (place, tensor) in expected.enumerated() {
      #expect(hexadecimalText(try storedBytes(of: place, in: reader)) == tensor.values, "\(tensor.name)")
      #expect(reader.storedByteCount(at: place) == tensor.values.utf8.count / 2)
    }
  }

  @Test func `metadata keep their types, and long arrays become their length`() throws {
    let reader = try ModelFiles.open(bytes: try file("metadata"))
    let metadata = reader.metadata
    #expect(metadata["t.uint8"] == 200 && metadata["t.int8"] == -100 && metadata["t.uint16"] == 60_000)
    #expect(metadata["t.int16"] == -30_000 && metadata["t.uint32"] == 4_000_000_000)
    #expect(metadata["t.int32"] == -2_000_000_000 && metadata["t.int64"] == .integer(-1 << 62))
    #expect(metadata["t.float32"] == .number(Double(Float(0.1))) && metadata["t.float64"] == 0.1)
    #expect(metadata["t.bool"] == true && metadata["t.string"] == "café 🧠")
    #expect(metadata["t.uint64"] == "18446744073709551615")
    #expect(metadata["t.integers"] == [1, 2, 3] && metadata["t.strings"] == ["a", "", "c"])
    #expect(metadata["t.numbers"] == [0.5, -1.5] && metadata["t.booleans"] == [true, false])
    #expect(metadata["t.words"] == "array of 65 strings" && metadata["t.long"] == "array of 100 integers")
    #expect(metadata["general.architecture"] == "test")
    #expect(reader.omissions.map(\.what) == ["2 long arrays of the metadata"])
    #expect(FileFormat.nnk.losses(of: reader, savedTo: "a").map(\.what) == ["2 long arrays of the metadata"])
  }

  @Test func `arrays may be nested, and long ones inside of them are passed over`() throws {
    typealias B = GGUFBytes
    var words = B.little(8 as UInt32) + B.little(70 as UInt64)
    for number in 0..<70 { words += B.string("w\(number)") }
    let numbers = B.little(4 as UInt32) + B.little(2 as UInt64) + B.little(7 as UInt32) + B.little(8 as UInt32)
    let nested = B.little(9 as UInt32) + B.little(2 as UInt64) + numbers + words
    var many = B.little(9 as UInt32) + B.little(65 as UInt64)
    for _ in 0..<65 { many += numbers }
    var file = B.small
    file.metadata = [B.metadata("nested", 9, nested), B.metadata("many", 9, many), B.metadata("end", 0, [5])]
    let reader = try ModelFiles.open(bytes: file.bytes)
    #expect(reader.metadata["nested"] == [[7, 8], "array of 70 strings"])
    #expect(reader.metadata["many"] == "array of 65 arrays" && reader.metadata["end"] == 5)
  }

  @Test func `version 2 is read like version 3`() throws {
    var file = GGUFBytes.small
    file.version = 2
    let reader = try ModelFiles.open(bytes: file.bytes)
    #expect(reader.versionText == "2" && reader.tensors.map(\.shape) == [[4]])
  }

  @Test func `the zeros at the end may be missing, and there may be no tensors`() throws {
    var file = GGUFBytes.small
    file.values = [UInt8](repeating: 1, count: 16)
    #expect(try ModelFiles.open(bytes: file.bytes).tensor(named: "t").bytes == [UInt8](repeating: 1, count: 16))
    let empty = GGUFBytes(metadata: [GGUFBytes.metadata("a", 7, [1])])
    for bytes in [empty.header, empty.bytes] {
      let reader = try ModelFiles.open(bytes: bytes)
      #expect(reader.tensors.isEmpty && reader.metadata == ["a": true])
    }
  }

  @Test func `tensors may be listed in another order than that of their values`() throws {
    var file = GGUFBytes.small
    file.tensors = [.init(name: "b", dimensions: [2], offset: 32), .init(name: "a", dimensions: [1], offset: 0)]
    file.values = [UInt8](repeating: 1, count: 32) + [UInt8](repeating: 2, count: 8)
    let reader = try ModelFiles.open(bytes: file.bytes)
    #expect(reader.tensors.map(\.name) == ["b", "a"])
    #expect(try reader.tensor(named: "a").bytes == [1, 1, 1, 1])
    #expect(try reader.tensor(named: "b").bytes == [UInt8](repeating: 2, count: 8))
  }

  @Test func `scalars and empty tensors have a place`() throws {
    var file = GGUFBytes.small
    file.tensors = [
      .init(name: "scalar", dimensions: []), .init(name: "none", dimensions: [0, 3], offset: 32),
      .init(name: "blocks", dimensions: [0], type: 2, offset: 32),
    ]
    file.values = [UInt8](repeating: 0, count: 32)
    let reader = try ModelFiles.open(bytes: file.bytes)
    #expect(reader.tensors.map(\.shape) == [[], [3, 0], [0]])
    #expect(try reader.model().tensors.map(\.count) == [1, 0, 0])
  }

  @Test func `opening reads the header and no values`() throws {
    var file = GGUFBytes.small
    file.tensors = [.init(dimensions: [1 << 18])]
    file.values = [UInt8](repeating: 0, count: 1 << 20)
    let source = CountingSource(file.bytes)
    let reader = try FileFormat.open(source, among: ModelFiles.formats, limits: DecodingLimits())
    #expect(reader.tensors.count == 1 && source.bytesRead <= 1 << 16 + 64)
  }

  @Test func `blocks become f32 in formats that lack them, and their names are said`() throws {
    let reader = try ModelFiles.open(bytes: try file("plain"))
    for format in [FileFormat.nnk, .safetensors] {
      let losses = format.losses(of: reader, savedTo: "a").map(\.what)
      #expect(losses == ["the type q8_0 of 1 tensor", "the type q4_k of 1 tensor"])
      let again = try ModelFiles.open(bytes: try reader.encoded(as: format))
      #expect(try again.model().tensors == reader.model().tensors)
    }
  }

  @Test func `blocks without numbers are carried nowhere, and refused before anything is written`() throws {
    var file = GGUFBytes.small
    file.tensors = [.init(dimensions: [256], type: 16)]
    file.values = [UInt8](repeating: 0, count: 66)
    let reader = try ModelFiles.open(bytes: file.bytes)
    #expect(reader.tensors.map(\.typeName) == ["iq2_xxs"] && reader.errors().isEmpty)
    for format in [FileFormat.nnk, .safetensors] {
      let error = #expect(throws: ModelFormatError.self) { try reader.encoded(as: format) }
      #expect(error?.code == .unsupported && error?.tensor == "t" && error?.found == "iq2_xxs", "\(format.name)")
    }
    let error = #expect(throws: ModelFormatError.self) { _ = try reader.values(at: 0) }
    #expect(error?.advice == "quantise the model to another type, such as Q8_0, or leave the tensor out")
  }

  @Test func `a file of ten gigabytes is listed at once`() throws {
    let folder = try TemporaryFolder()
    var file = GGUFBytes.small
    file.tensors = [.init(dimensions: [1 << 20, 2560])]
    file.values = []
    let path = try folder.write(file.bytes, to: "large.gguf")
    try SparseFile.extend(path, by: 10 << 30)
    let reader = try ModelFiles.open(path)
    #expect(reader.tensors.map(\.byteCount) == [10 << 30] && reader.fileSize > 10 << 30)
  }
}

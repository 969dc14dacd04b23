import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Element types of safetensors that are no data types of ours.
struct SafetensorsTypesTests {
  private let oracle: SafetensorsTypesOracle
  private let file: [UInt8]

  init() throws {
    oracle = try Oracle.recorded("safetensors_types.json")
    file = bytes(hexadecimal: oracle.written)
  }

  @Test func `types and their order are those of the library`() {
    #expect(SafetensorsType.names == oracle.types)
  }

  @Test func `a file with every type is listed, and its stored bytes are handed out`() throws {
    let reader = try ModelFiles.open(bytes: file)
    #expect(reader.tensors.count == oracle.values.count && reader.errors().isEmpty)
    for (place, tensor) in reader.tensors.enumerated() {
      let label = tensor.name.uppercased()
      #expect(SafetensorsType(tensor).name == label && tensor.shape == [2, 4])
      let stored = try storedBytes(of: place, in: reader)
      #expect(hexadecimalText(stored) == oracle.values[label], "\(label)")
      #expect(reader.storedByteCount(at: place) == stored.count && tensor.encodedByteCount == stored.count)
    }
    #expect(reader.tensors.filter { !$0.hasNumbers }.map(\.typeName) == ["c64", "f4"])
  }

  @Test func `the file that the library wrote is written again byte for byte`() throws {
    let reader = try ModelFiles.open(bytes: file)
    #expect(try reader.encoded(as: .safetensors) == file)
    #expect(FileFormat.safetensors.losses(of: reader, savedTo: "a.safetensors").isEmpty)
  }

  @Test func `tensors of less than a byte an element are taken where the library takes them`() throws {
    for reading in oracle.read {
      let content = bytes(hexadecimal: reading.file)
      let reader = try? ModelFiles.open(bytes: content)
      #expect((reader != nil) == reading.accepted, "\(String(decoding: content, as: UTF8.self))")
      if let reader {
        let stored = try storedBytes(of: 0, in: reader)
        #expect(stored == Array(content.suffix(stored.count)) && stored.count == reader.tensors[0].encodedByteCount)
      }
    }
  }

  @Test func `numbers of eight bits are read as f32 from any place on`() throws {
    let header = "{\(SafetensorsBytes.tensor("x", "F8_E4M3", [256, 1024], 0, 1 << 18))}"
    let reader = try ModelFiles.open(
      bytes: SafetensorsBytes.file(header, (0..<1 << 18).map { UInt8(truncatingIfNeeded: $0) }))
    let values = try reader.values(at: 0)
    let all = try allBytes(of: values)
    #expect(all.count == 1 << 20)
    let table = ByteFloat.e4m3.table
    let tensor = try reader.tensor(named: "x")
    #expect(tensor.description.encoding == nil && tensor.dataType == .float32)
    #expect(tensor.floats()[0x10038] == table[0x38] && tensor.floats()[0x1FFC8] == table[0xC8])
    var random = SplitMix64(seed: 9)
    for _ in 0..<40 {
      let start = Int.random(in: 0..<all.count, using: &random)
      let count = Int.random(in: 0...min(200_000, all.count - start), using: &random)
      var part = [UInt8](repeating: 0xA5, count: count)
      try part.withMutableBytes { (buffer) throws(ModelFormatError) in try values.read(at: start, into: buffer) }
      let isRight = part == Array(all[start..<start + count])
      #expect(isRight, "\(count) bytes at \(start)")
    }
    for (offset, count) in [(-1, 1), (all.count, 1), (0, all.count + 1)] {
      var part = [UInt8](repeating: 0, count: count)
      #expect(throws: ModelFormatError.self) {
        try part.withMutableBytes { (buffer) throws(ModelFormatError) in try values.read(at: offset, into: buffer) }
      }
    }
  }

  @Test func `in our own format numbers become f32, which is said`() throws {
    let header = "{\(SafetensorsBytes.tensor("x", "F8_E5M2", [2], 0, 2))}"
    let reader = try ModelFiles.open(bytes: SafetensorsBytes.file(header, [0x3C, 0xBC]))
    let losses = FileFormat.nnk.losses(of: reader, savedTo: "a.nnk")
    #expect(losses.map(\.what) == ["the type f8_e5m2 of 1 tensor"])
    let again = try ModelFiles.open(bytes: try reader.encoded())
    #expect(try again.tensor(named: "x").floats() == [1, -1])
    #expect(again.tensors.map(\.typeName) == ["f32"])
  }

  @Test(arguments: ["F4", "F6_E2M3", "F6_E3M2", "C64"])
  func `elements without numbers are refused where numbers are needed, and advice is true`(type: String) throws {
    let size = ["F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "C64": 64][type] ?? 0
    let header = "{\(SafetensorsBytes.tensor("x", type, [8], 0, size))}"
    let reader = try ModelFiles.open(bytes: SafetensorsBytes.file(header, [UInt8](repeating: 1, count: size)))
    #expect(reader.errors().isEmpty && reader.tensors.map(\.typeName) == [type.lowercased()])
    for write in [{ _ = try reader.model() }, { _ = try reader.encoded() }, { _ = try reader.values(at: 0) }]
      as [() throws -> Void]
    {
      let error = #expect(throws: ModelFormatError.self) { try write() }
      #expect(error?.code == .unsupported && error?.tensor == "x" && error?.found == type.lowercased())
      #expect(error?.advice == "leave the tensor out, or store it with another type of elements")
    }
  }

  @Test func `no one is blamed for a type that is newer than this program`() throws {
    let error = try headerError("{\(SafetensorsBytes.tensor("a", "F8_E3M4", [2], 0, 2))}")
    #expect(error.code == .unsupported && error.found == "\"F8_E3M4\"" && error.expected.hasSuffix("I64, U64"))
    #expect(error.advice == "write the tensor with one of these types, or read it with the program that wrote it")
  }

  @Test func `what is cut short in the middle of encoded values is found`() throws {
    let folder = try TemporaryFolder()
    try folder.write(file, to: "model")
    let reader = try ModelFiles.open(folder.file("model"))
    try folder.write(Array(file.dropLast(60)), to: "model")
    let place = try #require(reader.tensors.firstIndex { $0.name == "f8_e4m3" })
    let error = #expect(throws: ModelFormatError.self) {
      _ = try reader.tensor(reader.tensors[place], at: place, threads: 1)
    }
    #expect(error?.code == .truncated && error?.tensor == "f8_e4m3" && error?.path == folder.file("model"))
    #expect(reader.errors().contains { $0.tensor == "f8_e4m3" && $0.code == .truncated })
  }
}

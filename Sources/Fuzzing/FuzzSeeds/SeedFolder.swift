import BinaryIO
import Foundation
import FuzzingSupport

@testable import ModelExchange
@testable import ModelFormat

/// Writes seeds, numbered, into one folder per target.
struct SeedFolder {
  let path: String
  private(set) var count = 0

  init(path: String) { self.path = path }

  mutating func write(_ bytes: [UInt8], for target: String) throws(FileError) {
    var file = try AtomicFileWriter.create(path: "\(path)/\(target)/seed-\(count)", replacing: true)
    try bytes.withBytes { (buffer) throws(FileError) in try file.write(buffer) }
    try file.commit()
    count += 1
  }

  /// Writes the parts of a model file: its values, their JSON, its chunks, and its tensors as safetensors.
  mutating func add(modelFile path: String) throws {
    let bytes = try FileInput(path: path).readAll(after: [], maximumCount: .max) ?? []
    let source = MemorySource(bytes, name: path)
    let container = try ContainerReader(source, limits: ModelExamination.limits)
    try write(container.index.structured.encoded(), for: "FuzzValues")
    for section in container.index.sections where section.type != .chunk {
      guard let payload = try? container.payload(of: section),
        let value = try? StructuredPayload.decode(payload, limits: ModelExamination.limits).tree
      else { continue }
      try write(value.encoded(), for: "FuzzValues")
      try write(Array(value.json.utf8), for: "FuzzJSON")
    }
    try addChunks(container)
    let reader = try ModelReader(source, limits: ModelExamination.limits)
    try write(try reader.encoded(as: .safetensors), for: "FuzzSafetensors")
    // Not every topology of the vectors is a network.
    if let encoded = try? reader.encoded(as: .onnx) { try write(encoded, for: "FuzzONNX") }
    try write([0] + (try reader.encoded(as: .numPyArchive)), for: "FuzzNumPy")
  }

  /// Writes files that other programs wrote, as a script in `Tests/Oracles` recorded them, and the pickles in them.
  mutating func add(recordedFiles path: String) throws {
    struct Recorded: Decodable { let file: String }
    let content = try FileInput(path: path).readAll(after: [], maximumCount: .max) ?? []
    for recorded in try JSONDecoder().decode([Recorded].self, from: Data(content)) {
      let bytes = Array(Data(base64Encoded: recorded.file) ?? Data())
      let target = path.contains("numpy") ? "FuzzNumPy" : "FuzzPyTorch"
      try write([0] + bytes, for: target)
      guard target == "FuzzPyTorch",
        let archive = try? ZipArchive(MemorySource(bytes, name: path), limits: DecodingLimits())
      else { continue }
      for (place, entry) in archive.entries.enumerated() where entry.name.hasSuffix("/data.pkl") {
        try write([1] + (try archive.member(at: place).bytes()), for: target)
      }
    }
  }

  /// Writes small GGUF files: one with a block of each type, and one with metadata of each type.
  mutating func addGGUF() throws {
    for number in 0...42 as ClosedRange<UInt32> {
      guard let element = try? GGUFType.element(of: number) else { continue }
      let description = try element.description(named: "t", shape: [256])
      var values = ByteWriter()
      for index in 0..<description.encodedByteCount { values.write([UInt8(truncatingIfNeeded: index)]) }
      try write(SeedFolder.gguf(type: number, count: 256, values.bytes), for: "FuzzGGUF")
    }
    var writer = ByteWriter()
    for (kind, value) in [
      (0, [200]), (5, [1, 2, 3, 4]), (6, [0, 0, 0x80, 0x3F]), (7, [1]), (8, [2, 0, 0, 0, 0, 0, 0, 0, 0x61, 0x62]),
      (9, [0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 5, 6]),
      (9, [9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0] + [UInt8](repeating: 0, count: 8)),
      (12, [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]),
    ] as [(UInt32, [UInt8])] {
      writer.writeLittleEndian(2 as UInt64)
      writer.write([0x6B, UInt8(0x61 + writer.bytes.count % 26)])
      writer.writeLittleEndian(kind)
      writer.write(value)
    }
    try write(
      SeedFolder.gguf(metadata: 8, writer.bytes, type: 0, count: 2, [UInt8](repeating: 1, count: 8)), for: "FuzzGGUF")
  }

  /// A file with one tensor `t`.
  private static func gguf(
    metadata: UInt64 = 0, _ entries: [UInt8] = [], type: UInt32, count: UInt64, _ values: [UInt8]
  ) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(GGUFHeader.signature)
    writer.writeLittleEndian(3 as UInt32)
    writer.writeLittleEndian(1 as UInt64)
    writer.writeLittleEndian(metadata)
    writer.write(entries)
    writer.writeLittleEndian(1 as UInt64)
    writer.write([0x74])
    writer.writeLittleEndian(1 as UInt32)
    writer.writeLittleEndian(count)
    writer.writeLittleEndian(type)
    writer.writeLittleEndian(0 as UInt64)
    writer.write([UInt8](repeating: 0, count: (32 - writer.bytes.count % 32) % 32))
    writer.write(values)
    return writer.bytes
  }

  private mutating func addChunks(_ container: ContainerReader) throws {
    var chunks = container.index.sections.filter { $0.type == .chunk }[...]
    for tensor in container.index.tensors + container.index.stateTensors {
      for chunk in chunks.prefix(tensor.chunkCount) {
        let payload = try container.payload(of: chunk)
        guard let place = DataType.allCases.firstIndex(of: tensor.description.dataType) else { continue }
        let elements = min(tensor.description.byteCount, tensor.chunkSize) / tensor.description.dataType.byteCount
        var writer = ByteWriter()
        writer.write([UInt8(place)])
        writer.writeLittleEndian(UInt16(truncatingIfNeeded: elements - 1))
        writer.write(payload)
        try write(writer.bytes, for: "FuzzChunks")
        try write([UInt8](writer.bytes[1...2]) + [0, 0] + payload, for: "FuzzInflate")
      }
      chunks = chunks.dropFirst(tensor.chunkCount)
    }
  }
}

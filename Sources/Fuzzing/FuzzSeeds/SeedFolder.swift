import BinaryIO
import FuzzingSupport

@testable import ModelExchange
@testable import ModelFormat

/// Writes seeds, numbered, into one folder per target.
struct SeedFolder {
  let path: String
  private(set) var count = 0

  init(path: String) { self.path = path }

  private mutating func write(_ bytes: [UInt8], for target: String) throws(FileError) {
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

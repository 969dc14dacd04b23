import BinaryIO
import ModelFormat
import TestSupport

@testable import ModelExchange

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A model in two shards, in a folder of its own: `a` and `b` in the first, `c` in the second.
struct ShardFolder {
  static let indexName = "model.safetensors.index.json"
  static let first = "model-00001-of-00002.safetensors"
  static let second = "model-00002-of-00002.safetensors"

  let folder: TemporaryFolder
  var index: String { folder.file(ShardFolder.indexName) }

  init() throws {
    folder = try TemporaryFolder()
    try write(ShardFolder.first, [("a", "U8", [2]), ("b", "F32", [1])], [1, 2, 0, 0, 0x80, 0x3F])
    try write(ShardFolder.second, [("c", "U8", [3])], [4, 5, 6])
    try writeIndex([("a", ShardFolder.first), ("b", ShardFolder.first), ("c", ShardFolder.second)], totalSize: "9")
  }

  /// Writes a shard.
  func write(
    _ name: String, _ tensors: [(name: String, type: String, shape: [Int])], _ values: [UInt8],
    metadata: String = "{\"format\":\"pt\"}"
  ) throws {
    var begin = 0
    let fields = tensors.map { tensor in
      let size = tensor.shape.reduce(1, *) * (tensor.type == "F32" ? 4 : 1)
      defer { begin += size }
      return SafetensorsBytes.tensor(tensor.name, tensor.type, tensor.shape, begin, begin + size)
    }
    let header = "{\"__metadata__\":\(metadata),\(fields.joined(separator: ","))}"
    try folder.write(SafetensorsBytes.file(header, values), to: name)
  }

  /// Writes the index, as `transformers` does.
  func writeIndex(_ map: [(String, String)], totalSize: String?, metadata: String? = nil) throws {
    let entries = map.map { "    \"\($0.0)\": \"\($0.1)\"" }.joined(separator: ",\n")
    let fields = [totalSize.map { "    \"total_size\": \($0)" }, metadata.map { "    " + $0 }].compactMap(\.self)
    let text =
      "{\n  \"metadata\": {\n\(fields.joined(separator: ",\n"))\n  },\n  \"weight_map\": {\n\(entries)\n  }\n}\n"
    try folder.write(Array(text.utf8), to: ShardFolder.indexName)
  }

  func remove(_ name: String) throws { try check(unlink(folder.file(name)), name) }

  func makeFolder(_ name: String) throws { try check(mkdir(folder.file(name), 0o700), name) }

  func move(_ name: String, to other: String) throws { try check(rename(folder.file(name), folder.file(other)), name) }

  func link(_ name: String, to target: String) throws { try check(symlink(target, folder.file(name)), name) }

  private func check(_ result: Int32, _ name: String) throws {
    guard result == 0 else {
      throw FileError(operation: .create, path: folder.file(name), reason: .system(errno))
    }
  }

  func writeIndex(_ text: String) throws { try folder.write(Array(text.utf8), to: ShardFolder.indexName) }
}

import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// A model in several files is one model.
struct ShardedModelTests {
  private let shards: ShardFolder

  init() throws { shards = try ShardFolder() }

  @Test func `tensors of all shards are one list, with their values`() throws {
    let reader = try ModelFiles.open(shards.index)
    #expect(reader.format == .shards && reader.fileCount == 3 && reader.tensors.map(\.name) == ["a", "b", "c"])
    #expect(reader.metadata == ["format": "pt"])
    let sizes = try ShardFolder.files.map { try shards.folder.read($0).count }
    #expect(reader.fileSize == sizes.reduce(0, +))
    #expect(try reader.tensor(named: "a").bytes == [1, 2] && reader.tensor(named: "b").floats() == [1])
    #expect(try reader.tensor(named: "c").bytes == [4, 5, 6])
    #expect(reader.errors().isEmpty && reader.storedByteCount(at: 2) == 3)
  }

  @Test func `a folder stands for the index in it`() throws {
    let reader = try ModelFiles.open(shards.folder.path)
    #expect(reader.format == .shards && reader.name == shards.index && reader.tensors.count == 3)
  }

  @Test func `shards and the file with all tensors are the same model`() throws {
    let reader = try ModelFiles.open(shards.index)
    let whole = try ModelFiles.open(bytes: try reader.encoded(as: .safetensors))
    #expect(try whole.model() == reader.model())
    #expect(FileFormat.safetensors.losses(of: reader, savedTo: "a").isEmpty)
  }

  @Test func `the name of the index does not matter, nor what stands in front of its first brace`() throws {
    let text = try shards.folder.read(ShardFolder.indexName)
    try shards.folder.write([0x0A, 0x20] + text, to: "x")
    #expect(try ModelFiles.open(shards.folder.file("x")).tensors.count == 3)
  }

  @Test func `metadata of index and shards come together, and where they differ all are listed`() throws {
    try shards.write(ShardFolder.second, [("c", "U8", [3])], [4, 5, 6], metadata: "{\"format\":\"np\",\"k\":\"v\"}")
    try shards.writeIndex(
      [("a", ShardFolder.first), ("b", ShardFolder.first), ("c", ShardFolder.second)], totalSize: "9.0",
      metadata: "\"total_parameters\": 6, \"more\": {\"x\": [1]}")
    let metadata = try ModelFiles.open(shards.index).metadata
    #expect(metadata["format"] == "pt" && metadata["\(ShardFolder.second)/format"] == "np" && metadata["k"] == "v")
    #expect(metadata["total_parameters"] == 6 && metadata["more"] == "{\"x\":[1]}" && metadata.entries.count == 5)
  }

  @Test func `shards may be in folders inside the folder, and be links`() throws {
    try shards.makeFolder("sub")
    try shards.move(ShardFolder.second, to: "sub/blob")
    try shards.link("link", to: "sub/blob")
    for name in ["sub/blob", "link", "./sub/./blob"] {
      try shards.writeIndex([("a", ShardFolder.first), ("b", ShardFolder.first), ("c", name)], totalSize: nil)
      #expect(try ModelFiles.open(shards.index).tensor(named: "c").bytes == [4, 5, 6])
    }
  }

  @Test func `a shard may be of any format but our own`() throws {
    var file = GGUFBytes.small
    file.tensors[0].name = "g"
    try shards.folder.write(file.bytes, to: "x.gguf")
    try shards.writeIndex([("g", "x.gguf")], totalSize: "9")
    #expect(try ModelFiles.open(shards.index).tensors.map(\.name) == ["g"])
  }

  @Test func `more shards than may be open at a time are read by many threads`() throws {
    let folder = shards.folder
    var map: [(String, String)] = []
    for number in 0..<100 {
      try shards.write("s\(number)", [("t\(number)", "U8", [1])], [UInt8(number)])
      map.append(("t\(number)", "s\(number)"))
    }
    try shards.writeIndex(map, totalSize: "100")
    let before = try FileSystem.names(inFolder: "/proc/self/fd").count
    let reader = try ModelFiles.open(folder.path)
    let opened = try FileSystem.names(inFolder: "/proc/self/fd").count - before
    // Tests that run beside this one open files too.
    #expect(opened < 80)
    #expect(reader.errors(threads: 4).isEmpty)
    for number in 0..<100 { #expect(try reader.tensor(named: "t\(number)").bytes == [UInt8(number)]) }
  }

  @Test func `shards are closed when others are opened, and opened again`() throws {
    let open = OpenShards(in: try ModelFolder(of: try source(shards.index)), capacity: 1)
    let (first, second) = (try ShardSource(ShardFolder.first, of: open), try ShardSource(ShardFolder.second, of: open))
    for _ in 0..<3 {
      for shard in [first, second] {
        var bytes = [UInt8](repeating: 0, count: shard.byteCount)
        let count = try bytes.withUnsafeMutableBytes { try shard.read(at: 0, into: $0) }
        #expect(try count == shard.byteCount && bytes == TemporaryFolder.bytes(shard.name))
      }
    }
    try shards.remove(ShardFolder.first)
    let error = #expect(throws: FileError.self) {
      var bytes = [UInt8](repeating: 0, count: 1)
      _ = try bytes.withUnsafeMutableBytes { try first.read(at: 0, into: $0) }
    }
    #expect(error?.reason == .notFound && error?.path.hasSuffix(ShardFolder.first) == true)
  }

  private func source(_ path: String) throws -> FileSource { try #require(FileSource(try FileInput(path: path))) }

  @Test func `shards of ten gigabytes are listed at once`() throws {
    for number in 1...2 {
      let size = 5 << 30
      try shards.folder.write(
        SafetensorsBytes.file("{\(SafetensorsBytes.tensor("t\(number)", "F32", [1280, 1 << 20], 0, size))}"),
        to: "s\(number)")
      try SparseFile.extend(shards.folder.file("s\(number)"), by: size)
    }
    try shards.writeIndex([("t1", "s1"), ("t2", "s2")], totalSize: "\(10 << 30)")
    #expect(try ModelFiles.open(shards.index).fileSize > 10 << 30)
  }
}

extension ShardFolder {
  /// All files of the model.
  static let files = [indexName, first, second]
}

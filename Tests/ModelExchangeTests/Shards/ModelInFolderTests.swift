import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// A folder in place of a model: clear, or an error that says what is in it.
struct ModelInFolderTests {
  private func folder(_ names: [String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for name in names {
      try folder.write(name.hasSuffix(".nnk") ? SampleModels.complete().encoded() : SafetensorsBytes.golden, to: name)
    }
    return folder
  }

  @Test(arguments: [["m.nnk"], ["m.safetensors", "config.json"], ["m.nnk", "notes.txt", "pytorch_model.bin"]])
  func `the only model is meant`(names: [String]) throws {
    let folder = try folder(names)
    let reader = try ModelFiles.open(folder.path)
    #expect(reader.name == folder.file(names[0]) && !reader.tensors.isEmpty)
  }

  @Test func `the index of safetensors goes before files and other indices`() throws {
    let shards = try ShardFolder()
    for name in ["pytorch_model.bin.index.json", "model.fp16.safetensors.index.json"] {
      try shards.folder.write(Array("{}".utf8), to: name)
    }
    #expect(try ModelFiles.open(shards.folder.path).name == shards.index)
  }

  @Test func `a single file of safetensors goes before an index of other shards, which goes before nothing`() throws {
    let folder = try folder(["m.safetensors"])
    try folder.write(Array("{\"weight_map\":{}}".utf8), to: "pytorch_model.bin.index.json")
    #expect(try ModelFiles.open(folder.path).format == .safetensors)
    let other = try TemporaryFolder()
    try other.write(Array("{\"weight_map\":{}}".utf8), to: "pytorch_model.bin.index.json")
    #expect(try ModelFiles.open(other.path).format == .shards)
  }

  @Test(arguments: [
    ([], "nothing"), (["a.txt"], "\"a.txt\""),
    (["a.nnk", "b.nnk"], "\"a.nnk\", \"b.nnk\""),
    (["a.nnk", "b.safetensors"], "\"a.nnk\", \"b.safetensors\""),
    (
      ["a.safetensors.index.json", "b.safetensors.index.json", "c.nnk"],
      "\"a.safetensors.index.json\", \"b.safetensors.index.json\""
    ),
    (["a.index.json", "b.index.json"], "\"a.index.json\", \"b.index.json\""),
    ((1...9).map { "\($0).txt" }, (1...8).map { "\"\($0).txt\", " }.joined() + "…"),
  ])
  func `what is not clear is said`(names: [String], found: String) throws {
    let folder = try folder(names)
    let error = try #require(throws: ModelFormatError.self) { _ = try ModelFiles.open(folder.path) }
    #expect(error.fileError == FileError(operation: .open, path: folder.path, reason: .isDirectory))
    #expect(error.advice?.hasSuffix(", and here there is " + found) == true, "\(error)")
    #expect(
      error.description
        == "\(FileError(operation: .open, path: folder.path, reason: .isDirectory)); \(error.advice ?? "")")
  }
}

import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Models in shards that contradict themselves are refused, with the file and the tensor.
struct ShardRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let title: String
    let code: ModelFormatError.Code
    var tensor: String?
    /// The file that the error is about.
    let file: String
    let expected: String
    let found: String
    let change: @Sendable (ShardFolder) throws -> Void

    init(
      _ title: String, _ code: ModelFormatError.Code, tensor: String? = nil, in file: String = ShardFolder.indexName,
      expected: String, found: String, _ change: @escaping @Sendable (ShardFolder) throws -> Void
    ) {
      (self.title, self.code, self.tensor, self.file) = (title, code, tensor, file)
      (self.expected, self.found, self.change) = (expected, found, change)
    }

    var testDescription: String { title }
  }

  private static let (one, two) = (ShardFolder.first, ShardFolder.second)

  /// An index whose third tensor is in a file of this name.
  private static func escape(_ name: String, found: String) -> Case {
    Case(
      "a shard called \(name.debugDescription)", .invalidField,
      expected: "the name of a file in the folder of the model",
      found: found
    ) { shards in
      try shards.writeIndex([("a", one), ("b", one), ("c", name)], totalSize: nil)
    }
  }

  private static let contradictions: [Case] = [
    Case(
      "a shard that is missing", .truncated, expected: "the shard \"\(two)\", which the index names",
      found: "no such file"
    ) {
      try $0.remove(two)
    },
    Case(
      "a tensor of the index that no shard has", .inconsistentLayout, tensor: "d", in: two,
      expected: "it in \"\(two)\", as the index says", found: "no tensor of that name"
    ) {
      try $0.writeIndex([("a", one), ("b", one), ("c", two), ("d", two)], totalSize: nil)
    },
    Case(
      "a tensor of a shard that the index lacks", .inconsistentLayout, tensor: "b", in: one,
      expected: "tensors that the index names", found: "one that is not in it"
    ) {
      try $0.writeIndex([("a", one), ("c", two)], totalSize: nil)
    },
    Case(
      "a tensor in another shard", .inconsistentLayout, tensor: "b", in: one,
      expected: "it in \"\(two)\", as the index says", found: "it in this shard"
    ) {
      try $0.writeIndex([("a", one), ("b", two), ("c", two)], totalSize: nil)
    },
    Case(
      "a tensor in two shards", .duplicateTensor, tensor: "a", in: two, expected: "each tensor in one shard",
      found: "it in \"\(one)\" too"
    ) {
      try $0.write(two, [("c", "U8", [3]), ("a", "U8", [1])], [4, 5, 6, 7])
    },
    Case(
      "one shard under two names", .inconsistentLayout, tensor: "a", in: "./" + one,
      expected: "it in \"\(one)\", as the index says", found: "it in this shard"
    ) {
      try $0.writeIndex([("a", one), ("b", "./" + one), ("c", two)], totalSize: nil)
    },
    Case(
      "a total that is wrong", .inconsistentLayout, expected: "10 bytes of values, the total_size of the index",
      found: "9 in 2 shards"
    ) {
      try $0.writeIndex([("a", one), ("b", one), ("c", two)], totalSize: "10")
    },
    Case("a shard that is no model", .notAModel, in: two, expected: "a model", found: "a file that begins with") {
      try $0.folder.write(Array("hello, this is a text".utf8), to: two)
    },
    Case("a shard that is empty", .notAModel, in: two, expected: "", found: "") { try $0.folder.write([], to: two) },
    Case("a shard that is cut short", .truncated, tensor: "c", in: two, expected: "3 bytes of values", found: "2") {
      try $0.folder.write(Array(try $0.folder.read(two).dropLast()), to: two)
    },
    Case(
      "a shard of our own format", .unsupported, in: two, expected: "a shard of another format",
      found: "a model of the format nnk"
    ) {
      try $0.folder.write(try SampleModels.complete().encoded(), to: two)
    },
    Case("a shard that is an index", .notAModel, in: ShardFolder.indexName, expected: "", found: "") {
      try $0.writeIndex([("c", ShardFolder.indexName)], totalSize: nil)
    },
    Case("a shard that is a folder", .file, expected: "", found: "") {
      try $0.makeFolder("sub")
      try $0.writeIndex([("c", "sub")], totalSize: nil)
    },
    Case(
      "a shard that is a device", .unsupported, expected: "a regular file", found: "\"link\", which is something else"
    ) {
      try $0.link("link", to: "/dev/null")
      try $0.writeIndex([("c", "link")], totalSize: nil)
    },
    Case(
      "two topologies", .inconsistentLayout, in: two, expected: "one topology for all shards",
      found: "another in this one"
    ) {
      for (name, tensor, inputs) in [(one, "a", 1), (two, "c", 2)] {
        var topology = Topology(inputShape: [inputs], preprocessing: .identity, layers: [], loss: nil, classNames: [])
        topology.inputShape = [inputs]
        let model = try Model(
          topology: topology, tensors: [try Tensor(name: tensor, shape: [1], values: [1 as Float])])
        try $0.folder.write(try model.encoded(as: .safetensors), to: name)
      }
      try $0.writeIndex([("a", one), ("c", two)], totalSize: nil)
    },
    Case("more shards than are allowed", .limitExceeded, expected: "at most 4096 shards", found: "4097") {
      try $0.writeIndex((0..<4097).map { ("t\($0)", "s\($0)") }, totalSize: nil)
    },
  ]

  private static let names: [Case] = [
    escape("../x", found: "\"../x\""), escape("/etc/passwd", found: "\"/etc/passwd\""), escape("", found: "\"\""),
    escape("a/../../x", found: "\"a/../../x\""), escape("..", found: "\"..\""), escape("a/..", found: "\"a/..\""),
    escape("x\\u0000y", found: "\"x\\0y\""),
  ]

  private static func text(_ title: String, _ text: String, expected: String, found: String, tensor: String? = nil)
    -> Case
  {
    Case(title, .malformedValue, tensor: tensor, expected: expected, found: found) { try $0.writeIndex(text) }
  }

  private static let texts: [Case] = [
    text(
      "an index without an end", "{\"weight_map\":{", expected: "a name in quotation marks",
      found: "the end of the text"),
    text("a map that is a list", "{\"weight_map\":[]}", expected: "an object of names of files", found: "'['"),
    text("a map of numbers", "{\"weight_map\":{\"a\":1}}", expected: "the name of a file", found: "'1'", tensor: "a"),
    text(
      "a map of lists", "{\"weight_map\":{\"a\":[\"x\"]}}", expected: "the name of a file", found: "'['", tensor: "a"),
    text(
      "a tensor twice", "{\"weight_map\":{\"a\":\"x\",\"a\":\"y\"}}", expected: "each name once", found: "\"a\" twice"),
    text(
      "two maps", "{\"weight_map\":{},\"weight_map\":{}}", expected: "each name once", found: "\"weight_map\" twice"),
    text(
      "no map", "{\"other\":\"\\\"weight_map\\\"\",\"x\":{\"weight_map\":1}}", expected: "the field weight_map",
      found: "none"),
    text(
      "a total that is a string", "{\"metadata\":{\"total_size\":\"9\"},\"weight_map\":{}}",
      expected: "a number of bytes as total_size", found: "a string"),
    text(
      "a total with a fraction", "{\"metadata\":{\"total_size\":9.5},\"weight_map\":{}}",
      expected: "a number of bytes as total_size", found: "a number"),
    text(
      "metadata that are a list", "{\"metadata\":[],\"weight_map\":{}}", expected: "an object of metadata", found: "'['"
    ),
    text("something after the end", "{\"weight_map\":{}} x", expected: "nothing after the value", found: "'x'"),
    Case(
      "deep nesting", .limitExceeded, expected: "values nested at most 32 deep in the index", found: "deeper nesting"
    ) {
      let nested = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
      try $0.writeIndex("{\"weight_map\":{},\"x\":\(nested)}")
    },
  ]

  static let all = contradictions + names + texts

  @Test(arguments: all)
  func `a contradiction has its exact error`(_ example: Case) throws {
    let shards = try ShardFolder()
    try example.change(shards)
    let error = try #require(throws: ModelFormatError.self) { _ = try ModelFiles.open(shards.index) }
    #expect(error.code == example.code && error.tensor == example.tensor, "\(error)")
    if example.code == .file {
      #expect(error.fileError?.reason == .isDirectory && error.fileError?.path.hasSuffix("/sub") == true)
    } else {
      #expect(error.path == shards.folder.file(example.file), "\(error)")
    }
    #expect(error.expected.contains(example.expected) && error.found.contains(example.found), "\(error)")
  }

  @Test func `there are as many of them as were promised`() { #expect(ShardRefusalTests.all.count >= 30) }

  @Test func `no one is blamed for files that were copied together`() throws {
    let shards = try ShardFolder()
    try shards.writeIndex([("a", ShardFolder.first), ("c", ShardFolder.second)], totalSize: nil)
    let error = try #require(throws: ModelFormatError.self) { _ = try ModelFiles.open(shards.index) }
    #expect(error.advice == "index and shards are of different models or versions: copy all files of the model again")
  }

  @Test func `an index in a stream has no folder`() throws {
    let text = try ShardFolder().folder.read(ShardFolder.indexName)
    let error = try readingError(text)
    #expect(error.code == .unsupported && error.found == "a stream")
  }

  @Test func `the limits of the caller are those of all shards together`() throws {
    let shards = try ShardFolder()
    func error(_ change: (inout DecodingLimits) -> Void) throws -> ModelFormatError {
      var limits = DecodingLimits()
      change(&limits)
      return try #require(throws: ModelFormatError.self) { _ = try ModelFiles.open(shards.index, limits: limits) }
    }
    #expect(try error { $0.tensorCount = 2 }.expected == "at most 2 tensors")
    #expect(try error { $0.totalTensorSize = 8 }.path == shards.folder.file(ShardFolder.second))
    #expect(try error { $0.structuredSectionSize = 100 }.expected == "an index of at most 100 bytes")
  }
}

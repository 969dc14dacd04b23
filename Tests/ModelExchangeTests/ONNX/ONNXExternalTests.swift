import ModelFormat
import TestSupport
import Testing

@testable import ModelExchange

/// Values in files beside the model.
struct ONNXExternalTests {
  private typealias B = ONNXBytes

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A model whose only tensor `a` of two floats is elsewhere.
  private func model(_ location: String, offset: String? = nil, length: String? = nil) throws -> String {
    func entry(_ key: String, _ value: String?) -> [UInt8] {
      value.map { B.bytes(13, B.text(1, key) + B.text(2, $0)) } ?? []
    }
    let entries = entry("location", location) + entry("offset", offset) + entry("length", length)
    return try folder.write(B.file(tensor: B.tensor("a", [2], entries + B.integer(14, 1))), to: "model.onnx")
  }

  private func error(_ path: String) throws -> ModelFormatError {
    try #require(throws: ModelFormatError.self) { _ = try ModelFiles.open(path).model() }
  }

  @Test func `values are read from where they are`() throws {
    try folder.write([1, 2, 3, 4] + B.little([5, 6]), to: "w")
    let file = try ModelFiles.open(try model("w", offset: "4", length: "8"))
    #expect(try file.model().tensors[0].bytes == B.little([5, 6]))
    #expect(file.storedByteCount(at: 0) == 0)
  }

  @Test(arguments: ["../w", "/etc/passwd", "a/../../w", "", "w\0"])
  func `no name leads out of the folder`(_ name: String) throws {
    let error = try error(model(name))
    #expect(error.code == .invalidField)
    #expect(error.expected == "the name of a file in the folder of the model")
    #expect(error.tensor == "a")
  }

  @Test func `a file that is missing, too short or a folder is named`() throws {
    #expect(try error(model("missing")).code == .file)
    try folder.write(B.little([5]), to: "w")
    let short = try error(model("w"))
    #expect(short.code == .truncated)
    #expect(short.path == folder.file("w"))
    #expect(short.found == "4 up to the end of the file")
    let far = try error(model("w", offset: "9223372036854775807"))
    #expect(far.code == .truncated)
    #expect(far.found == "0 up to the end of the file")
    #expect(try error(model("w", length: "4")).found == "4")
  }

  @Test func `listing a file of 10 GB takes a few kilobytes, whatever it holds`() throws {
    let size = 10_000_000_000
    let head =
      B.integer(1, 2_500_000_000) + B.integer(2, 1) + B.text(8, "large") + B.varint(9 << 3 | 2)
      + B.varint(UInt64(size))
    let tensor = head.count + size
    let graph = B.varint(5 << 3 | 2) + B.varint(UInt64(tensor)) + head
    let end = B.bytes(5, B.tensor("small", [1], B.raw([1])))
    let start = B.integer(1, 8) + B.varint(7 << 3 | 2) + B.varint(UInt64(graph.count + size + end.count)) + graph
    let source = SparseSource(start: start, hole: size, end: end + B.bytes(8, B.integer(2, 13)))
    let file = try ONNXFile(source, limits: DecodingLimits())
    #expect(file.contents.tensors.map(\.name) == ["large", "small"])
    #expect(file.contents.tensors[0].byteCount == size)
    #expect(source.bytesRead < 16 << 10)
    let last = try file.values(at: 0).withValues(in: size - 8..<size) { Array($0) }
    #expect(last == [UInt8](repeating: 0, count: 8))
  }
}

import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// GGUF files that break the rules are refused, with the place and the evidence.
struct GGUFRefusalTests {
  @Test(arguments: HostileGGUF.all)
  func `a hostile file has its exact error`(_ example: HostileGGUF.Case) throws {
    var file = GGUFBytes.small
    example.change(&file)
    let error = try readingError(file.bytes)
    #expect(error.code == example.code && error.tensor == example.tensor, "\(error)")
    #expect(error.expected.contains(example.expected) && error.found.contains(example.found), "\(error)")
    #expect(error.path == "model" && (error.section != nil || error.code == .duplicateTensor), "\(error)")
  }

  @Test func `there are as many of them as were promised`() { #expect(HostileGGUF.all.count >= 45) }

  @Test func `advice leads on`() throws {
    let bigEndian: GGUFOracle = try Oracle.recorded("gguf_files.json")
    let error = try readingError(bytes(hexadecimal: bigEndian.bigEndian))
    #expect(error.code == .unsupported && error.advice?.contains("gguf-convert-endian FILE little") == true)
    var file = GGUFBytes.small
    file.tensors[0].type = 31
    #expect(try readingError(file.bytes).advice?.hasPrefix("make the file again from the original model") == true)
  }

  @Test func `every truncation is an error`() throws {
    let oracle: GGUFOracle = try Oracle.recorded("gguf_files.json")
    let file = bytes(hexadecimal: try #require(oracle.files["aligned"]).file)
    // The last values may lack the zeros after them.
    for count in 0..<file.count - 44 {
      let error = try readingError(Array(file[..<count]))
      #expect(error.code == (count < 4 ? .notAModel : .truncated), "\(count): \(error)")
    }
    #expect(try readingError(file + [0]).code == .trailingBytes)
  }

  @Test func `the limits of the caller apply`() throws {
    func error(_ change: (inout DecodingLimits) -> Void) throws -> ModelFormatError {
      var limits = DecodingLimits()
      change(&limits)
      var file = GGUFBytes.small
      file.metadata = [GGUFBytes.metadata("a", 0, [1]), GGUFBytes.metadata("b", 0, [1])]
      return try readingError(file.bytes, limits: limits)
    }
    #expect(try error { $0.tensorCount = 0 }.expected == "at most 0 tensors")
    #expect(try error { $0.rank = 0 }.tensor == "t")
    #expect(try error { $0.totalTensorSize = 15 }.tensor == "t")
    #expect(try error { $0.structuredSectionSize = 60 }.expected == "a header of at most 60 bytes")
    #expect(try error { $0.valueCount = 1 }.expected == "at most 1 values of metadata")
  }

  @Test(arguments: 0..<200)
  func `random damage never does worse than an error`(seed: Int) throws {
    let oracle: GGUFOracle = try Oracle.recorded("gguf_files.json")
    var random = SplitMix64(seed: UInt64(seed))
    var file = bytes(hexadecimal: try #require(oracle.files[seed % 2 == 0 ? "plain" : "metadata"]).file)
    let headerSize = min(file.count, 900)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      file[Int.random(in: 0..<headerSize, using: &random)] = UInt8.random(in: 0...255, using: &random)
    }
    guard let reader = try? ModelFiles.open(bytes: file) else { return }
    _ = try? reader.model()
  }
}

import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// Verifying finds all damage, and goes on after it.
struct VerifyingTests {
  /// Fifty small tensors, one of three chunks, one raw in the file if nothing is compressed.
  private func model() throws -> Model {
    var random = SplitMix64(seed: 77)
    var tensors: [Tensor] = []
    for number in 0..<50 {
      tensors.append(try Tensor(name: "small\(number)", shape: [4], values: [1, 2, 3, Float(number)]))
    }
    let values = Values.gaussian(600_000, deviation: 1, &random).map { Float($0) }
    tensors.append(try Tensor(name: "large", shape: [600_000], values: values))
    let moment = try Tensor(name: "large", shape: [3], values: [1, 2, 3] as [Float])
    var model = try Model(
      topology: nil, tensors: tensors, trainingState: try TrainingState(values: [:], tensors: [moment]))
    model.unknownSections = [UnknownSection(type: try SampleModels.type("abCd"), payload: [1, 2, 3])]
    return model
  }

  @Test(arguments: Compression.allCases)
  func aSoundFileHasNoErrors(compression: Compression) throws {
    #expect(try ModelReader(bytes: try model().encoded(compression: compression)).errors().isEmpty)
    #expect(try ModelReader(bytes: try SampleModels.complete().encoded(compression: compression)).errors().isEmpty)
  }

  @Test(arguments: [Compression.fast, .none])
  func damageInManySectionsTheSameErrorsOnAnyNumberOfThreads(compression: Compression) throws {
    var bytes = try model().encoded(compression: compression)
    let sections = try ModelReader(bytes: bytes).sections
    let chunks = sections.filter { $0.type == .chunk }
    let unknown = try #require(sections.first { $0.type.description == "abCd" })
    var damaged: Set<Int> = []
    for chunk in [chunks[3], chunks[49], chunks[50], chunks[chunks.count - 1]] {
      bytes[chunk.offset + 16 + chunk.length - 1] ^= 0x10
      damaged.insert(chunk.offset)
    }
    bytes[unknown.offset + 17] ^= 1
    damaged.insert(unknown.offset)
    let reader = try ModelReader(bytes: bytes)
    let errors = reader.errors(threads: 1)
    #expect(Set(errors.compactMap(\.offset)) == damaged && errors.count == damaged.count)
    #expect(errors.allSatisfy { $0.code == .checksumMismatch && $0.path == "model" })
    #expect(Set(errors.compactMap(\.tensor)) == ["small3", "small49", "large"])
    for threads in [2, 3, 8] { #expect(reader.errors(threads: threads) == errors) }
    #expect(reader.errors(maximumCount: 2) == Array(errors.prefix(2)))
  }

  @Test func everyFlippedBitAfterTheHeaderIsFoundOnOpeningOrOnVerifying() throws {
    let intact = try SampleModels.complete().encoded()
    for index in intact.indices {
      var bytes = intact
      bytes[index] ^= 1 << UInt8(index % 8)
      guard let reader = try? ModelReader(bytes: bytes) else { continue }
      #expect(reader.errors().count == 1, "byte \(index)")
    }
  }

  @Test func aBooleanThatIsNeither0Nor1() throws {
    let description = try TensorDescription(name: "mask", dataType: .boolean, shape: [2_000_000])
    var values = [UInt8](repeating: 1, count: 2_000_000)
    values[1_500_000] = 2
    var chunks = CraftedFile()
    chunks.addTensor("mask", "bool", [2_000_000])
    for start in stride(from: 0, to: values.count, by: 1 << 20) {
      chunks.sections.append(CraftedFile.Section("CHNK", [0] + values[start..<min(start + 1 << 20, values.count)]))
    }
    var raw = CraftedFile()
    raw.addTensor("mask", "bool", [2_000_000], chunkSize: 2_000_000, chunk: [0] + values)
    for bytes in [chunks.bytes, raw.bytes] {
      let reader = try ModelReader(bytes: bytes)
      let errors = reader.errors()
      let error = try #require(errors.first)
      #expect(errors.count == 1 && error.code == .invalidTensor && error.tensor == "mask")
      #expect(error.found == "2 for element 1500000")
      #expect(error.section == "CHNK")
      // Loading refuses it in the same words.
      #expect(throws: error) { _ = try reader.model(threads: 1) }
      #expect(throws: error) { _ = try reader.tensor(named: "mask") }
    }
    let error = try #require(throws: ModelFormatError.self) { _ = try Tensor(description, bytes: values) }
    #expect(error.found == "2 for element 1500000")
  }
}

import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// Reading piece by piece.
struct ModelReaderTests {
  /// Three tensors of noise, which does not compress, of `count` values each.
  private func encoded(count: Int) throws -> [UInt8] {
    var random = SplitMix64(seed: 3)
    var tensors: [Tensor] = []
    for name in ["first", "second", "third"] {
      let values = (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
      tensors.append(try Tensor(name: name, shape: [count], values: values))
    }
    return try Model(
      topology: SampleModels.topology(), tensors: tensors, history: SampleModels.history(), metadata: ["a": 1]
    ).encoded()
  }

  @Test func openingReadsTheSameFewBytesWhateverTheSizeOfTheWeights() throws {
    var costs: [Int] = []
    for count in [1000, 100_000] {
      let source = CountingSource(try encoded(count: count))
      let reader = try ModelReader(source)
      #expect(reader.tensors.map(\.name) == ["first", "second", "third"])
      #expect(reader.topology == SampleModels.topology())
      #expect(reader.fileSize == source.byteCount)
      let container = try ContainerReader(source, limits: DecodingLimits())
      for chunk in container.index.sections where chunk.type == .chunk {
        let range = chunk.offset..<chunk.offset + chunk.length + 20
        #expect(!source.reads.contains { $0.overlaps(range) })
      }
      costs.append(source.bytesRead)
    }
    // The lengths and checksums in the index compress to sizes that differ by some bytes.
    #expect(abs(costs[0] - costs[1]) < 100)
    #expect(costs[1] < 3000)
  }

  @Test func oneTensorIsReadFromItsOwnChunksOnly() throws {
    let source = CountingSource(try encoded(count: 300_000))
    let reader = try ModelReader(source)
    let chunks = try ContainerReader(source, limits: DecodingLimits()).index.sections.filter { $0.type == .chunk }
    #expect(chunks.count == 9)
    source.forget()
    let tensor = try reader.tensor(named: "second")
    #expect(tensor.count == 300_000)
    // Several threads read: in any order.
    let reads = source.reads.sorted { $0.lowerBound < $1.lowerBound }
    #expect(reads == chunks[3..<6].map { $0.offset..<$0.offset + $0.length + 20 })
    #expect(reader.storedByteCount(of: tensor.description) == source.bytesRead)
  }

  /// A tensor is found by name; another name is refused with those that there are.
  @Test func aTensorIsFoundByName() throws {
    let reader = try ModelReader(bytes: try SampleModels.complete().encoded(), name: "sample.nnk")
    #expect(try reader.tensor(named: "hidden.bias").floats() == [0.25, -0.5, 0.125])
    #expect(try reader.description(ofTensorNamed: "mask").shape == [256])
    #expect(try reader.tensor(named: "empty").bytes.isEmpty)
    let error = try #require(throws: ModelFormatError.self) { _ = try reader.tensor(named: "bias") }
    #expect(error.code == .noSuchTensor)
    #expect(error.path == "sample.nnk")
    #expect(error.tensor == "bias")
    #expect(error.expected == #"one of "hidden.weight", "hidden.bias", "mask", "empty""#)
    #expect(error.found == #""bias""#)
  }

  @Test func ofManyNamesTheFirstTwentyAreToldOfNoneThatThereAreNone() throws {
    var file = CraftedFile()
    let none = try ModelReader(bytes: file.bytes)
    var error = try #require(throws: ModelFormatError.self) { _ = try none.tensor(named: "x") }
    #expect(error.expected == "a file with tensors")
    for number in 0..<21 { file.addTensor("t\(number)", "u8", [0]) }
    let many = try ModelReader(bytes: file.bytes)
    error = try #require(throws: ModelFormatError.self) { _ = try many.tensor(named: "x") }
    #expect(error.expected.hasSuffix(#""t18", "t19", …"#))
  }

  @Test func aDescriptionOfAnotherFileIsRefusedEvenUnderANameThatExists() throws {
    let reader = try ModelReader(bytes: CraftedFile.small.bytes)
    let other = try TensorDescription(name: "weights", dataType: .uint8, shape: [4])
    let error = try #require(throws: ModelFormatError.self) { _ = try reader.values(of: other, in: reader.contents) }
    #expect(error.code == .noSuchTensor)
    #expect(reader.storedByteCount(of: other) == 0)
  }

  @Test func damageInOneTensorLeavesTheOthersReadable() throws {
    var bytes = try encoded(count: 1000)
    let chunk = try #require(
      try ContainerReader(MemorySource(bytes, name: ""), limits: DecodingLimits()).index.sections.first {
        $0.type == .chunk
      })
    bytes[chunk.offset + 30] ^= 4
    let reader = try ModelReader(bytes: bytes)
    let error = try #require(throws: ModelFormatError.self) { _ = try reader.tensor(named: "first") }
    #expect(error.code == .checksumMismatch)
    #expect(error.tensor == "first")
    #expect(try reader.tensor(named: "second").count == 1000)
  }

  @Test func aFileThatShrinksWhileItIsReadIsAnErrorNotATrap() throws {
    let folder = try TemporaryFolder()
    let bytes = try encoded(count: 1000)
    let path = try folder.write(bytes, to: "model.nnk")
    let reader = try ModelReader(path: path)
    try folder.write(Array(bytes[..<2000]), to: "model.nnk")
    let error = try #require(throws: ModelFormatError.self) { _ = try reader.model() }
    #expect(error.code == .truncated)
    #expect(error.section == "CHNK")
    #expect(error.path == path)
  }
}

/// Some tensors of a file.
struct SeveralTensorTests {
  @Test func theyAreLoadedInTheOrderOfTheFileEachOnceAndNoOthers() throws {
    var bytes = CraftedFile()
    for (number, name) in ["a", "b", "c", "d"].enumerated() {
      bytes.addTensor(name, "u8", [1], chunk: [name == "b" ? 9 : 0, UInt8(number)])
    }
    let reader = try ModelReader(bytes: bytes.bytes)
    let tensors = try reader.tensors(named: ["d", "a", "d"])
    #expect(tensors.map(\.name) == ["a", "d"])
    #expect(tensors.map(\.bytes) == [[0], [3]])
    #expect(try reader.tensors(named: []).isEmpty)
    var error = try #require(throws: ModelFormatError.self) { _ = try reader.tensors(named: ["a", "x"]) }
    #expect(error.code == .noSuchTensor && error.tensor == "x")
    error = try #require(throws: ModelFormatError.self) { _ = try reader.tensors(named: ["a", "b"]) }
    #expect(error.code == .damagedStream && error.tensor == "b")
  }
}

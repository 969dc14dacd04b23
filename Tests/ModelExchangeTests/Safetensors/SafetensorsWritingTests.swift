import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange
@testable import ModelFormat

/// Safetensors files are written as the safetensors library writes them.
struct SafetensorsWritingTests {
  private func safetensors(_ model: Model) throws -> [UInt8] {
    try ModelFiles.open(bytes: try model.encoded()).encoded(as: .safetensors)
  }

  @Test func aFileOfTheLibraryByteForByte() throws {
    let model = try ModelFiles.open(bytes: SafetensorsBytes.golden).model()
    #expect(try safetensors(model) == SafetensorsBytes.golden)
    // Whatever order the model has them in, the widest types come first, then the names in order.
    let shuffled = try Model(topology: nil, tensors: model.tensors.reversed(), metadata: ["format": "pt"])
    let reader = try ModelFiles.open(bytes: try safetensors(shuffled))
    #expect(reader.tensors.map(\.name) == ["mask", "half", "fc.weight", "fc.bias"])
    let stored = try SafetensorsHeader(MemorySource(try safetensors(shuffled), name: "x"), limits: DecodingLimits())
    #expect(stored.entries.map(\.description.name) == ["fc.bias", "fc.weight", "half", "mask"])
    #expect(stored.metadata.map(\.name) == ["format", "nnkit.tensors"])
    #expect(stored.dataOffset % 8 == 0)
  }

  @Test func aModelOfNothingIsWritten() throws {
    let file = bytes(hexadecimal: "08 00 00 00 00 00 00 00") + Array("{}      ".utf8)
    #expect(try safetensors(try Model(topology: nil, tensors: [])) == file)
  }

  @Test func valuesAreAlignedToTheSizeOfTheirElements() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<10 {
      let file = try safetensors(try SampleModels.random(&random))
      let header = try SafetensorsHeader(MemorySource(file, name: "x"), limits: DecodingLimits())
      for entry in header.entries {
        #expect((header.dataOffset + entry.range.lowerBound) % entry.description.dataType.byteCount == 0)
      }
    }
  }

  /// There and back: the same model, to the last byte of its file.
  @Test(arguments: 0..<24)
  func thereAndBackIsTheSameModelToTheLastByteOfItsFile(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(900 + seed))
    var model = try SampleModels.random(&random)
    model.trainingState = nil
    let file = try safetensors(model)
    let reader = try ModelFiles.open(bytes: file)
    #expect(reader.format == .safetensors)
    let back = try reader.model()
    #expect(back == model)
    #expect(try back.encoded() == model.encoded())
    #expect(try reader.encoded(as: .safetensors) == file)
  }

  /// The complete sample loses its training state and the section that no one knows, and nothing else.
  @Test func theCompleteSampleLosesItsTrainingStateAndTheSectionThatNoOneKnows() throws {
    var model = try SampleModels.complete()
    let back = try ModelFiles.open(bytes: try safetensors(model)).model()
    #expect(model.trainingState != nil && !model.unknownSections.isEmpty)
    model.trainingState = nil
    model.unknownSections = []
    #expect(back == model)
  }

  @Test func metadataWithNamesOfTheirOwnStayTyped() throws {
    let model = try Model(
      topology: nil, tensors: [],
      metadata: ["nnkit.topology": "mine", "nnkit.x": "y", "text": "t", "number": 1.5, "nnkit.n": 2])
    let file = try safetensors(model)
    let header = try SafetensorsHeader(MemorySource(file, name: "x"), limits: DecodingLimits())
    #expect(header.metadata.map(\.name) == ["nnkit.metadata", "text"])
    #expect(
      header.metadata.first?.value
        == "{\"number\":1.5,\"nnkit.n\":2,\"nnkit.x\":\"y\",\"nnkit.topology\":\"mine\"}")
    #expect(try ModelFiles.open(bytes: file).metadata == model.metadata)
  }

  @Test func aModelInMemoryIsWrittenAsItsFileIs() throws {
    let model = try SampleModels.complete()
    #expect(try model.encoded(as: .safetensors) == safetensors(model))
    let folder = try TemporaryFolder()
    try model.save(to: folder.file("a"), as: .safetensors)
    #expect(try folder.read("a") == safetensors(model))
  }

  @Test func aNameThatTheFormatUsesItselfIsRefused() throws {
    let model = try Model(topology: nil, tensors: [try Tensor(name: "__metadata__", shape: [1], values: [1 as Float])])
    let error = #expect(throws: ModelFormatError.self) { try safetensors(model) }
    #expect(error?.code == .invalidTensor && error?.tensor == "__metadata__")
  }

  @Test func aHeaderThatTheSafetensorsLibraryWouldNotReadIsNotWritten() throws {
    #expect(SafetensorsHeader.maximumLength == 100_000_000)
    let model = try Model(topology: nil, tensors: [], metadata: ["text": "abc"])
    let reader = try ModelFiles.open(bytes: try model.encoded())
    // {"__metadata__":{"text":"abc"}} has 31 bytes, and one of padding.
    let sink = try SafetensorsWriter(reader, maximumHeaderLength: 32).write(to: MemorySink(), threads: 1)
    #expect(sink.bytes.count == 40)
    let error = #expect(throws: ModelFormatError.self) {
      try SafetensorsWriter(reader, maximumHeaderLength: 31).write(to: MemorySink(), threads: 1)
    }
    #expect(error?.code == .limitExceeded)
  }

  @Test func savingGoesThroughATemporaryFile() throws {
    let folder = try TemporaryFolder()
    try folder.write(SafetensorsBytes.golden, to: "a")
    let reader = try ModelFiles.open(folder.file("a"))
    let error = #expect(throws: ModelFormatError.self) {
      try reader.save(to: folder.file("a"), as: .safetensors, replacing: false)
    }
    #expect(error?.fileError?.reason == .alreadyExists)
    // Over the file that is being read.
    try reader.save(to: folder.file("a"), as: .safetensors)
    #expect(try folder.read("a") == SafetensorsBytes.golden)
    // Damage to the source shows in the middle of writing, and leaves what was there.
    var damaged = try ModelFiles.open(folder.file("a")).model().encoded(compression: .none)
    damaged[damaged.count / 2] ^= 1
    try folder.write(damaged, to: "damaged")
    if let reader = try? ModelFiles.open(folder.file("damaged")) {
      #expect(throws: ModelFormatError.self) { try reader.save(to: folder.file("a"), as: .safetensors) }
    }
    #expect(try folder.read("a") == SafetensorsBytes.golden)
    #expect(try folder.names() == ["a", "damaged"])
  }
}

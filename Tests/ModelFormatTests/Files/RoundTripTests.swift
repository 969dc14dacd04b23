import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// What is saved comes back.
struct RoundTripTests {
  /// Saves to memory and loads; checks that nothing changed, that bytes repeat, and that saving again gives the same.
  private func expectRoundTrip(_ model: Model, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let bytes = try model.encoded()
    let loaded = try decoded(bytes)
    #expect(loaded == model, sourceLocation: sourceLocation)
    #expect(try model.encoded() == bytes, sourceLocation: sourceLocation)
    #expect(try loaded.encoded() == bytes, sourceLocation: sourceLocation)
    for (left, right) in zip(model.tensors, loaded.tensors) {
      #expect(left.name.utf8.elementsEqual(right.name.utf8), sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: 0..<60)
  func randomModelsOfEveryElementTypeAndRanks0To5(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    try expectRoundTrip(try SampleModels.random(&random))
  }

  @Test func theRandomModelsCoverWhatTheyShould() throws {
    var (ranks, empty, topologies) = (Set<Int>(), 0, 0)
    for seed in 0..<60 {
      var random = SplitMix64(seed: UInt64(seed))
      let model = try SampleModels.random(&random)
      #expect(Set(model.tensors.map(\.dataType)).count == 13)
      ranks.formUnion(model.tensors.map(\.shape.count))
      empty += model.tensors.count { $0.count == 0 }
      topologies += model.topology == nil ? 0 : 1
    }
    #expect(ranks == [0, 1, 2, 3, 4, 5])
    #expect(empty > 50)
    #expect((10...50).contains(topologies))
  }

  @Test func aModelWithEveryKindOfSection() throws { try expectRoundTrip(try SampleModels.complete()) }

  @Test func aModelOfNothingAtAll() throws {
    let model = try Model(topology: nil, tensors: [])
    try expectRoundTrip(model)
    let loaded = try decoded(try model.encoded())
    #expect(loaded.topology == nil)
    #expect(loaded.history.epochs == 0)
  }

  @Test func aHistoryOfColumnsWithoutEpochsAndOneWhoseColumnHasNoName() throws {
    for columns in [[TrainingHistory.Column(name: "loss", values: [])], [.init(name: "", values: [1])]] {
      try expectRoundTrip(try Model(topology: nil, tensors: [], history: TrainingHistory(columns: columns)))
    }
  }

  @Test(arguments: [-8, 0, 8, 1_351_424])
  func tensorsOfAboutAChunkAndOfSeveralNoisyOrAllZero(beyond: Int) throws {
    let description = try TensorDescription(name: "w", dataType: .float64, shape: [(TensorChunk.size + beyond) / 8])
    var random = SplitMix64(seed: 17)
    let noise = [UInt8](unsafeUninitializedCapacity: description.byteCount) { buffer, count in
      for position in stride(from: 0, to: description.byteCount, by: 8) {
        UnsafeMutableRawBufferPointer(buffer).storeBytes(of: random.next(), toByteOffset: position, as: UInt64.self)
      }
      count = description.byteCount
    }
    for bytes in [noise, [UInt8](repeating: 0, count: description.byteCount)] {
      let model = try Model(
        topology: nil,
        tensors: [
          Tensor(description, bytes: bytes), Tensor(name: "behind", shape: [], values: [7] as [Float]),
        ])
      let encoded = try model.encoded()
      #expect(try decoded(encoded) == model)
      let reader = try ModelReader(bytes: encoded)
      let stored = reader.storedByteCount(of: reader.tensors[0])
      #expect(stored <= bytes.count + 21 * (bytes.count / TensorChunk.size + 1))
      #expect(bytes[0] != 0 || stored < 5000)
    }
  }

  /// NaN keeps its bits in tensors; in history and metadata it becomes the one NaN.
  @Test func nanKeepsItsBitsInTensors() throws {
    let payload = Double(bitPattern: 0xFFF0_DEAD_BEEF_0001)
    let model = try Model(
      topology: nil, tensors: [Tensor(name: "w", shape: [2], values: [payload, -0.0])],
      history: TrainingHistory(columns: [.init(name: "loss", values: [payload, -0.0])]),
      metadata: ["loss": .number(payload)])
    let loaded = try decoded(try model.encoded())
    #expect(loaded == model)
    #expect(loaded.tensors[0].doubles().map(\.bitPattern) == [0xFFF0_DEAD_BEEF_0001, 1 << 63])
    #expect(loaded.history["loss"]?.map(\.bitPattern) == [0x7FF8_0000_0000_0000, 1 << 63])
  }

  @Test func aModelGoesThroughAFileAsThroughMemory() throws {
    let folder = try TemporaryFolder()
    let model = try SampleModels.complete()
    try model.save(to: folder.file("model.nnk"))
    #expect(try folder.read("model.nnk") == model.encoded())
    let loaded = try Model(contentsOf: folder.file("model.nnk"))
    #expect(loaded == model)
    try loaded.save(to: folder.file("again.nnk"))
    #expect(try folder.read("again.nnk") == folder.read("model.nnk"))
  }
}

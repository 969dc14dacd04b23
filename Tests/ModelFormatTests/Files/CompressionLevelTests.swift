import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

struct CompressionLevelTests {
  /// Two tensors of several chunks and some small ones, of different types.
  private func large() throws -> Model {
    var random = SplitMix64(seed: 31)
    let weights = Values.gaussian(300_000, deviation: 0.1, &random).map { Float($0) }
    let counters = Values.bytes((0..<150_000).map { Int64($0) })
    return try Model(
      topology: SampleModels.topology(),
      tensors: [
        Tensor(name: "weights", shape: [300, 1000], values: weights),
        Tensor(name: "bias", shape: [3], values: [1, 2, 3] as [Float]),
        Tensor(TensorDescription(name: "counters", dataType: .int64, shape: [150_000]), bytes: counters),
        Tensor(name: "empty", shape: [0], values: [] as [Double]),
      ],
      trainingState: TrainingState(
        values: ["step": 1],
        tensors: [Tensor(name: "weights", shape: [300_000], values: [Float](repeating: 0, count: 300_000))]))
  }

  @Test(arguments: Compression.allCases)
  func theBytesAndTheValuesDoNotDependOnTheNumberOfThreads(compression: Compression) throws {
    let model = try large()
    let one = try model.encoded(compression: compression, threads: 1)
    for threads in [2, 4] {
      let bytes = try model.encoded(compression: compression, threads: threads)
      // Compared here: a failure should not print megabytes.
      let (sameBytes, sameModel) = (bytes == one, try ModelReader(bytes: one).model(threads: threads) == model)
      #expect(sameBytes, "\(threads) threads")
      #expect(sameModel, "\(threads) threads")
    }
    let processors = try model.encoded(compression: compression) == one
    #expect(processors)
  }

  /// Every level is read back; what was read from one writes the bytes of another.
  @Test(arguments: Compression.allCases)
  func everyLevelIsReadBack(compression: Compression) throws {
    let model = try SampleModels.complete()
    let loaded = try decoded(try model.encoded(compression: compression))
    #expect(loaded == model)
    for other in Compression.allCases {
      #expect(try loaded.encoded(compression: other) == model.encoded(compression: other))
    }
  }

  @Test(arguments: Compression.allCases)
  func throughAFileAsThroughMemory(compression: Compression) throws {
    let folder = try TemporaryFolder()
    let model = try SampleModels.complete()
    try model.save(to: folder.file("model.nnk"), compression: compression, threads: 2)
    #expect(try folder.read("model.nnk") == model.encoded(compression: compression))
    #expect(try Model(contentsOf: folder.file("model.nnk")) == model)
  }

  @Test(arguments: DataType.allCases, Compression.allCases)
  func everyTypeAtSizesAboutAChunk(type: DataType, compression: Compression) throws {
    var random = SplitMix64(seed: 32)
    let size = type.byteCount
    let border = TensorChunk.size / size
    for count in [0, 1, 2, 3, border + 1] + (compression == .default ? [border - 1, border] : []) {
      // One plane of a few different bytes, the others noise: each level has something to do.
      var bytes = Values.noise(count * size, &random)
      for index in stride(from: size - 1, to: bytes.count, by: size) { bytes[index] &= type == .boolean ? 1 : 3 }
      let tensors = [
        try Tensor(TensorDescription(name: "w", dataType: type, shape: [count]), bytes: bytes),
        try Tensor(name: "behind", shape: [], values: [7] as [Float]),
      ]
      let encoded = try Model(topology: nil, tensors: tensors).encoded(compression: compression)
      let same = try decoded(encoded).tensors == tensors
      #expect(same, "\(count) elements")
      let chunks = try ContainerReader(MemorySource(encoded, name: ""), limits: DecodingLimits()).index.sections.count
      #expect(chunks == 1 + (count == 0 ? 0 : count > border && compression != .none ? 2 : 1))
    }
  }

  @Test(arguments: Compression.allCases)
  func writingTheSameModelTwiceGivesTheSameBytes(compression: Compression) throws {
    for seed in 0..<10 {
      var random = SplitMix64(seed: UInt64(900 + seed))
      let model = try SampleModels.random(&random)
      var again = SplitMix64(seed: UInt64(900 + seed))
      let bytes = try model.encoded(compression: compression)
      #expect(try SampleModels.random(&again).encoded(compression: compression) == bytes)
      #expect(try decoded(bytes) == model)
    }
  }
}

import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// What readers would refuse is not written.
struct UnreadableModelTests {
  private static let advice = "not written: readers with the default limits would refuse the file"

  private func nested(_ depth: Int) -> AttributeValue {
    (0..<depth).reduce(.integer(1)) { value, _ in .list([value]) }
  }

  private func refusal(_ model: Model) throws -> ModelFormatError {
    let error = try #require(throws: ModelFormatError.self) { _ = try model.encoded() }
    #expect(error.code == .limitExceeded)
    #expect(error.advice == UnreadableModelTests.advice)
    return error
  }

  @Test func valuesNestedTooDeeplyInMetadataALayerOrTheTrainingState() throws {
    // The object of the metadata is at depth 0, its values are at 1; those of a layer are at 4.
    let fitting = try Model(topology: nil, tensors: [], metadata: ["deep": nested(31)])
    #expect(try decoded(try fitting.encoded()) == fitting)
    var model = try Model(topology: nil, tensors: [], metadata: ["deep": nested(32)])
    #expect(try refusal(model).section == "mETA")
    model = try Model(
      topology: nil, tensors: [], trainingState: try TrainingState(values: ["deep": nested(32)]))
    #expect(try refusal(model).section == "tRST")
    var topology = SampleModels.topology()
    topology.layers[1].attributes = ["deep": nested(28)]
    model = try Model(topology: topology, tensors: [])
    #expect(try decoded(try model.encoded()) == model)
    topology.layers[1].attributes = ["deep": nested(29)]
    model = try Model(topology: topology, tensors: [])
    #expect(try refusal(model).expected == "values nested at most 32 deep")
  }

  @Test func ranksOfTensorsAndShapesThoseOfTheTrainingStateToo() throws {
    let fitting = try Tensor(name: "w", shape: [Int](repeating: 1, count: 32), values: [1] as [Float])
    let wide = try Tensor(name: "wide", shape: [Int](repeating: 1, count: 33), values: [1] as [Float])
    #expect(try decoded(try Model(topology: nil, tensors: [fitting]).encoded()).tensors == [fitting])
    #expect(try refusal(try Model(topology: nil, tensors: [fitting, wide])).tensor == "wide")
    let state = try TrainingState(values: [:], tensors: [wide])
    #expect(try refusal(try Model(topology: nil, tensors: [fitting], trainingState: state)).tensor == "wide")
    var topology = SampleModels.topology()
    topology.layers[0].outputShape = wide.shape
    #expect(try refusal(try Model(topology: topology, tensors: [])).section == "TOPO")
  }

  @Test func everyLimitAtItsBorderAndOneBelow() throws {
    let model = try SampleModels.complete()
    let bytes = model.tensors.reduce(0) { $0 + $1.bytes.count }
    let all = bytes + (model.trainingState?.tensors.reduce(0) { $0 + $1.bytes.count } ?? 0)
    for (limit, least) in [
      (\.tensorCount, 6), (\.rank, 2), (\.totalTensorSize, all), (\.sectionCount, 10),
    ] as [(WritableKeyPath<DecodingLimits, Int>, Int)] {
      var limits = DecodingLimits()
      limits[keyPath: limit] = least
      let file = try encoded(model, limits)
      #expect(try ModelReader(bytes: file, limits: limits).model() == model)
      limits[keyPath: limit] = least - 1
      let error = try #require(throws: ModelFormatError.self) { _ = try encoded(model, limits) }
      #expect(error.code == .limitExceeded)
      // The reader agrees.
      #expect(throws: ModelFormatError.self) { _ = try ModelReader(bytes: file, limits: limits).model() }
    }
  }

  @Test(arguments: 0..<40)
  func theWriterRefusesExactlyWhatTheReaderRefuses(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(7700 + seed))
    let model = try SampleModels.random(&random)
    let file = try model.encoded()
    for limit in [\.nesting, \.valueCount, \.structuredSectionSize] as [WritableKeyPath<DecodingLimits, Int>] {
      for value in [1, 2, 3, 4, 5, 8, 20, 50, 100, 200, 300, 500, 1000] {
        var limits = DecodingLimits()
        limits[keyPath: limit] = value
        let isWritten = (try? encoded(model, limits)) != nil
        let isRead = (try? ModelReader(bytes: file, limits: limits).model()) != nil
        #expect(isWritten == isRead, "\(limit) \(value)")
      }
    }
  }

  private func encoded(_ model: Model, _ limits: DecodingLimits) throws(ModelFormatError) -> [UInt8] {
    var writer = try ModelWriter(MemorySink(), compression: .default, threads: 1, limits: limits)
    try writer.write(model)
    return try writer.finish().bytes
  }

  @Test func whatStoodThereStays() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("model.nnk")
    let model = try SampleModels.complete()
    try model.save(to: path)
    var deep = model
    deep.metadata["deep"] = nested(40)
    #expect(throws: ModelFormatError.self) { try deep.save(to: path) }
    #expect(try Model(contentsOf: path) == model)
  }
}

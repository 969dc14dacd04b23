import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

struct TrainingStateTests {
  private func model(_ state: TrainingState?) throws -> Model {
    try Model(
      topology: nil, tensors: [Tensor(name: "w", shape: [2], values: [1, 2] as [Float])], trainingState: state)
  }

  /// It comes back with its values and tensors, which may share names with the model's.
  @Test func itComesBackWithItsValuesAndTensors() throws {
    let state = try TrainingState(
      values: ["step": 12, "random_state": [1, -1, .integer(.min)], "best": .number(.nan), "kind": "adam"],
      tensors: [
        Tensor(name: "w", shape: [2], values: [0.5, 0.25] as [Double]),
        Tensor(name: "w.second", shape: [3], values: [3, 4, 5] as [Float]),
        Tensor(name: "order", shape: [0], values: [] as [Float]),
      ])
    for compression in Compression.allCases {
      let bytes = try model(state).encoded(compression: compression)
      let loaded = try decoded(bytes)
      #expect(loaded == (try model(state)))
      #expect(loaded.trainingState?.tensor(named: "w")?.doubles() == [0.5, 0.25])
      #expect(loaded.trainingState?.tensor(named: "x") == nil)
      #expect(loaded.tensor(named: "w")?.doubles() == [1, 2])
      #expect(try loaded.encoded(compression: compression) == bytes)
    }
  }

  /// A state without tensors, one without values, and one without both differ from none.
  @Test func aStateWithoutTensorsOneWithoutValues() throws {
    let states: [TrainingState?] = [
      nil, try TrainingState(values: [:]), try TrainingState(values: ["a": 1]),
      try TrainingState(values: [:], tensors: [Tensor(name: "m", shape: [], values: [1] as [Float])]),
    ]
    for state in states {
      let bytes = try model(state).encoded()
      #expect(try decoded(bytes).trainingState == state)
      let reader = try ModelReader(bytes: bytes)
      #expect(reader.hasTrainingState == (state != nil))
    }
  }

  @Test func itsTensorsAreNotAmongThoseOfTheModel() throws {
    let reader = try ModelReader(bytes: SampleModels.complete().encoded())
    #expect(reader.tensors.map(\.name) == ["hidden.weight", "hidden.bias", "mask", "empty"])
    #expect(try reader.tensor(named: "hidden.bias").floats() == [0.25, -0.5, 0.125])
    let error = try #require(throws: ModelFormatError.self) { _ = try reader.tensor(named: "velocity") }
    #expect(error.code == .noSuchTensor)
  }

  @Test func openingAFileAndLoadingATensorOfTheModelDoNotReadThem() throws {
    var random = SplitMix64(seed: 51)
    let moments = try Tensor(
      TensorDescription(name: "m", dataType: .uint8, shape: [2_000_000]), bytes: Values.noise(2_000_000, &random))
    let source = CountingSource(try model(TrainingState(values: [:], tensors: [moments])).encoded())
    let reader = try ModelReader(source)
    _ = try reader.tensor(named: "w")
    #expect(source.bytesRead < 1000)
    #expect(try reader.model().trainingState?.tensors == [moments])
  }

  @Test func twoTensorsOfOneNameAreRefusedInMemoryAndInAFile() throws {
    let tensor = try Tensor(name: "m", shape: [], values: [1] as [Float])
    let error = try #require(throws: ModelFormatError.self) {
      _ = try TrainingState(values: [:], tensors: [tensor, tensor])
    }
    #expect(error.code == .duplicateTensor)
    #expect(error.tensor == "m")
    var file = CraftedFile.small
    file.sections.append(CraftedFile.Section("tRST", crafted([:] as Attributes)))
    file.addStateTensor("m", "u8", [1], chunk: [0, 1])
    file.addStateTensor("weights", "u8", [1], chunk: [0, 2])
    #expect(try decoded(file.bytes).trainingState?.tensors.map(\.bytes) == [[1], [2]])
    file.addStateTensor("m", "u8", [1], chunk: [0, 1])
    let inFile = try readingError(file)
    #expect(inFile.code == .duplicateTensor)
    #expect(inFile.section == "INDX" && inFile.tensor == "m")
  }

  @Test func tensorsOfAStateInAFileWithoutOneAreRefused() throws {
    var file = CraftedFile.small
    file.addStateTensor("m", "u8", [1], chunk: [0, 1])
    let error = try readingError(file)
    #expect(error.code == .inconsistentLayout)
    #expect(error.section == "INDX")
    #expect(error.expected == "a section tRST with the tensors of the training state")
    #expect(error.found == "1 such tensors alone")
    file.sections.append(CraftedFile.Section("tRST", crafted([:] as Attributes)))
    #expect(try decoded(file.bytes).trainingState?.tensors.count == 1)
  }

  @Test func tooFewAndTooManyChunksForTheTensorsOfBothAreRefused() throws {
    var file = CraftedFile.small
    file.sections.append(CraftedFile.Section("tRST", crafted([:] as Attributes)))
    file.addStateTensor("m", "u8", [1])
    let few = try readingError(file)
    #expect(few.code == .inconsistentLayout)
    #expect(few.expected == "2 chunks for the tensors of the index" && few.found == "1")
    file.sections.append(CraftedFile.Section("CHNK", [0, 1]))
    _ = try decoded(file.bytes)
    file.sections.append(CraftedFile.Section("CHNK", [0, 1]))
    #expect(try readingError(file).found == "3")
  }

  @Test func limitsCountTheTensorsOfBoth() throws {
    var file = CraftedFile.small
    file.sections.append(CraftedFile.Section("tRST", crafted([:] as Attributes)))
    file.addStateTensor("m", "u8", [3], chunk: [0, 1, 2, 3])
    var limits = DecodingLimits()
    limits.totalTensorSize = 10
    let size = try readingError(file, limits: limits)
    #expect(size.code == .limitExceeded)
    #expect(size.tensor == "m")
    limits = DecodingLimits()
    limits.tensorCount = 1
    let count = try readingError(file, limits: limits)
    #expect(count.code == .limitExceeded)
    #expect(count.expected == "at most 1 tensors" && count.found == "2")
  }

  @Test func valuesThatAreNoAttributesAreRefusedByName() throws {
    var file = CraftedFile.small
    file.sections.append(CraftedFile.Section("tRST", crafted(.object(["a": .bytes([1])]))))
    let error = try readingError(file)
    #expect(error.code == .invalidField)
    #expect(error.section == "tRST")
    #expect(error.expected == #"a boolean, integer, number, string or list at training_state["a"]"#)
  }

  @Test func damageInATensorOfTheStateIsFoundByLoadingAllAndNamesIt() throws {
    var random = SplitMix64(seed: 52)
    let moments = try Tensor(
      TensorDescription(name: "w", dataType: .uint8, shape: [500]), bytes: random.bytes(500))
    var bytes = try model(TrainingState(values: [:], tensors: [moments])).encoded()
    let chunk = try #require(
      try ContainerReader(MemorySource(bytes, name: ""), limits: DecodingLimits()).index.sections.last)
    bytes[chunk.offset + 100] ^= 8
    let reader = try ModelReader(bytes: bytes)
    #expect(try reader.tensor(named: "w").floats() == [1, 2])
    let error = try #require(throws: ModelFormatError.self) { _ = try reader.model() }
    #expect(error.code == .checksumMismatch)
    #expect(error.tensor == "w" && error.offset == chunk.offset)
  }
}

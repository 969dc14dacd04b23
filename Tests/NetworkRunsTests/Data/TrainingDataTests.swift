import IDX
import ModelFormat
import NeuralNetwork
import TestSupport
import Testing

@testable import NetworkRuns

/// Data that cannot be trained with are refused with the evidence, and all others prepared as they should be.
struct TrainingDataTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func samples<Input: IDXElement, Target: IDXElement>(
    _ shape: [Int], _ inputs: [Input], _ targetShape: [Int], _ targets: [Target], name: String = "training"
  ) throws -> IDXSupervisedSamples {
    let files = SampleFiles(samples: folder.file(name + "-inputs"), targets: folder.file(name + "-targets"))
    try IDXArray(dimensions: shape, elements: inputs).write(to: files.samples, replacing: true)
    try IDXArray(dimensions: targetShape, elements: targets).write(to: files.targets, replacing: true)
    return try files.load()
  }

  private func refusal(
    _ training: IDXSupervisedSamples, test: IDXSupervisedSamples? = nil,
    preparation: InputPreparation = InputPreparation()
  ) -> TrainingDataError? {
    #expect(throws: TrainingDataError.self) {
      try TrainingData(training: training, test: test, preparation: preparation)
    }
  }

  @Test func bytesAreBroughtToTheUnitRangeAndNumbersLeftAlone() throws {
    let bytes = try TrainingData(training: samples([2, 1, 2], [0, 255, 51, 102] as [UInt8], [2], [1, 0] as [UInt8]))
    #expect(bytes.preprocessing == Preprocessing(scale: 1 / 255, offset: 0) && bytes.inputShape == [1, 2])
    #expect(bytes.task == .classification(classes: 2) && bytes.droppedSamples == 0 && bytes.test == nil)
    let numbers = try TrainingData(training: samples([2], [0.5, 7] as [Float], [2, 1], [3, 4] as [Double]))
    #expect(numbers.preprocessing == .identity && numbers.inputShape == [1])
    #expect(numbers.task == .regression(outputs: 1))
    #expect(bytes.metadata.task == .classification && numbers.metadata.task == .regression)
    #expect(bytes.metadata.elementType == "uint8" && numbers.metadata.elementType == "float32")
    #expect(bytes.metadata.fingerprint != numbers.metadata.fingerprint && bytes.metadata.missingValues == nil)
  }

  @Test func normalizationFollowsFromTheTrainingData() throws {
    let source = try samples([4], [2, 4, 6, 8] as [Float], [4], [0, 1, 0, 1] as [UInt8])
    func preprocessing(_ normalization: Normalization) throws -> Preprocessing {
      try TrainingData(training: source, preparation: InputPreparation(normalization: normalization)).preprocessing
    }
    #expect(try preprocessing(.none) == .identity)
    #expect(try preprocessing(.range) == Preprocessing(scale: 1.0 / 6, offset: -2.0 / 6))
    let standard = try preprocessing(.standard)
    #expect(abs(standard.scale - 1 / 5.0.squareRoot()) < 1e-12 && abs(standard.offset + 5.0.squareRoot()) < 1e-12)
  }

  @Test func samplesWithMissingValuesAreRefusedFilledOrDropped() throws {
    let source = try samples([3, 2], [1, 2, .nan, 4, 5, 6] as [Float], [3], [0, 1, 1] as [UInt8])
    func data(_ missing: MissingValues) throws -> TrainingData {
      try TrainingData(training: source, preparation: InputPreparation(missing: missing))
    }
    guard case .unusableValues(.training, _, areMissing: true) = refusal(source) else {
      Issue.record("not refused")
      return
    }
    #expect(try data(.drop).training.count == 2 && data(.drop).droppedSamples == 1)
    #expect(try data(.drop).metadata.missingValues == .drop)
    #expect(try data(.zero).training.count == 3 && data(.zero).droppedSamples == 0)
    #expect(try data(.zero).training.inputs.samplesWithMissingValues == [])
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let labels = try samples([2, 2], [1, 2, 3, 4] as [UInt8], [2], [0, 1] as [UInt8])
    let numbers = try samples([2, 2], [1, 2, 3, 4] as [UInt8], [2], [0, 1] as [Float], name: "numbers")
    let pairs = try samples([2, 2], [1, 2, 3, 4] as [UInt8], [2, 2], [0, 1, 2, 3] as [Float], name: "pairs")
    let wide = try samples([1, 3], [1, 2, 3] as [UInt8], [1], [0] as [UInt8], name: "wide")
    let none = try samples([0, 2], [] as [UInt8], [0], [] as [UInt8], name: "none")
    let empty = try samples([1, 0], [] as [UInt8], [1], [0] as [UInt8], name: "empty")
    let large = try samples([1], [1] as [UInt8], [1], [4_096] as [Int32], name: "large")
    #expect(refusal(none) == .noSamples)
    #expect(refusal(empty)?.description == "the training samples hold no values: their shape is 1 × 0 uint8")
    #expect(refusal(labels, test: numbers) == .targetKindsDiffer)
    #expect(refusal(numbers, test: pairs) == .targetWidthsDiffer(training: 1, test: 2))
    #expect(refusal(labels, test: wide) == .shapesDiffer(training: [2], test: [3]))
    #expect(refusal(large) == .labelTooLarge(4_096, maximumClasses: 4_096))
  }

  @Test func numbersThatSinglePrecisionCannotHoldAreRefused() throws {
    let inputs = try samples([2, 2], [0, 1, 2, 1e300] as [Double], [2], [0, 1] as [UInt8])
    let targets = try samples([2], [0, 1] as [Float], [2], [0, -1e300] as [Double], name: "targets")
    #expect(
      refusal(inputs) == .tooLargeForSinglePrecision(.training, areTargets: false, sample: 1, index: 1, value: 1e300))
    #expect(
      refusal(targets) == .tooLargeForSinglePrecision(.training, areTargets: true, sample: 1, index: 0, value: -1e300))
    let small = try samples([2, 2], [0, 1, 2, 3] as [Double], [2], [0, 1] as [UInt8], name: "small")
    #expect(
      refusal(small, test: inputs)
        == .tooLargeForSinglePrecision(.test, areTargets: false, sample: 1, index: 1, value: 1e300))
  }

  @Test func aFolderIsReadByItsNames() throws {
    let data = try TrainingData(folder: Repository.path("samples/digits"))
    #expect(data.task == .classification(classes: 10) && data.inputShape == [8, 8])
    #expect(data.training.count == 1_438 && data.test?.count == 359)
    let files = try DataFiles(folder: Repository.path("samples/sine"))
    #expect(files.paths.count == 4)
    #expect(try TrainingData(files).task == .regression(outputs: 1))
  }
}

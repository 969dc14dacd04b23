import BinaryIO
public import IDX
public import ModelFormat
public import NeuralNetwork

/// The data of a training run, as the network gets them.
public struct TrainingData: Sendable {
  /// What the network learns to answer.
  public let task: TrainingTask
  /// The shape of one sample.
  public let inputShape: [Int]
  /// What was done to raw values.
  public let preprocessing: Preprocessing
  /// What is learned from.
  public let training: Dataset<Float>
  /// What is evaluated after each epoch; nil for nothing.
  public let test: Dataset<Float>?
  /// The training samples that were left out because a value is missing.
  public let droppedSamples: Int
  /// What a model keeps about the data.
  let metadata: RunMetadata
  /// What the inputs of one sample take in memory: bytes stay bytes.
  let bytesPerSample: Int

  /// Reads the files of a folder, by the names that `IDXFolder` looks for.
  ///
  /// - Throws: `IDXError` for the files; otherwise as `init(training:test:preparation:)`.
  public init(folder: String, preparation: InputPreparation = InputPreparation()) throws {
    try self.init(DataFiles(folder: folder), preparation: preparation)
  }

  /// Reads files.
  ///
  /// - Throws: `IDXError` for the files; otherwise as `init(training:test:preparation:)`.
  public init(_ files: DataFiles, preparation: InputPreparation = InputPreparation()) throws {
    try self.init(training: files.training.load(), test: files.test?.load(), preparation: preparation)
  }

  /// Prepares samples. O(n).
  ///
  /// - Throws: `TrainingDataError` for samples that cannot be used or do not fit one another; `NetworkError` for inputs
  ///   without a spread that they could be scaled by.
  public init(
    training source: IDXSupervisedSamples, test: IDXSupervisedSamples? = nil,
    preparation: InputPreparation = InputPreparation()
  ) throws {
    let header = source.samples.header
    inputShape = header.dimensions.count > 1 ? Array(header.dimensions.dropFirst()) : [1]
    bytesPerSample = header.elementsPerItem * (header.elementType == .uint8 ? 1 : MemoryLayout<Float>.stride)
    guard header.elementsPerItem > 0 else { throw TrainingDataError.emptySamples(header) }
    task = try TrainingTask(training: source, test: test)
    try source.requireSinglePrecision(.training)
    try test?.requireSinglePrecision(.test)
    preprocessing = try preparation.preprocessing(for: source.samples)
    training = try source.dataset(.training, task, preprocessing, preparation.missing)
    droppedSamples = header.itemCount - training.count
    self.test = try test.map { [task, preprocessing] test in
      let (expected, found) = (header.dimensions.dropFirst(), test.samples.header.dimensions.dropFirst())
      guard expected == found else {
        throw TrainingDataError.shapesDiffer(training: Array(expected), test: Array(found))
      }
      return try test.dataset(.test, task, preprocessing, preparation.missing)
    }
    var metadata = RunMetadata()
    metadata.task = task.name
    metadata.elementType = "\(header.elementType)"
    metadata.fingerprint = source.fingerprint
    metadata.testSamples = self.test?.count
    metadata.testFingerprint = test?.fingerprint
    if preparation.missing != .refuse { metadata.missingValues = preparation.missing }
    self.metadata = metadata
  }
}

extension IDXSupervisedSamples {
  /// Refuses 64-bit numbers that are too large for 32 bits, with which networks work. They would become infinite. O(n).
  fileprivate func requireSinglePrecision(_ set: SampleSet) throws(TrainingDataError) {
    func check(_ array: IDXArray, areTargets: Bool) throws(TrainingDataError) {
      guard array.header.elementType == .float64 else { return }
      let values = array.elements(as: Double.self)
      guard let index = values.firstIndex(where: { $0.isFinite && !Float($0).isFinite }) else { return }
      let perItem = max(array.header.elementsPerItem, 1)
      throw .tooLargeForSinglePrecision(
        set, areTargets: areTargets, sample: index / perItem, index: index % perItem, value: values[index])
    }
    try check(samples, areTargets: false)
    if case .values(let array) = targets { try check(array, areTargets: true) }
  }

  /// The samples as networks take them.
  fileprivate func dataset(
    _ set: SampleSet, _ task: TrainingTask, _ preprocessing: Preprocessing, _ missing: MissingValues
  ) throws -> Dataset<Float> {
    let all = try Dataset(inputs: DatasetInputs(samples, preprocessing), targets: task.targets(self))
    do { return try all.preparing(missing) } catch {
      throw TrainingDataError.unusableValues(
        set, error, areMissing: missing == .refuse && !all.inputs.samplesWithMissingValues.isEmpty)
    }
  }

  /// Tells whether two runs saw the same data: the CRC-32 of all input values, then of all labels or targets.
  fileprivate var fingerprint: String {
    var checksum = CRC32()
    unsafe samples.bytes.withUnsafeBytes { unsafe checksum.update($0) }
    switch targets {
    case .labels(let labels):
      unsafe labels.map { Int32(truncatingIfNeeded: $0).littleEndian }.withUnsafeBytes { unsafe checksum.update($0) }
    case .values(let values): unsafe values.bytes.withUnsafeBytes { unsafe checksum.update($0) }
    }
    let digits = String(checksum.value, radix: 16)
    return "crc32:" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}

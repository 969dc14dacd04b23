import BinaryIO
import Formatting
import IDX
import ModelFormat
import NeuralNetwork

/// The data of a training run, as the network gets them.
struct TrainingData {
  let task: TrainingTask
  let inputShape: [Int]
  let preprocessing: Preprocessing
  let training: Dataset<Float>
  let test: Dataset<Float>?
  /// The training samples that were left out because a value is missing.
  let droppedSamples: Int
  /// What the model keeps about the data.
  let metadata: Attributes
  /// What the inputs of one sample take in memory: bytes stay bytes.
  let bytesPerSample: Int

  init(
    _ sources: (training: IDXSupervisedSamples, test: IDXSupervisedSamples?), _ options: PreparationOptions
  ) throws {
    let samples = sources.training.samples
    inputShape = samples.header.dimensions.count > 1 ? Array(samples.header.dimensions.dropFirst()) : [1]
    bytesPerSample =
      samples.header.elementsPerItem
      * (samples.header.elementType == .uint8 ? 1 : MemoryLayout<Float>.stride)
    guard samples.header.elementsPerItem > 0 else {
      throw CommandFailure.badData("the training samples hold no values: their shape is \(samples.header)")
    }
    let task = try TrainingTask(training: sources.training, test: sources.test)
    self.task = task
    for (source, name) in [(sources.training, "training"), (sources.test, "test")] {
      guard let source else { continue }
      try InputPreparation.requireFloats(source.samples, "the \(name) samples")
      if case .values(let targets) = source.targets {
        try InputPreparation.requireFloats(targets, "the \(name) targets")
      }
    }
    let preprocessing = try InputPreparation.preprocessing(for: samples, options.normalize)
    self.preprocessing = preprocessing
    let missing = options.missing.value
    func dataset(_ source: IDXSupervisedSamples, _ name: String) throws -> Dataset<Float> {
      let all = try Dataset(
        inputs: InputPreparation.inputs(source.samples, preprocessing), targets: task.targets(source))
      do { return try all.preparing(missing) } catch {
        let isMissing = missing == .refuse && !all.inputs.samplesWithMissingValues.isEmpty
        var advice = ""
        if isMissing {
          advice = "; NaN stands for a missing value: try --missing zero or drop"
        } else if error.code == .valueOutOfRange {
          advice =
            "; infinity does not count as a missing value: if it means one, write NaN in its place and give --missing zero "
            + "or drop"
        }
        throw CommandFailure.badData("the \(name) samples: \(error)\(advice)")
      }
    }
    training = try dataset(sources.training, "training")
    droppedSamples = samples.header.itemCount - training.count
    test = try sources.test.map { test in
      guard test.samples.header.dimensions.dropFirst() == samples.header.dimensions.dropFirst() else {
        throw CommandFailure.badData(
          "the test images have another shape than the training images: expected "
            + "\(Text.shape(Array(samples.header.dimensions.dropFirst()))), found "
            + Text.shape(Array(test.samples.header.dimensions.dropFirst())))
      }
      return try dataset(test, "test")
    }
    var metadata: Attributes = [
      "data.element_type": .string("\(samples.header.elementType)"),
      "data.fingerprint": .string(TrainingData.fingerprint(sources.training)),
    ]
    if missing != .refuse { metadata[InputPreparation.missingValuesKey] = .string(missing.rawValue) }
    self.metadata = metadata
  }

  /// Tells whether two runs saw the same training data: the CRC-32 of all input values, then of all labels or targets.
  private static func fingerprint(_ samples: IDXSupervisedSamples) -> String {
    var checksum = CRC32()
    samples.samples.bytes.withUnsafeBytes { checksum.update($0) }
    switch samples.targets {
    case .labels(let labels):
      labels.map { Int32(truncatingIfNeeded: $0).littleEndian }.withUnsafeBytes { checksum.update($0) }
    case .values(let values): values.bytes.withUnsafeBytes { checksum.update($0) }
    }
    let digits = String(checksum.value, radix: 16)
    return "crc32:" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}

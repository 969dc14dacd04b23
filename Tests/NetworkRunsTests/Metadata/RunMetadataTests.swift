import ModelFormat
import NeuralNetwork
import TestSupport
import Testing

@testable import NetworkRuns

struct RunMetadataTests {
  /// A configuration with every setting at random.
  private func configuration(_ random: inout SplitMix64) throws -> TrainingConfiguration {
    let (low, high) = (Double.random(in: 1e-6..<0.5, using: &random), Double.random(in: 0.5..<0.999, using: &random))
    let optimizers: [Optimizer] = [
      .sgd, .momentum(high), .nesterov(low), .adagrad(epsilon: low), .rmsprop(decay: high, epsilon: low),
      .adam(beta1: low, beta2: high, epsilon: low), .adamw(beta1: high, beta2: low, epsilon: high),
    ]
    #expect(optimizers.map(\.name) == Optimizer.Name.allCases)
    let shapes: [LearningRateSchedule.Shape] = [
      .constant, .step(every: .random(in: 1...9, using: &random), factor: high), .exponential(factor: low),
      .cosine(minimum: low),
    ]
    let clippings: [GradientClipping?] = [nil, .norm(low), .value(high)]
    func pick<Value>(_ values: [Value]) -> Value { values[Int(random.next() % UInt64(values.count))] }
    return try TrainingConfiguration(
      loss: pick(Loss.allCases), optimizer: pick(optimizers), learningRate: low,
      schedule: LearningRateSchedule(pick(shapes), warmUp: pick([0, 7, 1_000])), weightDecay: pick([0, high]),
      clipping: pick(clippings), batchSize: .random(in: 1...4096, using: &random),
      duration: pick([.epochs(3), .iterations(70)]), patience: pick([nil, 4]), sampling: pick(Sampling.allCases),
      seed: pick([0, 1, UInt64(Int64.max), random.next()]), threads: pick([1, 2, 8]))
  }

  @Test func whatARunWritesIsReadBack() throws {
    var random = SplitMix64(seed: 20)
    for _ in 0..<500 {
      let configuration = try configuration(&random)
      var written = RunMetadata()
      // What an earlier run left must not shine through.
      written.record(try self.configuration(&random))
      written.record(configuration)
      let read = RunMetadata(written.attributes)
      #expect(read.loss == configuration.loss && read.optimizer == configuration.optimizer)
      #expect(read.learningRate == configuration.learningRate)
      #expect(read.scheduleShape ?? .constant == configuration.schedule.shape)
      #expect(read.warmUp ?? 0 == configuration.schedule.warmUp)
      #expect(read.weightDecay ?? 0 == configuration.weightDecay && read.clipping == configuration.clipping)
      #expect(read.batchSize == configuration.batchSize && read.duration == configuration.duration)
      #expect(read.patience == configuration.patience && read.sampling == configuration.sampling)
      #expect(read.seed == configuration.seed && read.threads == configuration.threads)
      let names = written.attributes.entries.map(\.name)
      #expect(names.contains("training.epochs") != names.contains("training.iterations"))
      #expect(!(names.contains("training.clip_norm") && names.contains("training.clip_value")))
    }
  }

  @Test func everyOtherEntryIsReadBack() throws {
    var metadata = RunMetadata()
    metadata.generator = "a program 1"
    metadata.elementType = "uint8"
    metadata.fingerprint = "crc32:00000000"
    metadata.testSamples = 359
    metadata.testFingerprint = "crc32:ffffffff"
    metadata.initializer = .normal(standardDeviation: 0.0125)
    metadata.samples = 1_438
    metadata.validationSamples = 0
    metadata.bestEpoch = 3
    metadata.checkpointEpoch = 0
    metadata.interruptedAfter = 71
    metadata.lossCurveValues = [2.5, .infinity, -0.0]
    metadata.lossCurveInterval = 5
    let read = RunMetadata(metadata.attributes)
    #expect(read == metadata && read.attributes.entries.count == 13)
    #expect(read.testSamples == 359 && read.testFingerprint == "crc32:ffffffff")
    #expect(read.generator == "a program 1" && read.elementType == "uint8" && read.fingerprint == "crc32:00000000")
    #expect(read.initializer == .normal(standardDeviation: 0.0125))
    #expect(read.samples == 1_438 && read.validationSamples == 0 && read.bestEpoch == 3 && read.checkpointEpoch == 0)
    #expect(read.interruptedAfter == 71 && read.lossCurveValues == [2.5, .infinity, -0.0])
    for value in MissingValues.allCases {
      metadata.missingValues = value
      #expect(metadata.missingValues == value)
    }
    for value in TrainingTask.Name.allCases {
      metadata.task = value
      #expect(metadata.task == value)
    }
    metadata.task = nil
    #expect(metadata.task == nil && metadata.attributes["training.task"] == nil)
  }

  private static func type(of value: AttributeValue) -> String {
    switch value {
    case .boolean: "boolean"
    case .integer: Int.storedType
    case .number: Double.storedType
    case .string: String.storedType
    case .list(let elements):
      elements.allSatisfy { type(of: $0) == Double.storedType } ? [Double].storedType : "another list"
    }
  }

  /// Files come from anywhere: a value of another kind under a known name counts as none.
  @Test func foreignValuesCountAsAbsent() throws {
    let foreign: [AttributeValue] = [
      .boolean(true), .integer(.min), .integer(.max), .number(.nan), .number(3), .string(""), .string("normal:"),
      .string("step(,)"), .string("\u{0}é"), .list([]), .list([.list([.string("x")])]),
      .list([.number(1), .integer(1)]),
    ]
    let names =
      Mirror(reflecting: MetadataKeys.all).children.compactMap { ($0.value as? any ReadableEntry)?.name }
      + Optimizer.Name.allCases.flatMap { Optimizer($0).settings.map { "training." + $0.name } }
    #expect(names.count > 25)
    for value in foreign {
      var attributes: Attributes = ["acme.note": "kept"]
      for name in names { attributes[name] = value }
      let metadata = RunMetadata(attributes)
      for key in Mirror(reflecting: MetadataKeys.all).children {
        let entry = try #require(key.value as? any ReadableEntry)
        if Self.type(of: value) != entry.storedType { #expect(!entry.isRead(value), "\(value) as \(entry.name)") }
      }
      // None of these traps, whatever they make of it.
      _ = (metadata.optimizer, metadata.duration, metadata.clipping, LossCurve(metadata))
      #expect(metadata.attributes == attributes)
    }
    #expect(RunMetadata(["training.batch_size": 100.0]).batchSize == nil)
    #expect(RunMetadata(["training.learning_rate": 1]).learningRate == nil)
    for text in ["a loss of tomorrow", "", "Cross-Entropy"] {
      #expect(RunMetadata(["training.loss": .string(text)]).loss == nil)
      #expect(RunMetadata(["training.schedule": .string(text)]).scheduleShape == nil)
      #expect(RunMetadata(["training.initializer": .string(text)]).initializer == nil)
    }
    #expect(RunMetadata(["training.loss": "a loss of tomorrow"]).loss == nil)
    #expect(RunMetadata(["training.optimizer": "adam", "training.beta1": "x"]).optimizer == .adam())
  }
}

/// A key of any type.
private protocol ReadableEntry {
  var name: String { get }
  var storedType: String { get }
  func isRead(_ value: AttributeValue) -> Bool
}

extension MetadataKey: ReadableEntry {
  func isRead(_ value: AttributeValue) -> Bool { RunMetadata([name: value])[name] as Value? != nil }
}

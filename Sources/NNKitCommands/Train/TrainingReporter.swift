import Formatting
import NetworkRuns
import NeuralNetwork

/// Tells of a training run, in one form or another.
protocol TrainingReporter: AnyObject {
  func started(_ plan: TrainingPlan) throws
  func progressed(_ progress: TrainingProgress)
  func epochEnded(_ record: EpochRecord, of plan: TrainingPlan) throws
  /// - Parameter checkpoints: the checkpoints that were saved; nil if no one asked for them.
  func ended(
    output: String, records: [EpochRecord], curve: LossCurve?, plan: TrainingPlan, interrupted: Bool,
    bestEpoch: Int?, checkpoints: [String]?
  ) throws
}

/// One JSON object per line on standard output.
final class JSONReporter: TrainingReporter {
  private struct Start: Encodable {
    let event = "start"
    let layers: [String]
    let inputShape: [Int]
    let parameters: Int
    let trainingSamples: Int
    let validationSamples: Int?
    let testSamples: Int?
    let loss: String
    let optimizer: String
    let learningRate: Double
    let batchSize: Int
    let seed: UInt64
    let threads: Int
  }

  private struct Epoch: Encodable {
    let event = "epoch"
    let epoch: Int
    let iterations: Int
    let loss: Double
    let accuracy: Double?
    let validationLoss: Double?
    let validationAccuracy: Double?
    let testLoss: Double?
    let testAccuracy: Double?
    let learningRate: Double
    let seconds: Double
    let samplesPerSecond: Double
  }

  private struct End: Encodable {
    let event = "end"
    let output: String
    let epochs: Int
    let interrupted: Bool
    let bestEpoch: Int?
    let checkpoints: [String]?
  }

  func started(_ plan: TrainingPlan) throws {
    warn(plan.warnings)
    try StandardStream.output.write(
      JSONOutput.line(
        Start(
          layers: plan.network.layerDescriptions.map {
            "\($0.specification.kind) \(Text.shape($0.outputShape))"
          },
          inputShape: plan.network.inputShape, parameters: plan.network.parameterCount,
          trainingSamples: plan.training.count, validationSamples: plan.validation?.count,
          testSamples: plan.test?.count, loss: plan.configuration.loss.rawValue,
          optimizer: plan.configuration.optimizer.name.rawValue, learningRate: plan.configuration.learningRate,
          batchSize: plan.configuration.batchSize, seed: plan.configuration.seed,
          threads: plan.configuration.threads)))
  }

  /// Warnings are for people, and have their place on standard error.
  private func warn(_ warnings: [TrainingWarning]) {
    for warning in warnings { Terminal.logLine("warning: \(warning.text)") }
  }

  func progressed(_ progress: TrainingProgress) {}

  func epochEnded(_ record: EpochRecord, of plan: TrainingPlan) throws {
    try StandardStream.output.write(
      JSONOutput.line(
        Epoch(
          epoch: record.epoch, iterations: record.iterations, loss: record.loss, accuracy: record.accuracy,
          validationLoss: record.validationLoss, validationAccuracy: record.validationAccuracy,
          testLoss: record.testLoss, testAccuracy: record.testAccuracy, learningRate: record.learningRate,
          seconds: record.seconds, samplesPerSecond: record.samplesPerSecond)))
  }

  func ended(
    output: String, records: [EpochRecord], curve: LossCurve?, plan: TrainingPlan, interrupted: Bool,
    bestEpoch: Int?, checkpoints: [String]?
  ) throws {
    warn(plan.warnings(after: records))
    try StandardStream.output.write(
      JSONOutput.line(
        End(
          output: output, epochs: records.count, interrupted: interrupted, bestEpoch: bestEpoch,
          checkpoints: checkpoints)))
  }
}

public import ModelFormat
public import NeuralNetwork

/// What a training run reached, from what a model keeps of it: which epoch was the best, and which one the weights are of.
public struct RunSummary: Equatable, Sendable {
  /// How often the answers were right.
  public struct Accuracy: Equatable, Sendable {
    /// `testAccuracy` or `validationAccuracy`.
    public let column: HistoryColumn
    /// From 0 to 1.
    public let value: Double
    /// The samples that it was measured on, where the model says how many there were.
    public let samples: Int?
    /// The Wilson score interval at 95 %; nil without the number of samples.
    public let interval: ClassificationReport.Interval?
  }

  /// How many epochs the history has.
  public let epochs: Int
  /// The column by which the best epoch was found: the validation loss, else the test loss.
  public let bestColumn: HistoryColumn?
  /// The epoch with the least value in that column, the first of equal ones, counted from 1.
  public let bestEpoch: Int?
  /// The epoch that the weights are of, counted from 1; 0 for a model before training; nil without history.
  public let weightsEpoch: Int?
  /// The accuracy of the weights: on test data, else on validation data.
  public let accuracy: Accuracy?
  /// The values of the epoch that the weights are of.
  public let values: [HistoryColumn: Double]

  /// Whether the weights are of another epoch than the last.
  public var isOfEarlierEpoch: Bool { weightsEpoch.map { $0 < epochs } ?? false }

  /// Reads what a model keeps. O(epochs).
  public init(history: TrainingHistory, metadata: Attributes) {
    let metadata = RunMetadata(metadata)
    epochs = history.epochs
    let judged = RunSummary.judging.first { history[$0]?.contains(where: \.isFinite) == true }
    let best = judged.flatMap { history[$0] }.flatMap { $0.placeOfLeast(finite: true) }
    bestColumn = judged
    bestEpoch = best.map { $0 + 1 }
    // A model that was saved before the first epoch has no history.
    let weightsEpoch =
      history.epochs > 0 ? metadata.savedEpoch(of: history.epochs) : metadata.checkpointEpoch == 0 ? 0 : nil
    self.weightsEpoch = weightsEpoch
    var values: [HistoryColumn: Double] = [:]
    if let weightsEpoch, weightsEpoch > 0 {
      for column in HistoryColumn.allCases { values[column] = history[column]?[weightsEpoch - 1] }
    }
    self.values = values
    accuracy = RunSummary.accuracy(values, metadata)
  }

  /// The columns that epochs are judged by, where they are there: the first of them.
  private static let judging: [HistoryColumn] = [.validationLoss, .testLoss]

  /// The best of some epochs, as `bestEpoch` says; nil where none has a validation or test loss.
  package static func best(of records: [EpochRecord]) -> (epoch: Int, column: HistoryColumn, value: Double)? {
    judging.lazy.compactMap { column in
      records.compactMap { record in
        column.value(of: record).flatMap { $0.isFinite ? (record.epoch, column, $0) : nil }
      }.min { ($0.2, $0.0) < ($1.2, $1.0) }
    }.first
  }

  private static func accuracy(_ values: [HistoryColumn: Double], _ metadata: RunMetadata) -> Accuracy? {
    let columns = [
      (HistoryColumn.testAccuracy, metadata.testSamples), (.validationAccuracy, metadata.validationSamples),
    ]
    for (column, samples) in columns {
      guard let value = values[column], (0...1).contains(value) else { continue }
      let interval = samples.flatMap { samples -> ClassificationReport.Interval? in
        guard samples > 0, let correct = Int(exactly: (value * Double(samples)).rounded()) else { return nil }
        return ClassificationReport.wilsonInterval(correct: correct, total: samples)
      }
      return Accuracy(column: column, value: value, samples: samples, interval: interval)
    }
    return nil
  }
}

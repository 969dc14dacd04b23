public import ModelFormat
public import NeuralNetwork

/// The columns of a training history, in their order. What they mean is in `specs/conventions.md`.
public enum HistoryColumn: String, CaseIterable, Sendable {
  /// The mean loss over the training samples, measured while training went on.
  case loss
  /// The share of right answers, measured like the loss.
  case accuracy
  /// The mean loss over the validation data after the epoch.
  case validationLoss = "validation_loss"
  /// The share of right answers on the validation data.
  case validationAccuracy = "validation_accuracy"
  /// The mean loss over the test data after the epoch.
  case testLoss = "test_loss"
  /// The share of right answers on the test data.
  case testAccuracy = "test_accuracy"
  /// The learning rate of the last mini-batch.
  case learningRate = "learning_rate"
  /// The time of the mini-batches in seconds.
  case seconds
  /// The samples that were learned from.
  case samples

  /// What an epoch gave; nil where it was not measured.
  public func value(of record: EpochRecord) -> Double? {
    switch self {
    case .loss: record.loss
    case .accuracy: record.accuracy
    case .validationLoss: record.validationLoss
    case .validationAccuracy: record.validationAccuracy
    case .testLoss: record.testLoss
    case .testAccuracy: record.testAccuracy
    case .learningRate: record.learningRate
    case .seconds: record.seconds
    case .samples: Double(record.samples)
    }
  }
}

extension TrainingHistory {
  /// The history of epochs that were trained: a column for each quantity that was measured in one of them, with NaN for
  /// the epochs in which it was not.
  ///
  /// - Throws: nothing; the columns have equal lengths. The type is that of the initialiser it calls.
  public init(_ records: [EpochRecord]) throws(ModelFormatError) {
    let columns = HistoryColumn.allCases.compactMap { (column) -> Column? in
      let values = records.map(column.value)
      guard values.contains(where: { $0 != nil }) else { return nil }
      return Column(name: column.rawValue, values: values.map { $0 ?? .nan })
    }
    try self.init(columns: columns)
  }

  /// The values of a column, one for each epoch; nil where the history has none.
  public subscript(column: HistoryColumn) -> [Double]? { self[column.rawValue] }
}

/// How well predicted probabilities fit the true classes.
public struct ClassificationReport: Sendable, Equatable {
  /// A range that holds the true value in 95 % of all cases.
  public struct Interval: Sendable, Equatable {
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double
  }

  /// The numbers of one class. A ratio with a denominator of 0 is nil.
  public struct ClassScores: Sendable, Equatable {
    /// Right among those that were predicted to be of this class.
    public let precision: Double?
    /// Right among those that are of this class.
    public let recall: Double?
    /// 2PR / (P + R), computed as 2·right / (predicted + support).
    public let f1: Double?
    /// How many samples are of this class.
    public let support: Int
  }

  /// The number of samples.
  public let total: Int
  /// The samples whose greatest probability is at their label; of equal ones the first counts.
  public let correct: Int
  /// correct / total.
  public let accuracy: Double
  /// The Wilson score interval of the accuracy with z = 1.959963984540054 (Wilson, 1927).
  public let accuracyInterval: Interval
  /// The mean of −log p(label), with p bounded below by 1e-15 so that one certain mistake stays finite.
  public let logLoss: Double
  /// Σ_b (n_b / n) · |accuracy_b − mean confidence_b| over 15 bins of equal width, ((b−1)/15, b/15], of the
  /// greatest probability (Guo et al., 2017).
  public let expectedCalibrationError: Double
  /// The scores of each class.
  public let classes: [ClassScores]
  /// How often which class was predicted for samples of which class.
  public let confusion: ConfusionCounts

  /// Measures probabilities against labels. Time: O(rows · columns); memory: O(rows + columns).
  ///
  /// - Parameters:
  ///   - probabilities: One row for each sample, one column for each class, each value in 0...1.
  ///   - labels: The true class of each sample.
  /// - Throws: `NetworkError` with the code `countMismatch` if the counts differ or there is no sample,
  ///   `labelOutOfRange`, or `valueOutOfRange` for a probability that is NaN, negative or above 1.001 (rounding
  ///   is forgiven).
  public init<Scalar: NetworkScalar>(
    probabilities: Matrix<Scalar>, labels: [Int]
  ) throws(NetworkError) {
    try Self.check(probabilities, labels)
    let classes = probabilities.columns
    var confusion = ConfusionCounts(classes: classes)
    var calibration = Calibration()
    var correct = 0
    var logLoss = 0.0
    for (row, label) in labels.enumerated() {
      let best = Self.indexOfGreatest(probabilities.row(row))
      confusion.add(truth: label, prediction: best)
      if best == label { correct += 1 }
      calibration.add(confidence: Double(probabilities[row, best]), isCorrect: best == label)
      logLoss -= Self.logarithm(max(Double(probabilities[row, label]), 1e-15))
    }
    total = labels.count
    self.correct = correct
    accuracy = Double(correct) / Double(total)
    accuracyInterval = Self.wilsonInterval(correct: correct, total: total)
    self.logLoss = logLoss / Double(total)
    expectedCalibrationError = calibration.expectedError
    self.classes = Self.scores(confusion)
    self.confusion = confusion
  }

  private static func check<Scalar: NetworkScalar>(
    _ probabilities: Matrix<Scalar>, _ labels: [Int]
  ) throws(NetworkError) {
    guard labels.count == probabilities.rows, !labels.isEmpty else {
      throw NetworkError(
        .countMismatch, at: "classification report", expected: "one or more rows, and as many labels",
        found: "\(probabilities.rows) rows and \(labels.count) labels")
    }
    try Targets<Scalar>.labels(labels, classes: probabilities.columns).validate()
    for (index, value) in probabilities.elements.enumerated() where !(value >= 0 && value <= 1.001) {
      throw NetworkError(
        .valueOutOfRange, at: "probability of sample \(index / probabilities.columns)", expected: "0...1",
        found: "\(value)")
    }
  }

  private static func indexOfGreatest<Scalar: NetworkScalar>(_ values: ArraySlice<Scalar>) -> Int {
    var best = values.startIndex
    for index in values.indices where values[index] > values[best] { best = index }
    return best - values.startIndex
  }

  private static func scores(_ confusion: ConfusionCounts) -> [ClassScores] {
    var (right, support, predicted) = (confusion.zeros, confusion.zeros, confusion.zeros)
    for entry in confusion.entries {
      support[entry.truth] += entry.count
      predicted[entry.prediction] += entry.count
      if entry.truth == entry.prediction { right[entry.truth] += entry.count }
    }
    return right.indices.map { index in
      ClassScores(
        precision: ratio(right[index], predicted[index]), recall: ratio(right[index], support[index]),
        f1: ratio(2 * right[index], predicted[index] + support[index]), support: support[index])
    }
  }

  private static func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}

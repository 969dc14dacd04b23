import NeuralNetwork

/// The JSON form of an evaluation (schema 1). Property names become snake case.
struct EvaluationDocument: Encodable {
  struct Interval: Encodable {
    let lower: Double
    let upper: Double
  }

  struct ClassScores: Encodable {
    let name: String
    let precision: Double?
    let recall: Double?
    let f1: Double?
    let support: Int
  }

  struct Confusion: Encodable {
    /// The names of rows (truth) and columns (prediction).
    let labels: [String]
    /// Nil where there are too many classes for a square of numbers.
    let matrix: [[Int]]?
    /// In its place there: class, prediction and count wherever that is not 0.
    let entries: [[Int]]?
  }

  /// With more classes the confusion is a list: a matrix would be larger than all that it is made from.
  private static let largestMatrix = 256

  let schema = 1
  let samples: Int
  let correct: Int
  let accuracy: Double
  /// The Wilson score interval at 95 %.
  let accuracyInterval: Interval
  /// Nil for a network that was trained with binary cross-entropy.
  let logLoss: Double?
  let binaryCrossEntropy: Double?
  let expectedCalibrationError: Double
  let classes: [ClassScores]
  let confusion: Confusion

  init(_ report: ClassificationReport, _ form: PredictionForm, binaryCrossEntropy: Double?) {
    samples = report.total
    correct = report.correct
    accuracy = report.accuracy
    accuracyInterval = Interval(lower: report.accuracyInterval.lower, upper: report.accuracyInterval.upper)
    logLoss = binaryCrossEntropy == nil ? report.logLoss : nil
    self.binaryCrossEntropy = binaryCrossEntropy
    expectedCalibrationError = report.expectedCalibrationError
    classes = report.classes.enumerated().map { index, scores in
      ClassScores(
        name: form.name(index), precision: scores.precision, recall: scores.recall, f1: scores.f1,
        support: scores.support)
    }
    let isListed = report.confusion.classes > EvaluationDocument.largestMatrix
    confusion = Confusion(
      labels: report.classes.indices.map(form.name), matrix: isListed ? nil : report.confusion.matrix,
      entries: isListed ? report.confusion.entries.map { [$0.truth, $0.prediction, $0.count] } : nil)
  }
}

import NeuralNetwork
import Testing

struct ClassificationReportTests {
  private let probabilities: [[Double]] = [
    [0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4], [0.25, 0.5, 0.25], [0.05, 0.9, 0.05], [0.6, 0.4, 0],
  ]
  private let labels = [0, 1, 2, 0, 1, 1]

  /// NumPy: pred = P.argmax(1) = 0 1 2 1 1 0; −log(P[i, label]).mean(); for each of 15 bins
  /// |accuracy − confidence| weighted by its share. Precision and so on by hand from the matrix.
  @Test func numbersOfASmallExample() throws {
    let report = try ClassificationReport(probabilities: Matrix(probabilities), labels: labels)
    #expect(report.total == 6 && report.correct == 4)
    #expect(report.accuracy == 4.0 / 6)
    #expect(abs(report.logLoss - 0.6506758059631615) < 1e-15)
    #expect(abs(report.expectedCalibrationError - 0.3833333333333333) < 1e-15)
    #expect(report.confusion.matrix == [[1, 1, 0], [1, 2, 0], [0, 0, 1]])
    #expect(report.confusion[1, 0] == 1 && report.confusion[2, 1] == 0)
    #expect(report.confusion.entries.map(\.count) == [1, 1, 1, 2, 1])
    #expect(report.classes.map(\.precision) == [0.5, 2.0 / 3, 1])
    #expect(report.classes.map(\.recall) == [0.5, 2.0 / 3, 1])
    #expect(report.classes.map(\.f1) == [0.5, 2.0 / 3, 1])
    #expect(report.classes.map(\.support) == [2, 3, 1])
    // Python: the formula of Wilson for 4 of 6 with z = 1.959963984540054.
    #expect(abs(report.accuracyInterval.lower - 0.299993315138392) < 1e-15)
    #expect(abs(report.accuracyInterval.upper - 0.9032285888942195) < 1e-15)
  }

  /// A class that never occurs has no recall, one never predicted no precision.
  @Test func aClassThatNeverOccursHasNoRecall() throws {
    let report = try ClassificationReport(
      probabilities: Matrix<Float>([[0.6, 0.4, 0], [0.9, 0.1, 0]]), labels: [0, 1])
    #expect(report.classes[1].precision == nil)
    #expect(report.classes[1].recall == 0)
    #expect(report.classes[1].f1 == 0)
    #expect(report.classes[2].recall == nil && report.classes[2].f1 == nil)
    #expect(report.classes[2].support == 0)
  }

  @Test func allRightAndAllWrongKeepTheIntervalInside0And1() throws {
    let certain = try Matrix<Double>([[1, 0], [1, 0], [1, 0]])
    let right = try ClassificationReport(probabilities: certain, labels: [0, 0, 0])
    #expect(right.accuracyInterval.upper == 1)
    // n / (n + z²) for no mistake among n.
    #expect(abs(right.accuracyInterval.lower - 3 / (3 + 1.959963984540054 * 1.959963984540054)) < 1e-15)
    #expect(right.expectedCalibrationError == 0 && right.logLoss == 0)
    let wrong = try ClassificationReport(probabilities: certain, labels: [1, 1, 1])
    #expect(wrong.accuracyInterval.lower == 0)
    #expect(wrong.expectedCalibrationError == 1)
    #expect(abs(wrong.logLoss - 34.538776394910684) < 1e-12)
  }

  /// A confidence at the edge between two bins belongs to the lower one: 0.6 = 9/15 with 0.55 shares bin 9.
  @Test func binsHoldTheirUpperEdge() throws {
    let report = try ClassificationReport(
      probabilities: Matrix<Double>([[0.6, 0.4], [0.55, 0.45]]), labels: [0, 1])
    #expect(abs(report.expectedCalibrationError - abs(1 - 1.15) / 2) < 1e-15)
  }

  @Test func whatIsNoProbabilityIsRefused() {
    func code(_ rows: [[Double]], _ labels: [Int]) -> NetworkError.Code? {
      networkError { _ = try ClassificationReport(probabilities: Matrix(rows), labels: labels) }?.code
    }
    #expect(code([[0.5, .nan]], [0]) == .valueOutOfRange)
    #expect(code([[-0.1, 1]], [0]) == .valueOutOfRange)
    #expect(code([[0.5, 1.5]], [0]) == .valueOutOfRange)
    #expect(code([[0.5, 0.5]], [2]) == .labelOutOfRange)
    #expect(code([[0.5, 0.5]], [0, 1]) == .countMismatch)
    #expect(code([], []) == .countMismatch)
  }
}

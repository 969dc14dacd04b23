import NeuralNetwork
import Testing

struct RegressionReportTests {
  /// The examples of scikit-learn's manual for r2_score, mean_squared_error and mean_absolute_error.
  @Test func oneOutputIsMeasuredAsByScikitLearn() throws {
    let report = try RegressionReport(
      outputs: Matrix([[2.5], [0.0], [2], [8]]), targets: Matrix([[3], [-0.5], [2], [7]]))
    #expect(report.total == 4)
    #expect(report.overall.meanSquaredError == 0.375)
    #expect(report.overall.meanAbsoluteError == 0.5)
    #expect(abs((report.overall.determination ?? 0) - 0.9486081370449679) < 1e-15)
    #expect(report.outputs == [report.overall])
  }

  @Test func severalOutputsAndTheirMeans() throws {
    let report = try RegressionReport(
      outputs: Matrix([[0.0, 2], [-1, 2], [8, -5]]), targets: Matrix([[0.5, 1], [-1, 1], [7, -6]]))
    #expect(abs(report.overall.meanSquaredError - 0.7083333333333334) < 1e-15)
    #expect(report.overall.meanAbsoluteError == 0.75)
    #expect(abs((report.overall.determination ?? 0) - 0.9368005266622779) < 1e-15)
    #expect(abs(report.outputs[0].meanSquaredError - 0.41666666666666667) < 1e-15)
    #expect(report.outputs[1].meanSquaredError == 1)
    #expect(report.outputs[1].rootMeanSquaredError == 1)
  }

  @Test func theMeanOfTheTargetsHasAnROf0EqualTargetsHaveNone() throws {
    let mean = try RegressionReport(outputs: Matrix([[2.0], [2]]), targets: Matrix([[1], [3]]))
    #expect(mean.overall.determination == 0)
    let equal = try RegressionReport(outputs: Matrix([[2.0, 1], [2, 2]]), targets: Matrix([[3, 1], [3, 2]]))
    #expect(equal.outputs.map(\.determination) == [nil, 1])
    #expect(equal.overall.determination == nil)
  }

  @Test func anOutputThatIsNotFiniteShows() throws {
    let report = try RegressionReport(outputs: Matrix([[Double.nan], [2]]), targets: Matrix([[1], [3]]))
    #expect(report.overall.meanSquaredError.isNaN)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let outputs = try Matrix([[1.0], [2]])
    #expect(
      networkError { _ = try RegressionReport(outputs: outputs, targets: Matrix([[1]])) }?.code == .countMismatch)
    #expect(
      networkError { _ = try RegressionReport(outputs: outputs, targets: Matrix([[1], [.nan]])) }?.code
        == .valueOutOfRange)
    #expect(
      networkError { _ = try RegressionReport(outputs: Matrix<Double>([]), targets: Matrix([])) }?.code
        == .countMismatch)
  }
}

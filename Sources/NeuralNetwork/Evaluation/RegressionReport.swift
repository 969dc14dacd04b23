/// How well predicted numbers fit the true ones.
public struct RegressionReport: Sendable, Equatable {
  /// The numbers of one output, or of all together.
  public struct Scores: Sendable, Equatable {
    /// (1/N) Σ (y − t)².
    public let meanSquaredError: Double
    /// (1/N) Σ |y − t|.
    public let meanAbsoluteError: Double
    /// R² = 1 − Σ(y − t)² / Σ(t − t̄)², at most 1; 0 is as good as the mean of the targets. Nil where all targets are
    /// equal.
    public let determination: Double?

    /// √(mean squared error), in the unit of the targets.
    public var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }
  }

  /// The number of samples.
  public let total: Int
  /// The scores of each output.
  public let outputs: [Scores]
  /// The means of the scores over the outputs; R² only where each output has one.
  public let overall: Scores

  /// Measures outputs against targets. Time: O(rows · columns).
  ///
  /// - Parameters:
  ///   - outputs: One row for each sample, one column for each output.
  ///   - targets: The true values, in the same shape.
  /// - Throws: `NetworkError` with the code `countMismatch` if the shapes differ or there is no value,
  ///   `valueOutOfRange` for a target that is not finite. Outputs may be: the scores tell of it.
  public init<Scalar: NetworkScalar>(
    outputs: Matrix<Scalar>, targets: Matrix<Scalar>
  ) throws(NetworkError) {
    guard outputs.rows == targets.rows, outputs.columns == targets.columns, !targets.elements.isEmpty else {
      throw NetworkError(
        .countMismatch, at: "regression report", expected: "one or more rows of outputs, and as many targets",
        found: "\(outputs.rows) × \(outputs.columns) outputs, \(targets.rows) × \(targets.columns) targets")
    }
    try Targets.values(targets).validate()
    total = outputs.rows
    self.outputs = (0..<outputs.columns).map { Self.scores(outputs, targets, column: $0) }
    let determinations = self.outputs.compactMap(\.determination)
    overall = Scores(
      meanSquaredError: Self.mean(self.outputs.map(\.meanSquaredError)),
      meanAbsoluteError: Self.mean(self.outputs.map(\.meanAbsoluteError)),
      determination: determinations.count == outputs.columns ? Self.mean(determinations) : nil)
  }

  private static func scores<Scalar: NetworkScalar>(
    _ outputs: Matrix<Scalar>, _ targets: Matrix<Scalar>, column: Int
  ) -> Scores {
    let count = Double(targets.rows)
    let mean = (0..<targets.rows).reduce(0) { $0 + Double(targets[$1, column]) } / count
    var (squares, magnitudes, spread) = (0.0, 0.0, 0.0)
    for row in 0..<targets.rows {
      let target = Double(targets[row, column])
      let difference = Double(outputs[row, column]) - target
      squares += difference * difference
      magnitudes += difference.magnitude
      spread += (target - mean) * (target - mean)
    }
    return Scores(
      meanSquaredError: squares / count, meanAbsoluteError: magnitudes / count,
      determination: spread > 0 ? 1 - squares / spread : nil)
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}

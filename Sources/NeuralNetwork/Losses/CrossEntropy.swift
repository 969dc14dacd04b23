#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Losses of outputs that are already there, apart from any network.
extension Loss {
  /// What is added inside the logarithm, so that a probability of 0 gives a finite loss (seed 003).
  public static let probabilityOffset = 1e-7

  /// The cross-entropy of a network that knows nothing and gives each class the same probability: log(classes).
  public static func crossEntropyOfGuessing(classes: Int) -> Double { log(Double(max(classes, 1))) }

  /// −(1/N) Σ_n log(y_n,label + δ) with δ = 1e-7, for probabilities y and index labels.
  ///
  /// - Parameters:
  ///   - probabilities: One row of probabilities for each sample, such as the output of softmax.
  ///   - labels: The class of each sample.
  /// - Throws: `NetworkError` with the code `countMismatch` or `labelOutOfRange`.
  public static func crossEntropy<Scalar: NetworkScalar>(
    probabilities: Matrix<Scalar>, labels: [Int]
  ) throws(NetworkError) -> Double {
    try check(.labels(labels, classes: probabilities.columns), against: probabilities)
    var sum = 0.0
    for (row, label) in labels.enumerated() {
      sum -= log(Double(probabilities[row, label]) + probabilityOffset)
    }
    return sum / Double(probabilities.rows)
  }

  /// −(1/N) Σ_n Σ_k t_nk log(y_nk + δ) with δ = 1e-7, for probabilities y and one-hot rows t.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch`.
  public static func crossEntropy<Scalar: NetworkScalar>(
    probabilities: Matrix<Scalar>, targets: Matrix<Scalar>
  ) throws(NetworkError) -> Double {
    try check(.values(targets), against: probabilities)
    var sum = 0.0
    for (probability, target) in zip(probabilities.elements, targets.elements) where target != 0 {
      sum -= Double(target) * log(Double(probability) + probabilityOffset)
    }
    return sum / Double(probabilities.rows)
  }

  /// (1/N) Σ_n ½ Σ_k (y_nk − t_nk)².
  ///
  /// - Throws: `NetworkError` with the code `countMismatch`.
  public static func squaredError<Scalar: NetworkScalar>(
    outputs: Matrix<Scalar>, targets: Matrix<Scalar>
  ) throws(NetworkError) -> Double {
    try check(.values(targets), against: outputs)
    var sum = 0.0
    for (output, target) in zip(outputs.elements, targets.elements) {
      let difference = Double(output) - Double(target)
      sum += difference * difference
    }
    return 0.5 * sum / Double(outputs.rows)
  }

  private static func check<Scalar: NetworkScalar>(
    _ targets: Targets<Scalar>, against outputs: Matrix<Scalar>
  ) throws(NetworkError) {
    guard outputs.rows >= 1, targets.count == outputs.rows, targets.width == outputs.columns else {
      throw NetworkError(
        .countMismatch, at: "loss",
        expected: "one or more rows and targets of \(outputs.rows) × \(outputs.columns)",
        found: "\(targets.count) × \(targets.width)")
    }
    try targets.validate()
  }
}

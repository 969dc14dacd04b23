extension Loss {
  /// The squared error of a network that always answers with the mean target, the best of all constant answers:
  /// ½ Σ_k σ²_k with σ²_k = (1/N) Σ_n (t_nk − t̄_k)². 0 without targets.
  ///
  /// A label stands for its one-hot vector: ½ (1 − Σ_c p_c²) with p_c the share of class c. O(N · columns).
  public static func squaredErrorOfMean<Scalar: NetworkScalar>(_ targets: Targets<Scalar>) -> Double {
    guard targets.count > 0 else { return 0 }
    let count = Double(targets.count)
    switch targets {
    case .labels(let labels, _):
      var shares: [Int: Double] = [:]
      for label in labels { shares[label, default: 0] += 1 / count }
      return (1 - shares.values.map { $0 * $0 }.sorted().reduce(0, +)) / 2
    case .values(let matrix):
      // Welford's recurrence (1962), as for the scaling of inputs.
      var means = [Double](repeating: 0, count: matrix.columns)
      var squares = 0.0
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          let value = Double(matrix[row, column])
          let difference = value - means[column]
          means[column] += difference / Double(row + 1)
          squares += difference * (value - means[column])
        }
      }
      return squares / count / 2
    }
  }
}

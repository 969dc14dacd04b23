extension ParameterPlane {
  /// How much of the squared distances of a path from its end lies along each direction, from 0 to 1.
  package typealias PathShares = (first: Double, second: Double)

  /// The plane through the last network of a path that the others are nearest to.
  ///
  /// The directions are the two principal ones of the differences θᵢ − θ, perpendicular, of the length of θ, and such
  /// that the first network lies at x, y ≥ 0. They are found from the k × k products of the differences:
  /// O(k² · parameters) for k networks.
  ///
  /// - Parameters:
  ///   - checkpoints: The networks before the last, in the order of training.
  ///   - origin: The last one.
  /// - Throws: `NetworkError` with the code `invalidShape` for a network of another structure, `valueOutOfRange` if a
  ///   parameter is not finite, or if all lie on a line or at one place.
  package static func principal(
    checkpoints: [Network<Scalar>], origin: Network<Scalar>
  ) throws(NetworkError) -> (plane: ParameterPlane, shares: PathShares) {
    var differences: [[Double]] = []
    for (index, checkpoint) in checkpoints.enumerated() {
      guard checkpoint.inputShape == origin.inputShape, checkpoint.layers == origin.layers else {
        throw NetworkError(
          .invalidShape, at: "checkpoint \(index + 1)", expected: "the layers of the model", found: "others")
      }
      _ = try finiteParameters(of: checkpoint)
      differences.append(weightDifference(checkpoint, origin))
    }
    let parameters = try finiteParameters(of: origin)
    let length = weights(of: origin).flatMap(\.range).reduce(0) { $0 + parameters[$1] * parameters[$1] }.squareRoot()
    guard length > 0 else { throw immovable() }
    let products = differences.map { left in differences.map { product(left, $0) } }
    let pairs = SymmetricEigenpairs(products).pairs
    let total = products.indices.reduce(0) { $0 + products[$1][$1] }
    guard pairs.count >= 2, pairs[1].value > 1e-10 * total, total > 0 else {
      throw NetworkError(
        .valueOutOfRange, at: "path", expected: "two checkpoints or more that span a plane with the model",
        found: "\(checkpoints.count), on a line with it or at its place")
    }
    let directions = pairs[..<2].map { pair in
      var direction = [Double](repeating: 0, count: parameters.count)
      for (weight, difference) in zip(pair.vector, differences) {
        for index in direction.indices { direction[index] += weight * difference[index] }
      }
      let factor = length / squaredNorm(direction).squareRoot() * (product(direction, differences[0]) < 0 ? -1 : 1)
      return direction.map { $0 * factor }
    }
    return (
      ParameterPlane(origin: origin, first: directions[0], second: directions[1]),
      (pairs[0].value / total, pairs[1].value / total)
    )
  }
}

/// The eigenvalues of a small symmetric matrix with their eigenvectors, the greatest value first.
///
/// Jacobi's method: rotations make one element after another 0 until nothing is left beside the diagonal. O(n³) for
/// each of a few sweeps. Source: Golub and Van Loan, "Matrix Computations", section 8.5.
struct SymmetricEigenpairs {
  /// Vectors have the length 1.
  let pairs: [(value: Double, vector: [Double])]

  init(_ matrix: [[Double]]) {
    var a = matrix
    let n = matrix.count
    var vectors = (0..<n).map { row in (0..<n).map { $0 == row ? 1.0 : 0.0 } }
    for _ in 0..<100 {
      var rotated = false
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where a[p][q].magnitude > 1e-15 * (a[p][p] * a[q][q]).magnitude.squareRoot() {
          rotated = true
          let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
          let tangent = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
          let cosine = 1 / (tangent * tangent + 1).squareRoot()
          let sine = tangent * cosine
          for k in 0..<n { (a[k][p], a[k][q]) = (cosine * a[k][p] - sine * a[k][q], sine * a[k][p] + cosine * a[k][q]) }
          for k in 0..<n { (a[p][k], a[q][k]) = (cosine * a[p][k] - sine * a[q][k], sine * a[p][k] + cosine * a[q][k]) }
          for k in 0..<n {
            (vectors[k][p], vectors[k][q]) = (
              cosine * vectors[k][p] - sine * vectors[k][q], sine * vectors[k][p] + cosine * vectors[k][q]
            )
          }
        }
      }
      if !rotated { break }
    }
    pairs = (0..<n).map { column in (a[column][column], vectors.map { $0[column] }) }.sorted { $0.value > $1.value }
  }
}

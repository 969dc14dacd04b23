/// The eigenvalues of a small symmetric matrix with their eigenvectors, the greatest value first.
///
/// Jacobi's method: rotations make one element after another 0 until nothing is left off the diagonal. O(n³) for
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

import Testing

@testable import LinearAlgebra

struct LAPACKTests {
  /// The eigenvalues of this matrix are known: 2 − 2 cos(kπ / (n + 1)).
  @Test func `Eigenpairs solve A v = λ v, the least first`() throws {
    let n = 6
    let matrix = (0..<n).flatMap { row in (0..<n).map { $0 == row ? 2.0 : abs($0 - row) == 1 ? -1.0 : 0.0 } }
    let pairs = try LAPACK().eigenpairs(ofSymmetric: matrix, order: n)
    #expect(pairs.map(\.value) == pairs.map(\.value).sorted())
    #expect(abs(pairs.reduce(0) { $0 + $1.value } - 12) < 1e-12)
    // 2 − 2 cos(6π/7)
    #expect(abs(pairs[5].value - 3.801937735804838) < 1e-12)
    for pair in pairs {
      #expect(abs(pair.vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
      for row in 0..<n {
        let product = (0..<n).reduce(0) { $0 + matrix[row * n + $1] * pair.vector[$1] }
        #expect(abs(product - pair.value * pair.vector[row]) < 1e-12)
      }
    }
  }

  @Test func `A matrix without elements has no eigenvalues and no singular values`() throws {
    #expect(try LAPACK().eigenpairs(ofSymmetric: [], order: 0).isEmpty)
    #expect(
      try unsafe LAPACK().singularValues(of: UnsafeMutableBufferPointer(start: nil, count: 0), rows: 0, columns: 3)
        .isEmpty)
  }

  /// numpy.linalg.svd([[1, 2, 3], [4, 5, 6]], compute_uv=False)
  @Test func `Singular values are those of NumPy, also of the transposed matrix`() throws {
    for (elements, rows, columns) in [([1.0, 2, 3, 4, 5, 6], 2, 3), ([1.0, 4, 2, 5, 3, 6], 3, 2)] {
      var matrix = elements
      let values = try unsafe matrix.withUnsafeMutableBufferPointer { (matrix) throws(BLASError) in
        try unsafe LAPACK().singularValues(of: matrix, rows: rows, columns: columns)
      }
      #expect(values.count == 2)
      #expect(abs(values[0] - 9.508032000695724) < 1e-14 * 10 && abs(values[1] - 0.7728696356734838) < 1e-14)
    }
  }
}

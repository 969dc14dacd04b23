import LinearAlgebra
import Testing

@Suite struct MatrixProductTests {
  /// [1 2 3; 4 5 6] · [7 8; 9 10; 11 12] + [1 1; 1 1], worked out by hand.
  @Test func `A product of doubles multiplies row-major matrices and adds`() throws {
    try BLAS.prepare(threads: 1)
    let left: [Double] = [1, 2, 3, 4, 5, 6]
    let right: [Double] = [7, 8, 9, 10, 11, 12]
    var output: [Double] = [1, 1, 1, 1]
    BLAS.shared.doubleProduct(
      BLAS.rowMajor, BLAS.transposition(false), BLAS.transposition(false), 2, 2, 3, 1, left, 3, right, 2, 1, &output, 2)
    #expect(output == [59, 65, 140, 155])
  }

  /// The transpose of [1 2 3; 4 5 6] times itself: element (i, j) is a_1i a_1j + a_2i a_2j.
  @Test func `A product of floats transposes the left matrix`() throws {
    try BLAS.prepare(threads: 2)
    let matrix: [Float] = [1, 2, 3, 4, 5, 6]
    var output = [Float](repeating: .nan, count: 9)
    BLAS.shared.singleProduct(
      BLAS.rowMajor, BLAS.transposition(true), BLAS.transposition(false), 3, 3, 2, 1, matrix, 3, matrix, 3, 0, &output,
      3)
    #expect(output == [17, 22, 27, 22, 29, 36, 27, 36, 45])
  }

  @Test func `More threads than there are addresses for are refused, with what to do`() {
    let threads = Int.max / BLAS.addressesPerThread / 4
    #expect(throws: BLASError.self) { try BLAS.prepare(threads: threads) }
  }
}

/// Eigenvalues and singular values by LAPACK, which OpenBLAS contains: in double precision, on one thread.
///
/// The last bits depend on the version of the library, and on the processor for which it chooses its loops.
@safe
package struct LAPACK: @unchecked Sendable {
  /// `dsyev`: form of the result, triangle, order, matrix, its column stride, eigenvalues, room and its size, state; then
  /// the lengths of the two texts, as Fortran passes them.
  private typealias SymmetricEigen =
    @convention(c) (
      UnsafePointer<CChar>, UnsafePointer<CChar>, UnsafePointer<CInt>, UnsafeMutablePointer<Double>,
      UnsafePointer<CInt>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafePointer<CInt>,
      UnsafeMutablePointer<CInt>, Int, Int
    ) -> Void
  /// `dgesdd`: form of the result, rows, columns, matrix, its column stride, singular values, U and Vᵀ with their column
  /// strides, room and its size, more room, state; then the length of the text.
  private typealias SingularValues =
    @convention(c) (
      UnsafePointer<CChar>, UnsafePointer<CInt>, UnsafePointer<CInt>, UnsafeMutablePointer<Double>,
      UnsafePointer<CInt>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafePointer<CInt>,
      UnsafeMutablePointer<Double>, UnsafePointer<CInt>, UnsafeMutablePointer<Double>, UnsafePointer<CInt>,
      UnsafeMutablePointer<CInt>, UnsafeMutablePointer<CInt>, Int
    ) -> Void

  private let symmetricEigen: SymmetricEigen
  private let singularValues: SingularValues

  /// Loads the library, unless it is there.
  ///
  /// - Throws: `BLASError` if the library is not installed or has no LAPACK, or the system has no memory for it.
  package init() throws(BLASError) {
    try BLAS.prepare(threads: 1)
    let library = BLAS.shared.library
    unsafe symmetricEigen = unsafeBitCast(try library.symbol("dsyev_"), to: SymmetricEigen.self)
    unsafe singularValues = unsafeBitCast(try library.symbol("dgesdd_"), to: SingularValues.self)
  }

  /// The eigenvalues of a symmetric matrix with their eigenvectors, the least first. O(n³).
  ///
  /// - Parameters:
  ///   - matrix: n × n numbers, all finite.
  ///   - order: n.
  /// - Returns: λ, and for each a vector of length 1 whose sign means nothing.
  /// - Throws: `BLASError.notConverged`.
  package func eigenpairs(
    ofSymmetric matrix: [Double], order: Int
  ) throws(BLASError) -> [(value: Double, vector: [Double])] {
    guard order > 0 else { return [] }
    var (vectors, values) = (matrix, [Double](repeating: 0, count: order))
    var (n, stride, state) = (CInt(order), CInt(order), CInt(0))
    var (form, triangle) = (CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")))
    // The first call asks how much room the second one wants.
    var (room, size) = ([0.0], CInt(-1))
    for _ in 0..<2 {
      unsafe symmetricEigen(&form, &triangle, &n, &vectors, &stride, &values, &room, &size, &state, 1, 1)
      guard size < 0 else { break }
      size = CInt(clamping: max(1, Int(room[0])))
      room = [Double](repeating: 0, count: Int(size))
    }
    guard state == 0 else { throw .notConverged("dsyev") }
    return values.indices.map { index in (values[index], Array(vectors[index * order..<(index + 1) * order])) }
  }

  /// The singular values of a matrix, the greatest first. O(rows · columns · min(rows, columns)).
  ///
  /// - Parameters:
  ///   - matrix: rows × columns numbers, all finite; they are used up. Transposed or not makes no difference.
  ///   - rows: the number of rows.
  ///   - columns: the number of columns.
  /// - Returns: min(rows, columns) numbers that are not negative.
  /// - Throws: `BLASError.notConverged`.
  package func singularValues(
    of matrix: UnsafeMutableBufferPointer<Double>, rows: Int, columns: Int
  ) throws(BLASError) -> [Double] {
    let least = min(rows, columns)
    guard least > 0, let elements = matrix.baseAddress else { return [] }
    // LAPACK goes down the columns.
    var (m, n, state) = (CInt(columns), CInt(rows), CInt(0))
    var (stride, leftStride, rightStride) = (m, CInt(1), CInt(1))
    var values = [Double](repeating: 0, count: least)
    var (integers, left, right) = ([CInt](repeating: 0, count: 8 * least), [0.0], [0.0])
    var form = CChar(UInt8(ascii: "N"))
    // The first call asks how much room the second one wants.
    var (room, size) = ([0.0], CInt(-1))
    for _ in 0..<2 {
      unsafe singularValues(
        &form, &m, &n, elements, &stride, &values, &left, &leftStride, &right, &rightStride, &room, &size, &integers,
        &state, 1)
      guard size < 0 else { break }
      size = CInt(clamping: max(1, Int(room[0])))
      room = [Double](repeating: 0, count: Int(size))
    }
    guard state == 0 else { throw .notConverged("dgesdd") }
    return values
  }
}

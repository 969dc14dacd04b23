import LinearAlgebra
import ModelFormat

/// How much work on whole matrices a comparison may still do: they are held in memory, and singular values take a time
/// of rows · columns · min(rows, columns).
struct MatrixBudget {
  /// The largest matrix: 2 × 32 MiB as `Double`.
  static let maximumElements = 1 << 22
  /// The largest product rows · columns · min(rows, columns): about a tenth of a second.
  static let maximumProduct = 1 << 28

  private var products = 1 << 29
  private var elements = 1 << 24

  /// Whether the singular values of a matrix may be computed, which uses up the work.
  mutating func takeSpectrum(rows: Int, columns: Int) -> Bool {
    guard rows > 1, columns > 1, rows <= MatrixBudget.maximumElements / columns else { return false }
    let product = rows * columns * min(rows, columns)
    guard product <= MatrixBudget.maximumProduct, product <= products else { return false }
    products -= product
    return true
  }

  /// Whether a matrix may be held against a transposed one, which uses up the work.
  mutating func takeTransposition(elements count: Int) -> Bool {
    guard count <= MatrixBudget.maximumElements, count <= elements else { return false }
    elements -= count
    return true
  }
}

/// Two tensors that differ, as matrices.
struct MatrixPair {
  private let left: TensorPair.Side
  private let right: TensorPair.Side
  private let values: ValueDifference?

  /// nil where the tensors are no matrices of floating-point numbers, or do not differ.
  init?(_ pair: TensorPair, _ values: ValueDifference?) {
    guard let left = pair.left, let right = pair.right, values?.place != nil || values == nil,
      left.description.shape.count >= 2, right.description.shape.count >= 2,
      left.description.dataType.isFloatingPoint, right.description.dataType.isFloatingPoint,
      left.description.count > 0, right.description.count > 0
    else { return nil }
    self.left = left
    self.right = right
    self.values = values
  }

  /// Whether the right matrix is the left one with rows and columns exchanged, value for value.
  func isTransposed(_ budget: inout MatrixBudget) throws(ModelFormatError) -> Bool {
    let shape = left.description.shape
    guard shape.count == 2, right.description.shape == shape.reversed(),
      budget.takeTransposition(elements: left.description.count)
    else { return false }
    let (a, b) = (try numbers(left), try numbers(right))
    let (rows, columns) = (shape[0], shape[1])
    for row in 0..<rows {
      for column in 0..<columns {
        let (x, y) = (a[row * columns + column], b[column * rows + row])
        if x != y && !(x.isNaN && y.isNaN) { return false }
      }
    }
    return true
  }

  /// The singular values of the difference; nil where there is a mismatch among the values, where it would take too long,
  /// and where there is no LAPACK to compute them.
  func spectrum(_ budget: inout MatrixBudget) throws(ModelFormatError) -> DifferenceSpectrum? {
    guard let values, values.nonFinite == 0, values.maximumAbsoluteDifference.isFinite else { return nil }
    let shape = left.description.shape
    let rows = shape[0]
    let columns = left.description.count / rows
    guard budget.takeSpectrum(rows: rows, columns: columns), let lapack = try? LAPACK() else { return nil }
    var difference = try numbers(right)
    let other = try numbers(left)
    for index in difference.indices {
      // Equal infinities, and two NaNs, are no difference.
      difference[index] = difference[index] == other[index] || other[index].isNaN ? 0 : difference[index] - other[index]
    }
    let singular = unsafe difference.withUnsafeMutableBufferPointer { buffer in
      unsafe try? lapack.singularValues(of: buffer, rows: rows, columns: columns)
    }
    return singular.flatMap { DifferenceSpectrum(rows: rows, columns: columns, singularValues: $0) }
  }

  private func numbers(_ side: TensorPair.Side) throws(ModelFormatError) -> [Double] {
    try unsafe side.pieces.values.withValues(in: 0..<side.description.byteCount) { bytes in
      unsafe [Double](unsafeUninitializedCapacity: side.description.count) { buffer, count in
        count = unsafe ElementDecoder.decode(bytes, of: side.description.dataType, into: buffer)
      }
    }
  }
}

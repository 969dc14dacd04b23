import LinearAlgebra
import ModelFormat

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

  /// Rows and columns of Δ; nil where there is a mismatch among the values, and for what is no more than a vector.
  private var size: (rows: Int, columns: Int)? {
    guard let values, values.nonFinite == 0, values.maximumAbsoluteDifference.isFinite else { return nil }
    let (rows, count) = (left.description.shape[0], left.description.count)
    return rows > 1 && count > rows ? (rows, count / rows) : nil
  }

  /// What is known of the singular values, and why it is not more.
  typealias Outcome = (spectrum: DifferenceSpectrum?, obstacle: SpectrumObstacle?)

  /// All singular values of Δ, summed up; nil where Δ has none, and where they would take too long.
  func completeSpectrum(
    _ budget: inout MatrixBudget, _ solver: SingularValueSolver
  ) throws(ModelFormatError) -> Outcome? {
    guard let (rows, columns) = size, budget.takeSpectrum(rows: rows, columns: columns) else { return nil }
    var elements: [Double] = []
    elements.reserveCapacity(rows * columns)
    try unsafe difference.forEachBlock { unsafe elements.append(contentsOf: $0) }
    switch solver.singularValues(&elements, rows, columns) {
    case .success(let values): return (DifferenceSpectrum(rows: rows, columns: columns, singularValues: values), nil)
    case .failure(let error): return (nil, .library(error.description))
    }
  }

  /// σ₁ of Δ by the iteration of Lanczos, and what follows from it; nil where Δ is a vector or has a mismatch.
  func largestOnly(_ budget: inout MatrixBudget) throws(ModelFormatError) -> Outcome? {
    guard let (rows, columns) = size, let rootMeanSquare = values?.rmsDifference else { return nil }
    guard columns <= SpectrumCost.maximumColumnCount else { return (nil, .tooLarge) }
    guard budget.takeIteration(elements: left.description.count) else { return (nil, .tooMuchWork) }
    let matrix: MatrixRows
    do throws(SpectrumError) { matrix = try MatrixRows(difference, rows: rows, columns: columns) } catch {
      if case .values(let error) = error { throw error }
      return nil
    }
    let found = try LanczosIteration.largestSingularValue(
      of: matrix, maximumStepCount: budget.maximumStepCount, tolerance: MatrixPair.tolerance)
    let unit = Double(sign: .plus, exponent: matrix.exponent, significand: 1)
    let spectrum = DifferenceSpectrum(
      rows: rows, columns: columns, sigma1: found.value * unit, rootMeanSquare: rootMeanSquare)
    return (spectrum, found.isSettled ? nil : .notSettled)
  }

  /// Five digits of σ₁ are more than are shown.
  private static let tolerance = LanczosIteration.settledTolerance

  private var difference: MatrixElements { MatrixElements(from: left.pieces, to: right.pieces) }

  private func numbers(_ side: TensorPair.Side) throws(ModelFormatError) -> [Double] {
    try unsafe side.pieces.values.withValues(in: 0..<side.description.byteCount) { bytes in
      unsafe [Double](unsafeUninitializedCapacity: side.description.count) { buffer, count in
        count = unsafe ElementDecoder.decode(bytes, of: side.description.dataType, into: buffer)
      }
    }
  }
}

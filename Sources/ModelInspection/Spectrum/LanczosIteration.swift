import ModelFormat

/// σ₁ of a matrix A by the iteration of Lanczos on AᵀA, which needs a few vectors and one walk through A for each step.
///
/// Source: C. Lanczos, 1950; G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th edition, section 10.1. Like the
/// power iteration it multiplies by AᵀA again and again; but it keeps what it saw on the way, and so needs tens of steps
/// where the power iteration needs thousands. Without orthogonalisation it finds the greatest value repeatedly, which does
/// no harm to that value.
struct LanczosIteration {
  /// No more steps than this.
  static let maximumStepCount = 300
  /// It ends when σ₁² has changed by less than this fraction in each of the last three steps.
  static let tolerance = 1e-10

  /// A change by less than this fraction in each of the last three steps leaves the first five digits of σ₁ as they are.
  static let settledTolerance = 1e-5

  /// What the steps have led to.
  struct Outcome: Equatable {
    /// σ₁ of the scaled elements; never more than the true one, but for rounding.
    let value: Double
    /// Whether the last steps changed none of the first five digits. Where they did, σ₁ may be greater.
    let isSettled: Bool
  }

  private let matrix: MatrixRows
  private var current: [Double]
  private var previous: [Double]
  /// AᵀA seen from the directions so far, a tridiagonal matrix.
  private var diagonal: [Double] = []
  private var offDiagonal: [Double] = []

  private init(_ matrix: MatrixRows) {
    self.matrix = matrix
    previous = [Double](repeating: 0, count: matrix.columns)
    var random = SeededNumbers(seed: 0)
    current = (0..<matrix.columns).map { _ in Double.random(in: -1..<1, using: &random) }
    LanczosIteration.normalize(&current)
  }

  /// σ₁ of the scaled elements. O(steps · elements) time.
  static func largestSingularValue(
    of matrix: MatrixRows, maximumStepCount: Int = LanczosIteration.maximumStepCount,
    tolerance: Double = LanczosIteration.tolerance
  ) throws(ModelFormatError) -> Outcome {
    if matrix.isZero { return Outcome(value: 0, isSettled: true) }
    var iteration = LanczosIteration(matrix)
    var (estimate, quietSteps, settledSteps, isSettled) = (0.0, 0, 0, false)
    for _ in 0..<maximumStepCount {
      let goesOn = try iteration.step()
      let value = iteration.largestEigenvalue(from: estimate)
      quietSteps = value - estimate <= tolerance * value ? quietSteps + 1 : 0
      settledSteps = value - estimate <= settledTolerance * value ? settledSteps + 1 : 0
      estimate = value
      isSettled = !goesOn || settledSteps >= 3
      if !goesOn || quietSteps == 3 { break }
    }
    return Outcome(value: estimate.squareRoot(), isSettled: isSettled)
  }

  /// One more direction. False where there is none.
  private mutating func step() throws(ModelFormatError) -> Bool {
    var next = [Double](repeating: 0, count: matrix.columns)
    try current.withProduct(matrix, into: &next)
    let beta = offDiagonal.last ?? 0
    var alpha = 0.0
    for index in next.indices { alpha += next[index] * current[index] }
    for index in next.indices { next[index] -= alpha * current[index] + beta * previous[index] }
    diagonal.append(alpha)
    let length = LanczosIteration.normalize(&next)
    // Nothing is left but what rounding put there.
    guard length > 1e-14 * alpha.magnitude else { return false }
    offDiagonal.append(length)
    (previous, current) = (current, next)
    return true
  }

  /// The greatest eigenvalue of the tridiagonal matrix, by bisection: below x lie as many eigenvalues as there are
  /// negative pivots of T − x (Golub and Van Loan, section 8.4.1).
  ///
  /// - Parameter least: what it is at least. It grows from step to step.
  private func largestEigenvalue(from least: Double) -> Double {
    var high = 0.0
    for (index, value) in diagonal.enumerated() {
      let before = index > 0 ? offDiagonal[index - 1] : 0
      let after = index < diagonal.count - 1 ? offDiagonal[index] : 0
      high = max(high, value + before + after)
    }
    var low = max(least, diagonal.max() ?? 0)
    // Half of the interval until it is between neighbours.
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return middle }
      if allEigenvaluesAreBelow(middle) { high = middle } else { low = middle }
    }
  }

  private func allEigenvaluesAreBelow(_ bound: Double) -> Bool {
    var pivot = 1.0
    for (index, value) in diagonal.enumerated() {
      let before = index > 0 ? offDiagonal[index - 1] : 0
      pivot = value - bound - before * before / pivot
      if pivot >= 0 { return false }
    }
    return true
  }

  @discardableResult
  private static func normalize(_ vector: inout [Double]) -> Double {
    var squares = 0.0
    for value in vector { squares += value * value }
    let length = squares.squareRoot()
    guard length > 0 else { return 0 }
    for index in vector.indices { vector[index] /= length }
    return length
  }
}

extension [Double] {
  /// AᵀA x for this x: Σ over the rows a of (a · x) a.
  fileprivate func withProduct(_ matrix: MatrixRows, into result: inout [Double]) throws(ModelFormatError) {
    let vector = self
    // The pointers are good for the whole walk, whose errors are carried out of the closures.
    var failure: ModelFormatError?
    unsafe vector.withUnsafeBufferPointer { x in
      unsafe result.withUnsafeMutableBufferPointer { sums in
        do throws(ModelFormatError) {
          try unsafe matrix.forEachRow { row in
            let product = unsafe row.product(with: x)
            unsafe row.add(times: product, to: sums)
          }
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }
}

extension UnsafeBufferPointer<Double> {
  /// Σ aᵢ bᵢ of as many.
  fileprivate func product(with other: UnsafeBufferPointer<Double>) -> Double {
    var sum = SIMD8<Double>()
    let whole = count / 8
    for index in 0..<whole {
      sum += unsafe vector(at: index, filling: 0) * other.vector(at: index, filling: 0)
    }
    var rest = 0.0
    for index in whole * 8..<count { rest += unsafe self[index] * other[index] }
    return sum.sum() + rest
  }

  /// sᵢ ← sᵢ + factor · aᵢ.
  fileprivate func add(times factor: Double, to sums: UnsafeMutableBufferPointer<Double>) {
    for index in 0..<count { unsafe sums[index] += unsafe factor * self[index] }
  }
}

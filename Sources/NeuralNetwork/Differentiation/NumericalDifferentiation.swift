/// Derivatives by central differences: (f(x + h) − f(x − h)) / 2h, with an error of O(h²).
///
/// Slow, and limited by rounding, but it needs nothing but the function: the yardstick for derivatives that
/// were worked out by hand.
public enum NumericalDifferentiation {
  /// h where none is given.
  public static let defaultStep = 1e-4

  /// f′(x) for f: R → R.
  public static func derivative(
    of function: (Double) -> Double, at x: Double, step: Double = defaultStep
  ) -> Double {
    (function(x + step) - function(x - step)) / (2 * step)
  }

  /// (∂f/∂x₁, …, ∂f/∂xₙ) for f: Rⁿ → R, with 2n evaluations.
  public static func gradient(
    of function: ([Double]) -> Double, at x: [Double], step: Double = defaultStep
  ) -> [Double] {
    var point = x
    return x.indices.map { index in
      point[index] = x[index] + step
      let above = function(point)
      point[index] = x[index] - step
      let below = function(point)
      point[index] = x[index]
      return (above - below) / (2 * step)
    }
  }

  /// The matrix of ∂f/∂X[i, j] for a function of a matrix, with two evaluations for each element.
  public static func gradient(
    of function: (Matrix<Double>) -> Double, at x: Matrix<Double>, step: Double = defaultStep
  ) -> Matrix<Double> {
    let elements = gradient(
      of: { function(Matrix(uncheckedRows: x.rows, columns: x.columns, elements: $0)) }, at: x.elements,
      step: step)
    return Matrix(uncheckedRows: x.rows, columns: x.columns, elements: elements)
  }
}

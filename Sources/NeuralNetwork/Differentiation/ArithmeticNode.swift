/// A node of a computational graph that joins two numbers, with its way back.
///
/// With z = f(x, y) and the gradient ∂L/∂z that comes from the output, the chain rule gives ∂L/∂x = ∂L/∂z · ∂z/∂x and
/// ∂L/∂y = ∂L/∂z · ∂z/∂y (seed 001). A batch is a matrix: each element is a node of its own.
public enum ArithmeticNode: Sendable, CaseIterable {
  /// z = x + y: the gradient goes to both sides as it is.
  case add
  /// z = x · y: the gradient goes to each side times the value of the other.
  case multiply

  /// z.
  public func forward<Scalar: NetworkScalar>(_ x: Scalar, _ y: Scalar) -> Scalar {
    switch self {
    case .add: x + y
    case .multiply: x * y
    }
  }

  /// (∂L/∂x, ∂L/∂y) at (x, y).
  ///
  /// - Parameter gradient: ∂L/∂z.
  public func backward<Scalar: NetworkScalar>(_ x: Scalar, _ y: Scalar, gradient: Scalar) -> (x: Scalar, y: Scalar) {
    switch self {
    case .add: (gradient, gradient)
    case .multiply: (gradient * y, gradient * x)
    }
  }

  /// z of each pair of elements.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch` if the shapes differ.
  public func forward<Scalar: NetworkScalar>(
    _ x: Matrix<Scalar>, _ y: Matrix<Scalar>
  ) throws(NetworkError) -> Matrix<Scalar> {
    try Self.check(y, like: x)
    return Matrix(
      uncheckedRows: x.rows, columns: x.columns, elements: zip(x.elements, y.elements).map { forward($0, $1) })
  }

  /// (∂L/∂x, ∂L/∂y) of each pair of elements.
  ///
  /// - Parameter gradient: ∂L/∂z.
  /// - Throws: `NetworkError` with the code `countMismatch` if the shapes differ.
  public func backward<Scalar: NetworkScalar>(
    _ x: Matrix<Scalar>, _ y: Matrix<Scalar>, gradient: Matrix<Scalar>
  ) throws(NetworkError) -> (x: Matrix<Scalar>, y: Matrix<Scalar>) {
    try Self.check(y, like: x)
    try Self.check(gradient, like: x)
    let pairs = x.elements.indices.map { index in
      backward(x.elements[index], y.elements[index], gradient: gradient.elements[index])
    }
    return (
      Matrix(uncheckedRows: x.rows, columns: x.columns, elements: pairs.map(\.x)),
      Matrix(uncheckedRows: x.rows, columns: x.columns, elements: pairs.map(\.y))
    )
  }

  private static func check<Scalar: NetworkScalar>(
    _ matrix: Matrix<Scalar>, like other: Matrix<Scalar>
  ) throws(NetworkError) {
    guard matrix.rows == other.rows, matrix.columns == other.columns else {
      throw NetworkError(
        .countMismatch, at: "arithmetic node", expected: "\(other.rows) × \(other.columns) elements",
        found: "\(matrix.rows) × \(matrix.columns)")
    }
  }
}

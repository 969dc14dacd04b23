import LinearAlgebra
public import NeuralNetwork

extension ParameterPlane {
  /// How much of the squared distances of a path from its end lies along each direction, from 0 to 1.
  public typealias PathShares = (first: Double, second: Double)

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
  ///   parameter is not finite, or if all lie on a line or at one place; `productsUnavailable` without LAPACK.
  public static func principal(
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
    let count = differences.count
    let products = differences.flatMap { left in differences.map { product(left, $0) } }
    let pairs = try eigenpairs(products, order: count)
    let total = differences.indices.reduce(0) { $0 + products[$1 * (count + 1)] }
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

  /// The eigenvalues of a symmetric matrix with their eigenvectors, the greatest first.
  private static func eigenpairs(
    _ matrix: [Double], order: Int
  ) throws(NetworkError) -> [(value: Double, vector: [Double])] {
    do throws(BLASError) { return try LAPACK().eigenpairs(ofSymmetric: matrix, order: order).reversed() } catch {
      throw NetworkError(.productsUnavailable, at: "path", expected: error.expected, found: error.found)
    }
  }
}

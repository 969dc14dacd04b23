public import NeuralNetwork

/// A plane through the weights of a network: θ + x · d₁ + y · d₂.
///
/// Only weights of two or more dimensions move, those of affine layers and convolutions; biases, the parameters of
/// batch normalisation and its statistics stay as they are. Source: Li, Xu, Taylor, Studer and Goldstein,
/// "Visualizing the Loss Landscape of Neural Nets", 2018.
public struct ParameterPlane<Scalar: NetworkScalar>: Sendable {
  /// What part of a random direction is brought to the length of the same part of the network.
  public enum Normalization: String, CaseIterable, Sendable {
    /// The weights of a layer together.
    case layer
    /// The weights that lead to one output of an affine layer, or make one filter of a convolution.
    case filter
  }

  /// θ, the network at (0, 0).
  public let origin: Network<Scalar>
  /// d₁, in the order of `Network.parameters`.
  public let first: [Double]
  /// d₂.
  public let second: [Double]

  /// A plane with two random directions: normal deviates, each part scaled to the length of the same part of θ.
  ///
  /// - Parameters:
  ///   - origin: θ.
  ///   - normalization: Which parts are scaled.
  ///   - seed: What the deviates follow from.
  /// - Throws: `NetworkError` with the code `valueOutOfRange` if a parameter is not finite or there is no weight
  ///   that is not 0.
  public static func random(
    around origin: Network<Scalar>, normalization: Normalization, seed: UInt64
  ) throws(NetworkError) -> ParameterPlane {
    let parameters = try finiteParameters(of: origin)
    var generator = RandomGenerator(seed: seed)
    let first = direction(origin, parameters, normalization, &generator)
    let second = direction(origin, parameters, normalization, &generator)
    guard squaredNorm(first) > 0, squaredNorm(second) > 0 else { throw immovable() }
    return ParameterPlane(origin: origin, first: first, second: second)
  }

  /// The cosine of the angle between the directions; near 0 for random ones of many weights.
  public var cosine: Double {
    Self.product(first, second) / (Self.squaredNorm(first) * Self.squaredNorm(second)).squareRoot()
  }

  /// The place in the plane that is nearest to a network of the same structure: least squares over the weights.
  public func coordinates(of network: Network<Scalar>) -> PlanePoint {
    let difference = Self.weightDifference(network, origin)
    let (a, b, c) = (Self.squaredNorm(first), Self.product(first, second), Self.squaredNorm(second))
    let (p, q) = (Self.product(first, difference), Self.product(second, difference))
    let determinant = a * c - b * b
    return PlanePoint(x: (c * p - b * q) / determinant, y: (a * q - b * p) / determinant)
  }

  init(origin: Network<Scalar>, first: [Double], second: [Double]) {
    self.origin = origin
    self.first = first
    self.second = second
  }

  private static func direction(
    _ origin: Network<Scalar>, _ parameters: [Double], _ normalization: Normalization,
    _ generator: inout RandomGenerator
  ) -> [Double] {
    var direction = [Double](repeating: 0, count: parameters.count)
    for entry in weights(of: origin) {
      let parts = WeightParts(entry, normalization == .filter)
      var wanted = [Double](repeating: 0, count: parts.count)
      var drawn = wanted
      for (place, index) in entry.range.enumerated() {
        direction[index] = generator.normal()
        wanted[parts[place]] += parameters[index] * parameters[index]
        drawn[parts[place]] += direction[index] * direction[index]
      }
      let factors = zip(wanted, drawn).map { $1 > 0 ? ($0 / $1).squareRoot() : 0 }
      for (place, index) in entry.range.enumerated() { direction[index] *= factors[parts[place]] }
    }
    return direction
  }
}

extension ParameterPlane {
  /// The tensors that move.
  static func weights(of network: Network<Scalar>) -> [ParameterEntry] {
    network.parameterEntries.filter { $0.shape.count >= 2 }
  }

  static func finiteParameters(of network: Network<Scalar>) throws(NetworkError) -> [Double] {
    let parameters = network.parameters.map { Double($0) }
    for entry in network.parameterEntries {
      guard let index = entry.range.first(where: { !parameters[$0].isFinite }) else { continue }
      throw NetworkError(
        .valueOutOfRange, at: "parameter \(entry.name)", expected: "finite values",
        found: "\(parameters[index]) at \(index - entry.range.lowerBound)")
    }
    return parameters
  }

  static func immovable() -> NetworkError {
    NetworkError(
      .valueOutOfRange, at: "weights", expected: "one that is not 0, for a direction of its length", found: "none")
  }

  /// The weights of one network minus those of another of the same structure; 0 for all that does not move.
  static func weightDifference(_ network: Network<Scalar>, _ origin: Network<Scalar>) -> [Double] {
    var difference = [Double](repeating: 0, count: origin.parameterCount)
    for index in weights(of: origin).flatMap(\.range) {
      difference[index] = Double(network.parameters[index]) - Double(origin.parameters[index])
    }
    return difference
  }

  static func product(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }

  static func squaredNorm(_ vector: [Double]) -> Double { product(vector, vector) }
}

/// Which part each element of a weight belongs to.
private struct WeightParts {
  let count: Int
  private let size: Int
  private let alternates: Bool

  /// An affine weight [in, out] has the weights of an output in a column; a convolution [filters, …] has a filter
  /// in one piece.
  init(_ entry: ParameterEntry, _ byFilter: Bool) {
    alternates = byFilter && entry.shape.count == 2
    count = !byFilter ? 1 : alternates ? entry.shape[1] : entry.shape[0]
    size = max(entry.range.count / max(count, 1), 1)
  }

  subscript(place: Int) -> Int { alternates ? place % count : place / size }
}

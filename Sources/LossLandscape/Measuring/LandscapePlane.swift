public import NeuralNetwork

/// The plane through a network on which the loss is measured, and the way that training took to it.
public struct LandscapePlane: Sendable {
  /// Where the two directions come from.
  public enum Directions: Sendable {
    /// Random ones, scaled to the weights of each layer or filter.
    case random(ParameterPlane<Float>.Normalization, seed: UInt64)
    /// The principal directions of a path, with the share of its squared distances along each.
    case path(ParameterPlane<Float>.PathShares)
  }

  /// The plane, with the network at (0, 0).
  public let plane: ParameterPlane<Float>
  /// Where its directions come from.
  public let directions: Directions
  /// The networks on the way, first to last, with the one at (0, 0) as the last; none without a path.
  public let path: [Network<Float>]

  /// A plane with two random directions.
  ///
  /// - Throws: `NetworkError` with the code `valueOutOfRange` if a parameter is not finite, or all weights are 0.
  public static func random(
    around network: Network<Float>, normalization: ParameterPlane<Float>.Normalization = .layer, seed: UInt64 = 0
  ) throws(NetworkError) -> LandscapePlane {
    LandscapePlane(
      plane: try .random(around: network, normalization: normalization, seed: seed),
      directions: .random(normalization, seed: seed), path: [])
  }

  /// The plane that a path to a network is nearest to.
  ///
  /// - Parameters:
  ///   - checkpoints: The networks on the way, first to last. Those at the end that are the network itself count as its
  ///     own station.
  ///   - network: Where the path ends.
  /// - Throws: `NetworkError` with the code `invalidShape` for a network of other layers, `valueOutOfRange` if a
  ///   parameter is not finite, or if all lie on a line or at one place.
  public static func path(
    through checkpoints: [Network<Float>], to network: Network<Float>
  ) throws(NetworkError) -> LandscapePlane {
    var stations = checkpoints
    while let last = stations.last, last.parameters == network.parameters,
      last.runningStatistics == network.runningStatistics
    {
      stations.removeLast()
    }
    let (plane, shares) = try ParameterPlane.principal(checkpoints: stations, origin: network)
    return LandscapePlane(plane: plane, directions: .path(shares), path: stations + [network])
  }

  /// Measures the loss on a square around the network.
  ///
  /// The result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - dataset: The samples and their targets; at least one.
  ///   - loss: The loss to measure.
  ///   - halfWidth: Half of the side of the square, where 1 is the length of the weights; if nil 1, or as far as the
  ///     path reaches.
  ///   - count: The points along each side, three or more. Of an odd number the network is the middle one.
  ///   - threads: The number of workers.
  ///   - progress: Called on the calling thread, now and then, with the number of points that were begun.
  /// - Throws: `NetworkError` if data, loss and network do not fit one another, or for the numbers of points or threads.
  /// - Complexity: O(count² · dataset.count · parameters).
  public func landscape(
    of dataset: Dataset<Float>, loss: Loss, halfWidth: Double? = nil, count: Int = 41, threads: Int = 1,
    progress: (Int) -> Void = { _ in }
  ) throws(NetworkError) -> Landscape {
    var stations: [Landscape.Station] = []
    for network in path {
      let value = try network.evaluate(dataset, loss: loss).loss
      stations.append(Landscape.Station(point: plane.coordinates(of: network), loss: value))
    }
    let reach = stations.reduce(0) { max($0, $1.point.x.magnitude, $1.point.y.magnitude) }
    let axis = LossGrid.axis(
      halfWidth: halfWidth ?? (stations.isEmpty ? 1 : Self.rounded(1.15 * reach)), count: count)
    let grid = try plane.lossGrid(x: axis, y: axis, dataset: dataset, loss: loss, threads: threads, progress: progress)
    return Landscape(grid: grid, path: stations)
  }

  /// The next greater number that axes look well with.
  private static func rounded(_ reach: Double) -> Double {
    var power = 1.0
    while power > reach { power /= 10 }
    while power * 10 < reach { power *= 10 }
    return power * ([1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8].first { $0 * power >= reach } ?? 10)
  }
}

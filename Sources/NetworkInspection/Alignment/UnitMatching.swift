import Threads

/// Looks for the order of a network's hidden units in which its values are nearest to those of another network.
///
/// Weight matching by coordinate descent (S. K. Ainsworth, J. Hayase and S. Srinivasa, "Git Re-Basin: Merging models
/// modulo permutation symmetries", 2023, §3.2): the units of a layer are assigned at the least sum of squared distances of
/// all their weights, incoming and outgoing, while the orders of all other layers stay; then those of the next layer, first
/// to last, until none changes. Each step makes the sum less, so that there is an end. Tensors count by their mean square:
/// running variances do not outweigh weights.
///
/// It starts from an order that goes from the first layer to the last by incoming weights, whose order is known then, and
/// by outgoing weights, sorted, as their order is not. Two networks that differ in order alone are matched by it already,
/// unless units of one layer are equal in all of that.
struct UnitMatching {
  /// The most rounds over all layers.
  private static let rounds = 100

  let spaces: UnitSpaces
  private let left: [Float]
  private let right: [Float]
  private let weights: [Double]
  private let pool: WorkerPool

  /// - Parameters:
  ///   - left: The parameters and running statistics of the one network.
  ///   - right: Those of the other one, whose units get an order.
  init(_ spaces: UnitSpaces, left: [Float], right: [Float], pool: WorkerPool) {
    (self.spaces, self.left, self.right, self.pool) = (spaces, left, right, pool)
    weights = spaces.tensors.map { tensor in
      let sum = [left, right].reduce(0.0) { sum, values in
        values[tensor.range].reduce(sum) { $0 + Double($1) * Double($1) }
      }
      return sum.isFinite && sum > 0 ? Double(tensor.range.count) / sum : 1
    }
  }

  /// The order that was found: no farther than the unchanged one.
  func order() -> UnitOrder {
    let unchanged = UnitOrder(unchanged: spaces)
    let found = refined(start())
    guard !isExact(found) else { return found }
    return distance(found) <= distance(unchanged) ? found : refined(unchanged)
  }

  /// Whether all values have the bits of the left network in this order.
  func isExact(_ order: UnitOrder) -> Bool {
    spaces.tensors.allSatisfy { tensor in
      let values = order.gather(tensor, of: right)
      return zip(left[tensor.range], values).allSatisfy { $0.bitPattern == $1.bitPattern }
    }
  }

  /// The weighted sum of squared differences of all values.
  private func distance(_ order: UnitOrder) -> Double {
    zip(spaces.tensors, weights).reduce(0) { sum, next in
      let values = order.gather(next.0, of: right)
      let distance = unsafe left.withUnsafeBufferPointer { left in
        unsafe values.withUnsafeBufferPointer {
          unsafe SquaredDistance.between(UnsafeBufferPointer(rebasing: left[next.0.range]), $0)
        }
      }
      return sum + next.1 * distance
    }
  }

  private func start() -> UnitOrder {
    var order = UnitOrder(unchanged: spaces)
    for space in spaces.counts.indices {
      let distances = distances(space, order, sortsUnknown: true)
      if let columns = LinearAssignment.columns(distances.values, count: distances.count) {
        order.permutations[space] = columns
      }
    }
    return order
  }

  private func refined(_ start: UnitOrder) -> UnitOrder {
    var order = start
    for _ in 0..<UnitMatching.rounds where !isExact(order) {
      var hasChanged = false
      for space in spaces.counts.indices {
        let distances = distances(space, order, sortsUnknown: false)
        guard let columns = LinearAssignment.columns(distances.values, count: distances.count) else { continue }
        // An order that is better by rounding alone would not let the descent end.
        if distances.sum(columns) < distances.sum(order.permutations[space]) * (1 - 1e-12) {
          order.permutations[space] = columns
          hasChanged = true
        }
      }
      guard hasChanged else { break }
    }
    return order
  }

  /// The distances of all units of a space from one another.
  ///
  /// - Parameter sortsUnknown: Whether the order of the next layer's units is not known yet; the weights that go to them
  ///   are sorted then.
  private func distances(_ space: Int, _ order: UnitOrder, sortsUnknown: Bool) -> UnitDistances {
    var distances = UnitDistances(count: spaces.counts[space])
    let unchanged = UnitOrder(unchanged: spaces)
    for (tensor, weight) in zip(spaces.tensors, weights) {
      guard let dimension = tensor.dimension(of: space) else { continue }
      var units = [(unchanged, left), (order, right)].map {
        $0.gather(tensor, of: $1, first: dimension, keeping: space)
      }
      let hasUnknown = tensor.dimensions.contains { $0.space != nil && $0.space != space && !$0.isInput }
      if sortsUnknown, hasUnknown, tensor.dimensions[dimension].isInput {
        units = units.map { UnitMatching.sorted($0, each: $0.count / distances.count) }
      }
      distances.add(units[0], units[1], weight: weight, pool: pool)
    }
    return distances
  }

  /// The values of each unit in ascending order, that of their bits as signed integers, so that NaN has a place too.
  private static func sorted(_ values: [Float], each count: Int) -> [Float] {
    func key(_ bits: Int32) -> Int32 { bits ^ ((bits >> 31) & .max) }
    var keys = values.map { key(Int32(bitPattern: $0.bitPattern)) }
    for start in stride(from: 0, to: keys.count, by: max(count, 1)) { keys[start..<start + count].sort() }
    return keys.map { Float(bitPattern: UInt32(bitPattern: key($0))) }
  }
}

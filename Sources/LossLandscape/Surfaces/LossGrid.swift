public import NeuralNetwork

/// The values of a function of two variables at the crossings of a rectangular grid.
public struct LossGrid: Sendable, Equatable {
  /// Where the columns are, ascending.
  public let x: [Double]
  /// Where the rows are, ascending.
  public let y: [Double]
  /// One value for each crossing, row by row: (x[i], y[j]) is at `j * x.count + i`. Any may be NaN or infinite.
  public let values: [Double]

  /// Takes values that were computed.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch` if there are not `x.count * y.count` values, or
  ///   `invalidShape` with fewer than three rows or columns.
  public init(x: [Double], y: [Double], values: [Double]) throws(NetworkError) {
    guard x.count >= 3, y.count >= 3 else {
      throw NetworkError(
        .invalidShape, at: "grid", expected: "at least 3 × 3 points", found: "\(x.count) × \(y.count)")
    }
    guard values.count == x.count * y.count else {
      throw NetworkError(
        .countMismatch, at: "grid", expected: "\(x.count) × \(y.count) values", found: "\(values.count)")
    }
    self.init(uncheckedX: x, y: y, values: values)
  }

  init(uncheckedX x: [Double], y: [Double], values: [Double]) {
    self.x = x
    self.y = y
    self.values = values
  }

  /// `count` places from −`halfWidth` to `halfWidth`, evenly spaced; of an odd number the middle one is exactly 0.
  public static func axis(halfWidth: Double, count: Int) -> [Double] {
    let steps = Double(max(count - 1, 1))
    return (0..<count).map { halfWidth * ((2 * Double($0) - steps) / steps) }
  }

  /// The crossings of two axes, in the order of the values.
  public static func points(x: [Double], y: [Double]) -> [PlanePoint] {
    y.flatMap { y in x.map { PlanePoint(x: $0, y: y) } }
  }

  /// The value at a crossing.
  public subscript(column: Int, row: Int) -> Double { values[row * x.count + column] }

  /// The least and the greatest of the finite values; nil if there are none.
  public var finiteRange: ClosedRange<Double>? {
    var range: ClosedRange<Double>?
    for value in values where value.isFinite {
      range = min(range?.lowerBound ?? value, value)...max(range?.upperBound ?? value, value)
    }
    return range
  }

  /// How many values are NaN or infinite.
  public var nonFiniteCount: Int { values.count { !$0.isFinite } }
}

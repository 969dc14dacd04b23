import ModelFormat

/// How the values of two tensors of the same shape differ.
public struct ValueDifference: Equatable, Sendable {
  /// One pair of values and its place.
  public struct Place: Equatable, Sendable {
    /// The index along each dimension.
    public let index: [Int]
    /// The value in the first tensor.
    public let left: Double
    /// The value in the second tensor.
    public let right: Double
  }

  /// The number of values in each tensor.
  public let count: Int
  /// How many pairs differ by more than the tolerance.
  public let differing: Int
  /// The largest |a − b| of all pairs; infinite where only one is infinite, they are opposite infinities or too far
  /// apart for a `Double`; NaN where only one is NaN and no other pair differs more definitely.
  public let maximumAbsoluteDifference: Double
  /// Where that is; nil when all pairs are equal.
  public let place: Place?
  /// ‖a − b‖ / ‖a‖ over the pairs in which both values are finite; infinite when only ‖a‖ is 0, 0 when both norms are.
  public let relativeL2: Double
  /// How many pairs hold a NaN or an infinity on one side and something else on the other.
  public let nonFinite: Int
  /// The largest distance in units in the last place: how many representable numbers lie between the two values.
  /// nil for types that are not floating-point, or when the types differ.
  public let maximumUnitsInLastPlace: UInt64?
}

/// Accumulates a `ValueDifference` block by block.
struct ValueComparison {
  private let tolerance: Tolerance
  private let steps: UnitsInLastPlace?
  private var count = 0
  private var differing = 0
  private var nonFinite = 0
  private var largest = 0.0
  private var largestIsNaN = false
  private var place: (index: Int, left: Double, right: Double)?
  private var differenceNorm = EuclideanNorm()
  private var leftNorm = EuclideanNorm()
  private var unitsInLastPlace: UInt64 = 0

  /// - Parameter dataType: the type of both tensors, nil when they have different ones.
  init(tolerance: Tolerance, dataType: DataType?) {
    self.tolerance = tolerance
    steps = dataType.flatMap { UnitsInLastPlace($0) }
  }

  mutating func include(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>) {
    for position in 0..<min(left.count, right.count) {
      let (a, b) = (left[position], right[position])
      if a.isFinite && b.isFinite { leftNorm.include(a) }
      if a == b || (a.isNaN && b.isNaN) { continue }
      if !tolerance.accepts(a, b) { differing += 1 }
      includeUnequal(a, b, distance: (a - b).magnitude, at: count + position)
    }
    count += min(left.count, right.count)
  }

  /// Compares 64-bit integers exactly: two of them may differ although the nearest `Double` is the same.
  mutating func include(
    _ left: UnsafeBufferPointer<UInt64>, _ right: UnsafeBufferPointer<UInt64>, isSigned: Bool
  ) {
    for position in 0..<min(left.count, right.count) {
      let (bits, otherBits) = (left[position], right[position])
      let a = isSigned ? Double(Int64(bitPattern: bits)) : Double(bits)
      leftNorm.include(a)
      if bits == otherBits { continue }
      let b = isSigned ? Double(Int64(bitPattern: otherBits)) : Double(otherBits)
      // With the sign bit flipped, two's complement has the order of unsigned numbers.
      let flip: UInt64 = isSigned ? 1 << 63 : 0
      let (low, high) = (min(bits ^ flip, otherBits ^ flip), max(bits ^ flip, otherBits ^ flip))
      let distance = Double(high - low)
      if !tolerance.covers(distance, between: a, b) { differing += 1 }
      includeUnequal(a, b, distance: distance, at: count + position)
    }
    count += min(left.count, right.count)
  }

  private mutating func includeUnequal(_ a: Double, _ b: Double, distance: Double, at index: Int) {
    if a.isFinite && b.isFinite {
      differenceNorm.include(distance)
      if let steps { unitsInLastPlace = max(unitsInLastPlace, steps.distance(a, b)) }
    } else {
      nonFinite += 1
    }
    // A NaN names the place only until a pair with a size is found.
    let isFirst = place == nil
    if distance.isNaN {
      if isFirst {
        largestIsNaN = true
        place = (index, a, b)
      }
    } else if isFirst || largestIsNaN || distance > largest {
      largest = distance
      largestIsNaN = false
      place = (index, a, b)
    }
  }

  func difference(shape: [Int]) -> ValueDifference {
    ValueDifference(
      count: count, differing: differing, maximumAbsoluteDifference: largestIsNaN ? .nan : largest,
      place: place.map {
        ValueDifference.Place(index: unravel($0.index, shape: shape), left: $0.left, right: $0.right)
      },
      relativeL2: differenceNorm.ratio(to: leftNorm), nonFinite: nonFinite,
      maximumUnitsInLastPlace: steps == nil ? nil : unitsInLastPlace)
  }
}

/// The index along each dimension of the element at a position in row-major order.
func unravel(_ position: Int, shape: [Int]) -> [Int] {
  var (rest, index) = (position, [Int](repeating: 0, count: shape.count))
  for dimension in shape.indices.reversed() where shape[dimension] > 0 {
    index[dimension] = rest % shape[dimension]
    rest /= shape[dimension]
  }
  return index
}

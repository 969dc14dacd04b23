import ModelFormat

/// Accumulates a `ValueDifference` block by block. Comparisons of neighbouring parts can be merged.
struct ValueComparison {
  private let tolerance: Tolerance
  private let steps: UnitsInLastPlace?
  private let start: Int
  private var count = 0
  private var differing = 0
  private var nonFinite = 0
  private var largest = 0.0
  private var largestIsNaN = false
  private var place: (index: Int, left: Double, right: Double)?
  private var differenceNorm = EuclideanNorm()
  private var leftNorm = EuclideanNorm()
  private var unitsInLastPlace: UInt64 = 0

  /// - Parameters:
  ///   - dataType: the type of both tensors, nil when they have different ones.
  ///   - start: the position in the tensors of what is included first.
  init(tolerance: Tolerance, dataType: DataType?, start: Int) {
    self.tolerance = tolerance
    self.start = start
    steps = dataType.flatMap { UnitsInLastPlace($0) }
  }

  /// An empty comparison of what comes after everything so far.
  var next: ValueComparison { ValueComparison(tolerance: tolerance, steps: steps, start: start + count) }

  private init(tolerance: Tolerance, steps: UnitsInLastPlace?, start: Int) {
    self.tolerance = tolerance
    self.steps = steps
    self.start = start
  }

  /// Takes in the comparison of what comes after everything so far.
  mutating func merge(_ next: ValueComparison) {
    count += next.count
    differing += next.differing
    nonFinite += next.nonFinite
    differenceNorm.merge(next.differenceNorm)
    leftNorm.merge(next.leftNorm)
    unitsInLastPlace = max(unitsInLastPlace, next.unitsInLastPlace)
    if let place = next.place { includePlace(place, distance: next.largestIsNaN ? .nan : next.largest) }
  }

  /// Takes in a block. What rounds is summed up for each block, and the sums are added in their order.
  mutating func include(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>) {
    let pairs = min(left.count, right.count)
    let (left, right) = unsafe (
      UnsafeBufferPointer(rebasing: left[..<pairs]), UnsafeBufferPointer(rebasing: right[..<pairs])
    )
    if let distances = unsafe OrdinaryDistances(left, right, tolerance) {
      unsafe include(distances, left, right)
      count += pairs
      return
    }
    var block = next
    for position in 0..<pairs {
      let (a, b) = unsafe (left[position], right[position])
      if a.isFinite && b.isFinite { block.leftNorm.include(a) }
      if a == b || (a.isNaN && b.isNaN) { continue }
      if !tolerance.accepts(a, b) { block.differing += 1 }
      block.includeUnequal(a, b, distance: (a - b).magnitude, at: block.start + position)
    }
    block.count = pairs
    merge(block)
  }

  private mutating func include(
    _ distances: OrdinaryDistances, _ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>
  ) {
    leftNorm.includeSquares(distances.leftSquares)
    guard distances.largest > 0 else { return }
    differenceNorm.includeSquares(distances.squares)
    differing += distances.differing
    if let steps { unitsInLastPlace = unsafe max(unitsInLastPlace, steps.largestDistance(left, right)) }
    guard place == nil || largestIsNaN || distances.largest > largest else { return }
    for position in left.indices where unsafe (left[position] - right[position]).magnitude == distances.largest {
      unsafe includePlace((start + count + position, left[position], right[position]), distance: distances.largest)
      return
    }
  }

  /// Compares 64-bit integers exactly: two of them may differ although the nearest `Double` is the same.
  mutating func include(
    _ left: UnsafeBufferPointer<UInt64>, _ right: UnsafeBufferPointer<UInt64>, isSigned: Bool
  ) {
    var block = next
    for position in 0..<min(left.count, right.count) {
      let (bits, otherBits) = unsafe (left[position], right[position])
      let a = isSigned ? Double(Int64(bitPattern: bits)) : Double(bits)
      block.leftNorm.include(a)
      if bits == otherBits { continue }
      let b = isSigned ? Double(Int64(bitPattern: otherBits)) : Double(otherBits)
      // With the sign bit flipped, two's complement has the order of unsigned numbers.
      let flip: UInt64 = isSigned ? 1 << 63 : 0
      let (low, high) = (min(bits ^ flip, otherBits ^ flip), max(bits ^ flip, otherBits ^ flip))
      let distance = Double(high - low)
      if !tolerance.covers(distance, between: a, b) { block.differing += 1 }
      block.includeUnequal(a, b, distance: distance, at: block.start + position)
    }
    block.count = min(left.count, right.count)
    merge(block)
  }

  private mutating func includeUnequal(_ a: Double, _ b: Double, distance: Double, at index: Int) {
    if a.isFinite && b.isFinite {
      differenceNorm.include(distance)
      if let steps { unitsInLastPlace = max(unitsInLastPlace, steps.distance(a, b)) }
    } else {
      nonFinite += 1
    }
    includePlace((index, a, b), distance: distance)
  }

  private mutating func includePlace(_ candidate: (index: Int, left: Double, right: Double), distance: Double) {
    // A NaN names the place only until a pair with a size is found.
    let isFirst = place == nil
    if distance.isNaN {
      if isFirst {
        largestIsNaN = true
        place = candidate
      }
    } else if isFirst || largestIsNaN || distance > largest {
      largest = distance
      largestIsNaN = false
      place = candidate
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

import ModelFormat

/// Accumulates a `ValueDifference` block by block. Comparisons of neighbouring parts can be merged.
struct ValueComparison {
  private let tolerance: Tolerance
  private let steps: UnitsInLastPlace?
  private let isOneType: Bool
  private let start: Int
  private var count = 0
  private var differing = 0
  private var bitwiseDiffering = 0
  private var signFlips = 0
  private var nonFinite = 0
  private var largest = 0.0
  private var largestIsNaN = false
  private var place: (index: Int, left: Double, right: Double)?
  private var sums = PairSums()
  private var unitsInLastPlace: UInt64 = 0

  /// - Parameters:
  ///   - dataType: the type of both tensors, nil when they have different ones.
  ///   - start: the position in the tensors of what is included first.
  init(tolerance: Tolerance, dataType: DataType?, start: Int) {
    self.init(
      tolerance: tolerance, steps: dataType.flatMap { UnitsInLastPlace($0) }, isOneType: dataType != nil, start: start)
  }

  /// An empty comparison of what comes after everything so far.
  var next: ValueComparison {
    ValueComparison(tolerance: tolerance, steps: steps, isOneType: isOneType, start: position)
  }

  /// The position in the tensors of what comes next.
  var position: Int { start + count }

  private init(tolerance: Tolerance, steps: UnitsInLastPlace?, isOneType: Bool, start: Int) {
    self.tolerance = tolerance
    self.steps = steps
    self.isOneType = isOneType
    self.start = start
  }

  /// Takes in the comparison of what comes after everything so far.
  mutating func merge(_ next: ValueComparison) {
    count += next.count
    differing += next.differing
    bitwiseDiffering += next.bitwiseDiffering
    signFlips += next.signFlips
    nonFinite += next.nonFinite
    sums.merge(next.sums)
    unitsInLastPlace = max(unitsInLastPlace, next.unitsInLastPlace)
    if let place = next.place { includePlace(place, distance: next.largestIsNaN ? .nan : next.largest) }
  }

  /// Takes in a block. What rounds is summed up for each block, and the sums are added in their order.
  ///
  /// - Returns: whether all values of the block are finite, and none is too large, or all too small, to be squared.
  mutating func include(_ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>) -> Bool {
    let pairs = min(left.count, right.count)
    let (left, right) = unsafe (
      UnsafeBufferPointer(rebasing: left[..<pairs]), UnsafeBufferPointer(rebasing: right[..<pairs])
    )
    if let distances = unsafe OrdinaryDistances(left, right, tolerance) {
      unsafe include(distances, left, right)
      count += pairs
      return true
    }
    var block = next
    for position in 0..<pairs {
      let (a, b) = unsafe (left[position], right[position])
      let distance = (a - b).magnitude
      if a.isFinite && b.isFinite { block.sums.include(a, b, distance: distance) }
      if a.bitPattern != b.bitPattern { block.bitwiseDiffering += 1 }
      if (a < 0 && b > 0) || (a > 0 && b < 0) { block.signFlips += 1 }
      if a == b || (a.isNaN && b.isNaN) { continue }
      if !tolerance.accepts(a, b) { block.differing += 1 }
      block.includeUnequal(a, b, distance: distance, at: block.start + position)
    }
    block.count = pairs
    merge(block)
    return false
  }

  private mutating func include(
    _ distances: OrdinaryDistances, _ left: UnsafeBufferPointer<Double>, _ right: UnsafeBufferPointer<Double>
  ) {
    sums.include(distances, count: left.count)
    bitwiseDiffering += distances.bitwiseDiffering
    guard distances.largest > 0 else { return }
    differing += distances.differing
    signFlips += distances.signFlips
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
      let b = isSigned ? Double(Int64(bitPattern: otherBits)) : Double(otherBits)
      // With the sign bit flipped, two's complement has the order of unsigned numbers.
      let flip: UInt64 = isSigned ? 1 << 63 : 0
      let (low, high) = (min(bits ^ flip, otherBits ^ flip), max(bits ^ flip, otherBits ^ flip))
      let distance = Double(high - low)
      block.sums.include(a, b, distance: distance)
      if distance == 0 { continue }
      block.bitwiseDiffering += 1
      if (a < 0 && b > 0) || (a > 0 && b < 0) { block.signFlips += 1 }
      if !tolerance.covers(distance, between: a, b) { block.differing += 1 }
      block.includeUnequal(a, b, distance: distance, at: block.start + position)
    }
    block.count = min(left.count, right.count)
    merge(block)
  }

  private mutating func includeUnequal(_ a: Double, _ b: Double, distance: Double, at index: Int) {
    if a.isFinite && b.isFinite {
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
    var result = ValueDifference()
    result.count = count
    result.differing = differing
    result.maximumAbsoluteDifference = largestIsNaN ? .nan : largest
    result.place = place.map {
      ValueDifference.Place(index: unravel($0.index, shape: shape), left: $0.left, right: $0.right)
    }
    result.nonFinite = nonFinite
    result.signFlips = signFlips
    result.bitwiseDiffering = isOneType ? bitwiseDiffering : nil
    guard nonFinite == 0 else { return result }
    result.relativeL2 = sums.relativeL2
    result.cosine = sums.cosine
    result.rmsDifference = sums.rmsDifference
    result.signalToNoise = sums.signalToNoise
    result.maximumUnitsInLastPlace = steps == nil ? nil : unitsInLastPlace
    return result
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

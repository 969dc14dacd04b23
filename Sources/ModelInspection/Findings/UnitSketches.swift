import ModelFormat

/// The incoming weights and bias of each unit of a layer in a few numbers: sums of them with signs at random, in as many
/// buckets (Charikar, Chen and Farach-Colton, "Finding frequent items in data streams", 2002).
///
/// Sketching is linear and keeps lengths and angles on average, so that units with nearly the same direction have nearly
/// the same sketch. One addition for each weight; `size` numbers for each unit.
struct UnitSketches {
  /// How many numbers a sketch has.
  static let size = 16

  /// The sketch of a unit is at the places `unit · size ..< (unit + 1) · size`, and has length 1, or 0 where nothing comes
  /// into the unit.
  private(set) var values: [Double]
  let unitCount: Int
  /// Whether a weight that is not 0 leads into the unit.
  let hasWeights: [Bool]

  /// Reads the weights once.
  ///
  /// - Parameter factor: what weights are multiplied by so that no sum overflows.
  init(
    weight: TensorPieces, _ layout: WeightLayout, bias: TensorPieces?, factor: Double
  ) throws(ModelFormatError) {
    let unitCount = layout.unitCount
    // Bucket by bucket, so that the weights of one input are added to neighbours.
    var sums = [Double](repeating: 0, count: UnitSketches.size * unitCount)
    let (inner, rest) = (layout.second * layout.rest, layout.rest)
    try unsafe weight.forEachBlock { first, block in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        if layout.unitIsFirst {
          for index in 0..<block.count {
            let (unit, input) = (first + index).quotientAndRemainder(dividingBy: inner)
            let (bucket, sign) = UnitSketches.place(of: input)
            unsafe sums[bucket &* layout.first &+ unit] += unsafe block[index] * (sign * factor)
          }
        } else {
          unsafe UnitSketches.addRows(block, first, layout.second, rest, factor, to: sums)
        }
      }
      return true
    }
    // Without weights a unit is dead, and no duplicate of others with a bias.
    hasWeights = (0..<unitCount).map { unit in
      (0..<UnitSketches.size).contains { sums[$0 * layout.unitCount + unit] != 0 }
    }
    try unsafe bias?.forEachBlock { first, block in
      let (bucket, sign) = UnitSketches.place(of: layout.weightsPerUnit)
      for index in 0..<block.count {
        sums[bucket * layout.unitCount + first + index] += unsafe block[index] * (sign * factor)
      }
      return true
    }
    self.unitCount = unitCount
    values = UnitSketches.normalized(sums, unitCount)
  }

  /// Adds a block of [inputs, units, rest], a stretch within one input at a time.
  private static func addRows(
    _ block: UnsafeBufferPointer<Double>, _ first: Int, _ units: Int, _ rest: Int, _ factor: Double,
    to sums: UnsafeMutableBufferPointer<Double>
  ) {
    var index = 0
    while index < block.count {
      let (row, column) = (first + index).quotientAndRemainder(dividingBy: units * rest)
      let (unit, offset) = column.quotientAndRemainder(dividingBy: rest)
      let (bucket, sign) = place(of: row * rest + offset)
      let length = rest == 1 ? min(units - unit, block.count - index) : 1
      let weights = unsafe UnsafeBufferPointer(rebasing: block[index..<index + length])
      let start = bucket * units + unit
      let target = unsafe UnsafeMutableBufferPointer(rebasing: sums[start..<start + length])
      for place in 0..<length { unsafe target[place] += unsafe weights[place] * (sign * factor) }
      index += length
    }
  }

  /// The bucket and the sign of an input.
  @inline(__always)
  private static func place(of input: Int) -> (bucket: Int, sign: Double) {
    let bits = SeededNumbers.mixed(UInt64(truncatingIfNeeded: input) &+ 0x9E37_79B9_7F4A_7C15)
    return (Int(bits >> 60), bits & 1 == 0 ? 1 : -1)
  }

  private static func normalized(_ sums: [Double], _ unitCount: Int) -> [Double] {
    var values = [Double](repeating: 0, count: sums.count)
    for unit in 0..<unitCount {
      var squares = 0.0
      for bucket in 0..<size { squares += sums[bucket * unitCount + unit] * sums[bucket * unitCount + unit] }
      guard squares > 0 else { continue }
      let length = squares.squareRoot()
      for bucket in 0..<size { values[unit * size + bucket] = sums[bucket * unitCount + unit] / length }
    }
    return values
  }

  /// Whether the sketches of two units differ by no more than this. Nearly all pairs are told apart by their first numbers.
  func areNear(_ left: Int, _ right: Int, within distance: Double) -> Bool {
    unsafe values.withUnsafeBufferPointer { values in
      var squares = 0.0
      for bucket in 0..<UnitSketches.size {
        let a = unsafe values[left &* UnitSketches.size &+ bucket]
        let difference = unsafe a - values[right &* UnitSketches.size &+ bucket]
        squares += difference * difference
        if squares > distance * distance { return false }
      }
      return true
    }
  }
}

import ModelFormat

/// The incoming weights of some units of a layer, each with its bias after them.
struct UnitVectors {
  /// How many numbers a unit has.
  let length: Int
  private let places: [Int: Int]
  private let values: [Double]

  /// Reads the weights once, and keeps those of `units`.
  ///
  /// - Parameters:
  ///   - units: in order, each once.
  ///   - factor: what weights are multiplied by so that no square overflows.
  init(
    of units: [Int], _ weight: TensorPieces, _ layout: WeightLayout, bias: TensorPieces?, factor: Double
  ) throws(ModelFormatError) {
    let length = layout.weightsPerUnit + (bias == nil ? 0 : 1)
    var places: [Int: Int] = [:]
    for (place, unit) in units.enumerated() { places[unit] = place }
    var values = [Double](repeating: 0, count: length * units.count)
    let (inner, rest) = (layout.second * layout.rest, layout.rest)
    if layout.unitIsFirst {
      for (place, unit) in units.enumerated() {
        try unsafe weight.forEachBlock(in: unit * inner..<(unit + 1) * inner) { first, block in
          let start = place * length + first - unit * inner
          for index in 0..<block.count { values[start + index] = unsafe block[index] * factor }
          return true
        }
      }
    } else {
      // For each input the units in their order, which are the same places in every row.
      try unsafe weight.forEachBlock { first, block in
        var row = first / inner
        while row * inner < first + block.count {
          for (place, unit) in units.enumerated() {
            for offset in 0..<rest {
              let index = row * inner + unit * rest + offset - first
              guard index >= 0, index < block.count else { continue }
              values[place * length + row * rest + offset] = unsafe block[index] * factor
            }
          }
          row += 1
        }
        return true
      }
    }
    try unsafe bias?.forEachBlock { first, block in
      for (place, unit) in units.enumerated() where unit >= first && unit < first + block.count {
        values[place * length + length - 1] = unsafe block[unit - first] * factor
      }
      return true
    }
    self.length = length
    self.places = places
    self.values = values
  }

  /// The cosine of two units, and their distance against the length of the longer one.
  func compare(_ left: Int, _ right: Int) -> (cosine: Double, relativeDistance: Double) {
    guard let leftPlace = places[left], let rightPlace = places[right] else { return (0, 1) }
    var (product, leftSquares, rightSquares, distance) = (0.0, 0.0, 0.0, 0.0)
    let (a, b) = (leftPlace * length, rightPlace * length)
    for index in 0..<length {
      let (x, y) = (values[a + index], values[b + index])
      product += x * y
      leftSquares += x * x
      rightSquares += y * y
      distance += (x - y) * (x - y)
    }
    let lengths = leftSquares.squareRoot() * rightSquares.squareRoot()
    guard lengths > 0 else { return (0, 1) }
    return (product / lengths, (distance / max(leftSquares, rightSquares)).squareRoot())
  }
}

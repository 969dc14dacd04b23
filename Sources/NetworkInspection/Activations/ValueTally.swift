/// What is counted and summed up over the values of a layer: pieces add up in their order, each in a fixed order itself.
struct ValueTally {
  /// The values that are finite.
  private(set) var count = 0
  /// Those that are not.
  private(set) var nonFinite = 0
  /// Those that are 0.
  private(set) var zeros = 0
  /// The mean of the finite values.
  private(set) var mean = 0.0
  /// Σ (x − mean)² over the finite values.
  private(set) var squares = 0.0

  /// Σ (x − mean)² / n, and its root.
  var deviation: Double { count > 0 ? (squares / Double(count)).squareRoot() : 0 }
  /// The share of zeros.
  var zeroFraction: Double { count > 0 ? Double(zeros) / Double(count) : 0 }

  /// The values of one piece. Two passes: no difference of large sums.
  init(_ values: UnsafeBufferPointer<Float>) {
    var sum = 0.0
    for index in values.indices {
      let value = unsafe values[index]
      guard value.isFinite else {
        nonFinite += 1
        continue
      }
      if value == 0 { zeros += 1 }
      sum += Double(value)
    }
    count = values.count - nonFinite
    guard count > 0 else { return }
    mean = sum / Double(count)
    for index in values.indices {
      let value = unsafe values[index]
      if value.isFinite { squares += (Double(value) - mean) * (Double(value) - mean) }
    }
  }

  /// Adds the values of the next piece (T. F. Chan, G. H. Golub and R. J. LeVeque, 1983).
  mutating func merge(_ other: ValueTally) {
    nonFinite += other.nonFinite
    zeros += other.zeros
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let difference = other.mean - mean
    squares += other.squares + difference * difference * (Double(count) * Double(other.count) / total)
    mean += difference * (Double(other.count) / total)
    count += other.count
  }
}

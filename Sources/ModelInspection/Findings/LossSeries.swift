import Formatting
import ModelFormat

/// A loss over the epochs in which it was measured: a view of a column, which may have millions of epochs.
struct LossSeries {
  let name: String
  /// How many epochs it was measured in.
  let count: Int
  private let column: [Double]
  /// The epochs in which it was measured, from 1; nil where that is all of them.
  private let measured: [Int]?

  /// - Parameter skippingNaN: whether NaN says that the loss was not measured.
  init(_ name: String, _ column: [Double], skippingNaN: Bool) {
    self.name = name
    self.column = column
    measured =
      skippingNaN && column.contains(where: \.isNaN)
      ? column.indices.lazy.filter { !column[$0].isNaN }.map { $0 + 1 } : nil
    count = measured?.count ?? column.count
  }

  /// The value at a place among those measured.
  subscript(place: Int) -> Double { column[epoch(at: place) - 1] }

  /// The epoch at a place among those measured, from 1.
  func epoch(at place: Int) -> Int { measured.map { $0[place] } ?? place + 1 }

  /// The last epoch in which it was measured.
  var lastEpoch: Int? { count > 0 ? epoch(at: count - 1) : nil }

  /// The place of the least value among those given, the first of equal ones.
  func placeOfLeast(in places: Range<Int>) -> Int? { places.min { self[$0] < self[$1] } }

  /// The median of three neighbouring values: the one before, the one at the place and the one after, and at the ends the
  /// first or last three.
  func smoothed(at place: Int) -> Double {
    guard count >= 3 else { return self[place] }
    let first = min(max(place - 1, 0), count - 3)
    let (a, b, c) = (self[first], self[first + 1], self[first + 2])
    return max(min(a, b), min(max(a, b), c))
  }

  /// The smoothed value of an epoch, or of the last one measured before it.
  func smoothedValue(at epoch: Int) -> Double? {
    (0..<count).last { self.epoch(at: $0) <= epoch }.map(smoothed)
  }

  /// The deviation of the noise: 1.4826 times the median of |a − 2b + c| for three values in a row, over √6, the deviation
  /// of that sum of independent values. A slope does not count as noise, and neither do single outliers.
  func noise() -> Double {
    guard count >= 3 else { return 0 }
    let median = MedianSearch.median(count: count - 2) { place in
      let sides = self[place] + self[place + 2]
      return abs(sides - 2 * self[place + 1])
    }
    return 1.4826 * median / 6.0.squareRoot()
  }

  /// A loss that is not finite.
  func nonFinite() -> Finding? {
    guard let place = (0..<count).first(where: { !self[$0].isFinite }) else { return nil }
    let (epoch, value) = (epoch(at: place), self[place])
    return Finding(
      .diverged, .error, place: name, message: "is not finite in epoch \(epoch): \(Text.nonFinite(value))",
      evidence: ["epoch": .integer(epoch), "value": .number(value), "epochs": .integer(count)])
  }

  /// A loss that is at the end more than twice the first, or more than 10 times the least and half of the first.
  func divergence() -> Finding? {
    guard let place = placeOfLeast(in: 0..<count) else { return nil }
    let (first, last, best, epoch) = (self[0], self[count - 1], self[place], epoch(at: place))
    guard first > 0, last > 2 * first || last > 10 * best && last > first / 2 else { return nil }
    return Finding(
      .diverged, .error, place: name,
      message:
        "is \(Text.loss(last)) at the end, \(Text.loss(first)) at first and \(Text.loss(best)) at best, in epoch "
        + "\(epoch) (more than twice the first counts, and more than 10 times the least if it is half of the first)",
      evidence: ["epoch": .integer(epoch), "first": .number(first), "best": .number(best), "last": .number(last)])
  }

  /// A loss that falls by more than 1 % in each epoch of the last fifth, and is less at the end than ever before it. Where
  /// it is still more than half of the first, most of the training is missing: that is a warning.
  func stillFalling() -> Finding? {
    let length = max(4, (count + 4) / 5)
    guard count > length else { return nil }
    let (start, last) = (count - length, self[count - 1])
    // After a bump a loss falls back to where it was: that is no way on.
    guard let before = placeOfLeast(in: 0..<start), last < self[before] else { return nil }
    let mean = (start..<count).reduce(0) { $0 + self[$1] } / Double(length)
    let middle = Double(length - 1) / 2
    guard mean > 0 else { return nil }
    // The line of least squares through the values.
    var (products, squares) = (0.0, 0.0)
    for place in 0..<length {
      products += (Double(place) - middle) * (self[start + place] - mean)
      squares += (Double(place) - middle) * (Double(place) - middle)
    }
    let slope = products / squares
    var residuals = 0.0
    for place in 0..<length {
      let residual = self[start + place] - mean - slope * (Double(place) - middle)
      residuals += residual * residual
    }
    let error = (residuals / Double(length - 2) / squares).squareRoot()
    let first = epoch(at: start)
    let relative = -slope / mean
    guard relative > 0.01, -slope > 2 * error else { return nil }
    let isUnderTrained = last > self[0] / 2
    return Finding(
      .notConverged, isUnderTrained ? .warning : .note, place: name,
      message:
        "still falls by \(Text.percent(relative)) an epoch over the last \(length), from epoch \(first) on (a line "
        + "of least squares; more than 1 % and twice its standard error counts)"
        + (isUnderTrained ? ", and is still more than half of the first, \(Text.loss(self[0]))" : ""),
      evidence: [
        "epochs": .integer(length), "from_epoch": .integer(first), "relative_slope": .number(-relative),
        "last": .number(last),
      ])
  }
}

import Formatting
import ModelFormat

/// A loss over the epochs in which it was measured.
struct LossSeries {
  let name: String
  /// The epochs in which it was measured, from 1.
  let epochs: [Int]
  let values: [Double]

  /// - Parameter skippingNaN: whether NaN says that the loss was not measured.
  init(_ name: String, _ series: [Double], skippingNaN: Bool) {
    self.name = name
    let measured = series.enumerated().filter { !skippingNaN || !$0.element.isNaN }
    epochs = measured.map { $0.offset + 1 }
    values = measured.map(\.element)
  }

  /// The median of three neighbouring values for each: the one before, itself and the one after, and at the ends the
  /// first or last three.
  func smoothed() -> [Double] {
    guard values.count >= 3 else { return values }
    return values.indices.map { index in
      let first = min(max(index - 1, 0), values.count - 3)
      return LossSeries.median(Array(values[first..<first + 3]))
    }
  }

  /// The smoothed value of an epoch, or of the last one measured before it.
  func smoothedValue(at epoch: Int) -> Double? {
    epochs.lastIndex { $0 <= epoch }.map { smoothed()[$0] }
  }

  /// The deviation of the noise: 1.4826 times the median of |a − 2b + c| for three values in a row, over √6, the deviation
  /// of that sum of independent values. A slope does not count as noise, and neither do single outliers.
  func noise() -> Double {
    guard values.count >= 3 else { return 0 }
    let bends = (1..<values.count - 1).map { index -> Double in
      let sides = values[index - 1] + values[index + 1]
      return abs(sides - 2 * values[index])
    }
    return 1.4826 * LossSeries.median(bends) / 6.0.squareRoot()
  }

  static func median(_ values: [Double]) -> Double {
    let (sorted, middle) = (values.sorted(), values.count / 2)
    return values.count % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
  }

  /// A loss that is not finite.
  func nonFinite() -> Finding? {
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return nil }
    return Finding(
      .diverged, .error, place: name,
      message: "is not finite in epoch \(epochs[index]): \(Text.nonFinite(values[index]))",
      evidence: [
        "epoch": .integer(epochs[index]), "value": .number(values[index]), "epochs": .integer(values.count),
      ])
  }

  /// A loss that is at the end more than twice the first, or more than 10 times the least and half of the first.
  func divergence() -> Finding? {
    guard let first = values.first, let last = values.last, let best = values.min(), first > 0,
      last > 2 * first || last > 10 * best && last > first / 2
    else { return nil }
    let epoch = epochs[values.firstIndex(of: best) ?? 0]
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
    let count = max(4, (values.count + 4) / 5)
    guard values.count > count, let first = epochs.dropFirst(epochs.count - count).first else { return nil }
    let tail = values.suffix(count)
    // After a bump a loss falls back to where it was: that is no way on.
    guard let last = tail.last, let before = values.dropLast(count).min(), last < before else { return nil }
    let (mean, middle) = (tail.reduce(0, +) / Double(count), Double(count - 1) / 2)
    guard mean > 0 else { return nil }
    // The line of least squares through the values.
    var (products, squares) = (0.0, 0.0)
    for (place, value) in tail.enumerated() {
      products += (Double(place) - middle) * (value - mean)
      squares += (Double(place) - middle) * (Double(place) - middle)
    }
    let slope = products / squares
    var residuals = 0.0
    for (place, value) in tail.enumerated() {
      let residual = value - mean - slope * (Double(place) - middle)
      residuals += residual * residual
    }
    let error = (residuals / Double(count - 2) / squares).squareRoot()
    let relative = -slope / mean
    guard relative > 0.01, -slope > 2 * error else { return nil }
    let isUnderTrained = last > values[0] / 2
    return Finding(
      .notConverged, isUnderTrained ? .warning : .note, place: name,
      message:
        "still falls by \(Text.percent(relative)) an epoch over the last \(count), from epoch \(first) on (a line "
        + "of least squares; more than 1 % and twice its standard error counts)"
        + (isUnderTrained ? ", and is still more than half of the first, \(Text.loss(values[0]))" : ""),
      evidence: [
        "epochs": .integer(count), "from_epoch": .integer(first), "relative_slope": .number(-relative),
        "last": .number(last),
      ])
  }
}

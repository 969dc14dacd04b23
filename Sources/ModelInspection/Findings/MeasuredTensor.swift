import ModelFormat

/// A tensor with what has been found out about it, as findings need it.
struct MeasuredTensor {
  let description: TensorDescription
  let statistics: TensorStatistics

  /// Whether all values are finite numbers, and there is one.
  var isFinite: Bool { statistics.count > 0 && statistics.finite == statistics.count }

  /// Whether all values are one finite number.
  var isConstant: Bool { isFinite && statistics.minimum == statistics.maximum }

  /// The largest magnitude of a finite value.
  var largestMagnitude: Double { max(statistics.minimum?.magnitude ?? 0, statistics.maximum?.magnitude ?? 0) }
}

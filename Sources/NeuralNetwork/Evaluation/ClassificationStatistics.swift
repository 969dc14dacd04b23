#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension ClassificationReport {
  static func logarithm(_ value: Double) -> Double { log(value) }

  /// The Wilson score interval at 95 %: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n) with p = correct / total and
  /// z = 1.959963984540054 (Wilson, 1927).
  ///
  /// - Parameters:
  ///   - correct: How many answers were right, at most `total`.
  ///   - total: How many there were, at least 1.
  public static func wilsonInterval(correct: Int, total: Int) -> Interval {
    let z = 1.959963984540054
    let n = Double(total)
    let p = Double(correct) / n
    let center = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    // At the ends the difference is exactly 0 or 1, but for rounding.
    return Interval(
      lower: correct == 0 ? 0 : (center - half) / scale, upper: correct == total ? 1 : (center + half) / scale
    )
  }

  /// Confidences sorted into bins of equal width.
  struct Calibration {
    private struct Bin {
      var count = 0
      var correct = 0
      var confidence = 0.0
    }

    private var bins = Array(repeating: Bin(), count: 15)

    mutating func add(confidence: Double, isCorrect: Bool) {
      // A bin has its upper edge, not its lower one.
      let place = Int((confidence * Double(bins.count)).rounded(.up)) - 1
      let index = min(max(place, 0), bins.count - 1)
      bins[index].count += 1
      bins[index].correct += isCorrect ? 1 : 0
      bins[index].confidence += confidence
    }

    /// Σ_b (n_b / n) |correct_b / n_b − confidence_b / n_b| = Σ_b |correct_b − confidence_b| / n.
    var expectedError: Double {
      let total = bins.reduce(0) { $0 + $1.count }
      return bins.reduce(0) { $0 + abs(Double($1.correct) - $1.confidence) } / Double(max(total, 1))
    }
  }
}

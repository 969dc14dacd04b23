import Formatting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A range of numbers along a side of a chart, with round ones to read it by.
struct ChartAxis {
  let range: ClosedRange<Double>
  /// Round numbers within the range, ascending.
  let ticks: [Double]
  /// Whether equal steps stand for equal quotients, and not for equal differences.
  let isLogarithmic: Bool

  /// An axis that covers all finite values; from 0 to 1 if there are none.
  ///
  /// - Parameters:
  ///   - includesZero: Whether it reaches to 0 where no value does.
  ///   - countsWholes: Whether there is nothing between whole numbers, such as epochs.
  ///   - parts: How many steps between round numbers there are about.
  init(_ values: some Sequence<Double>, includesZero: Bool = false, countsWholes: Bool = false, parts: Int) {
    var range: ClosedRange<Double>? = includesZero ? 0...0 : nil
    for value in values where value.isFinite {
      range = min(range?.lowerBound ?? value, value)...max(range?.upperBound ?? value, value)
    }
    var found = range ?? 0...1
    if found.lowerBound == found.upperBound {
      // Beside a single value there is room on both sides.
      let margin = max(found.lowerBound.magnitude / 2, 0.5)
      found = found.lowerBound - margin...found.lowerBound + margin
    }
    self.range = found
    isLogarithmic = false
    ticks = RoundSteps.values(found.lowerBound, found.upperBound, parts: parts)
      .filter { found.contains($0) && !(countsWholes && $0 != $0.rounded()) }
  }

  /// A logarithmic axis that covers all finite values above 0; from 0.1 to 1 if there are none.
  ///
  /// - Parameter leastTick: Below it there are no round numbers.
  init(logarithmic values: some Sequence<Double>, leastTick: Double = 0, parts: Int) {
    var range: ClosedRange<Double>?
    for value in values where value.isFinite && value >= .leastNormalMagnitude {
      range = min(range?.lowerBound ?? value, value)...max(range?.upperBound ?? value, value)
    }
    var found = range ?? 0.1...1
    if log10(found.upperBound) - log10(found.lowerBound) < 1e-6 {
      // Beside a single value there is room on both sides, as far as there are numbers.
      found = max(found.lowerBound / 2, .leastNormalMagnitude)...min(found.upperBound * 2, .greatestFiniteMagnitude)
    }
    self.range = found
    isLogarithmic = true
    ticks = ChartAxis.powers(found, parts: parts).filter { $0 >= leastTick }
  }

  /// Powers of ten, with twice and five times each where there are few, or round steps where even those are too coarse.
  private static func powers(_ range: ClosedRange<Double>, parts: Int) -> [Double] {
    let (low, high) = (log10(range.lowerBound).rounded(.down), log10(range.upperBound).rounded(.up))
    let step = max(1, ((high - low) / Double(max(parts, 1))).rounded(.up))
    let factors: [Double] = log10(range.upperBound) - log10(range.lowerBound) <= 2 ? [1, 2, 5] : [1]
    let found = stride(from: low, through: high, by: step)
      .flatMap { power in factors.map { $0 * pow(10, power) } }.filter(range.contains)
    return found.count > 1
      ? found : RoundSteps.values(range.lowerBound, range.upperBound, parts: parts).filter(range.contains)
  }

  /// Whether a value has a place along the axis, or beyond one of its ends.
  func holds(_ value: Double) -> Bool { value.isFinite && !(isLogarithmic && value <= 0) }

  /// Where a value lies, from 0 at the beginning to 1 at the end. What is below a logarithmic axis is at its beginning.
  func part(_ value: Double) -> Double {
    if isLogarithmic {
      let low = log10(range.lowerBound)
      return (log10(max(value, range.lowerBound)) - low) / (log10(range.upperBound) - low)
    }
    // In halves, so that the range of the greatest numbers is finite.
    let length = range.upperBound / 2 - range.lowerBound / 2
    return length > 0 ? (value / 2 - range.lowerBound / 2) / length : 0.5
  }

  /// A round number in words; what rounding left of 0 is 0.
  func label(_ tick: Double) -> String {
    if isLogarithmic { return Markup.number(Text.number(tick, 3)) }
    let step = ticks.count > 1 ? ticks[1] - ticks[0] : tick.magnitude
    return Markup.number(Text.number(tick.magnitude < 1e-9 * step.magnitude ? 0 : tick, 4))
  }
}

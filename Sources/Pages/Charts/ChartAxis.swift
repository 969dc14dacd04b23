import Formatting

/// A range of numbers along a side of a chart, with round ones to read it by.
struct ChartAxis {
  let range: ClosedRange<Double>
  /// Round numbers within the range, ascending.
  let ticks: [Double]

  /// An axis that covers all finite values; from 0 to 1 if there are none.
  ///
  /// - Parameters:
  ///   - includesZero: Whether it reaches to 0 where no value does.
  ///   - parts: How many steps between round numbers there are about.
  init(_ values: some Sequence<Double>, includesZero: Bool = false, parts: Int) {
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
    ticks = RoundSteps.values(found.lowerBound, found.upperBound, parts: parts).filter(found.contains)
  }

  /// Where a value lies, from 0 at the beginning to 1 at the end.
  func part(_ value: Double) -> Double {
    // In halves, so that the range of the greatest numbers is finite.
    let length = range.upperBound / 2 - range.lowerBound / 2
    return length > 0 ? (value / 2 - range.lowerBound / 2) / length : 0.5
  }

  /// A round number in words; what rounding left of 0 is 0.
  func label(_ tick: Double) -> String {
    let step = ticks.count > 1 ? ticks[1] - ticks[0] : tick.magnitude
    return Markup.number(Text.number(tick.magnitude < 1e-9 * step.magnitude ? 0 : tick, 4))
  }
}

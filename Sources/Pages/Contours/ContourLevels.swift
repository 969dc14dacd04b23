import Formatting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Round values at which contour lines are drawn.
package struct ContourLevels: Sendable {
  /// Ascending, all of them between the least value and the greatest one.
  package let values: [Double]
  /// Whether levels are spaced by factors, which they are where values span a factor of 10 or more.
  package let isLogarithmic: Bool
  /// Where logarithms begin.
  private let bottom: Double

  /// Levels for values in a range: ten or so.
  ///
  /// - Parameter leastPositive: the least value above 0, from which on a range that begins at 0 has logarithms; nil
  ///   for levels in equal steps.
  package init(_ range: ClosedRange<Double>, leastPositive: Double?) {
    let (low, high) = (range.lowerBound, range.upperBound)
    bottom = leastPositive.map { max($0, high * 1e-12) } ?? 0
    isLogarithmic = low >= 0 && bottom > 0 && high / bottom >= 10
    let candidates = isLogarithmic ? Self.factors(bottom, high) : RoundSteps.values(low, high, parts: 12)
    values = candidates.filter { $0 > low && $0 < high }
  }

  /// The place of a value on the scale: itself or its logarithm.
  package func height(_ value: Double) -> Double { isLogarithmic && value.isFinite ? log(max(value, bottom)) : value }

  /// How many colours there are: one below the first level, and one above each.
  var bandCount: Int { values.count + 1 }

  /// Round numbers in every decade, or one for several of them; as many as there may be up to 14.
  private static func factors(_ low: Double, _ high: Double) -> [Double] {
    let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up))
    let choices: [(mantissas: [Double], every: Int)] =
      [[1, 1.5, 2, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1]].map { ($0, 1) }
      + (2...50).map { ([1], $0) }
    for choice in choices {
      let levels = decades.filter { $0.isMultiple(of: choice.every) }.flatMap { decade in
        choice.mantissas.map { $0 * pow(10, Double(decade)) }
      }.filter { $0 > low && $0 < high }
      if levels.count <= 14 { return levels }
    }
    return []
  }

  /// A level in words.
  func label(_ index: Int) -> String {
    Markup.number(Text.number(values[index].magnitude < 1e-12 * (values.last ?? 1).magnitude ? 0 : values[index], 3))
  }

  /// Whether the colours around a level are darker than what is written on them should be.
  func isDark(levelAt index: Int) -> Bool { Double(index) + 0.5 < 0.52 * Double(max(values.count, 1)) }
}

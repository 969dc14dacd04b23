#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Round numbers in equal steps: whole multiples of 1, 2, 2.5 or 5 times a power of ten.
enum RoundSteps {
  /// The multiples from `low` on, the first of them not below it; one or two may lie above `high`.
  ///
  /// - Parameter parts: how many steps there are about; the step is never smaller than that part of the range.
  /// - Returns: None where the range is too small, or too far from 0, for steps that can be told apart.
  static func values(_ low: Double, _ high: Double, parts: Int) -> [Double] {
    // Brought down first, so that the range of the greatest numbers is finite.
    let rough = high / Double(parts) - low / Double(parts)
    guard rough.isFinite, rough >= .leastNormalMagnitude else { return [] }
    let power = pow(10, log10(rough).rounded(.down))
    let step = power * ([1, 2, 2.5, 5].first { $0 * power >= rough * (1 - 1e-9) } ?? 10)
    let first = (low / step).rounded(.up)
    guard first.magnitude < 1e15 else { return [] }
    return (0...parts + 1).map { (first + Double($0)) * step }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Whether of two classifiers one is right more often than the other, on the samples of which only one is right
/// (Q. McNemar, 1947), in its exact form.
public enum McNemarTest {
  /// How probable it is, if each is as likely to be the one that is right, that the numbers differ by at least as much: the
  /// two-sided binomial test with p = ½.
  ///
  /// p = min(1, 2 Σ_{k ≤ least} C(n, k) / 2ⁿ) with n = `leftOnly` + `rightOnly`; 1 for no samples. The greatest term comes
  /// from its logarithm by C. Loader's saddle-point expansion ("Fast and accurate computation of binomial probabilities",
  /// 2000), which neither overflows nor cancels, the others from their ratios. Time: O(√n) terms count at most, and no
  /// more than `least`.
  ///
  /// - Parameters:
  ///   - leftOnly: How often the first alone is right, at least 0.
  ///   - rightOnly: How often the second alone is right, at least 0.
  public static func exactProbability(leftOnly: Int, rightOnly: Int) -> Double {
    let (least, greatest) = (Double(min(leftOnly, rightOnly)), Double(max(leftOnly, rightOnly)))
    guard leftOnly != rightOnly, least >= 0 else { return 1 }
    // Σ of the terms over the last one, C(n, k − 1) / C(n, k) = k / (n − k + 1).
    let n = least + greatest
    var (sum, term, k) = (1.0, 1.0, least)
    while k > 0, term > sum * 0x1p-60 {
      term *= k / (n - k + 1)
      sum += term
      k -= 1
    }
    return min(1, 2 * sum * exp(logarithm(of: least, n)))
  }

  /// ln (C(n, k) / 2ⁿ).
  private static func logarithm(of k: Double, _ n: Double) -> Double {
    guard k > 0, k < n else { return -n * M_LN2 }
    return stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n / 2) - deviance(n - k, n / 2)
      + 0.5 * log(n / (2 * .pi * k * (n - k)))
  }

  /// ln n! − ln(√(2πn) (n/e)ⁿ).
  private static func stirlingError(_ n: Double) -> Double {
    if n < 16 {
      let factorial = stride(from: 2, through: n, by: 1).reduce(1, *)
      return log(factorial) - 0.5 * log(2 * .pi * n) - n * log(n) + n
    }
    let square = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n
  }

  /// x ln(x/m) + m − x, without cancellation where x is near m.
  private static func deviance(_ x: Double, _ m: Double) -> Double {
    guard (x - m).magnitude < 0.1 * (x + m) else { return x * log(x / m) + m - x }
    let v = (x - m) / (x + m)
    var sum = (x - m) * v
    var power = 2 * x * v
    for index in 1..<1000 {
      power *= v * v
      let next = sum + power / Double(2 * index + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A pseudo-random number generator with a state that can be saved: xoshiro256**.
///
/// Period 2²⁵⁶ − 1. Source: Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021.
/// The state is filled from the seed by SplitMix64 (Steele, Lea and Flood, 2014), as its authors advise.
/// The same seed gives the same numbers on every machine. Not for cryptography.
public struct RandomGenerator: RandomNumberGenerator, Sendable, Equatable {
  private var first: UInt64
  private var second: UInt64
  private var third: UInt64
  private var fourth: UInt64

  /// The four words of the state; never all zero.
  public var state: [UInt64] { [first, second, third, fourth] }

  /// Creates a generator whose numbers follow from `seed` alone.
  public init(seed: UInt64) {
    var splitMix = SplitMix64(state: seed)
    first = splitMix.next()
    second = splitMix.next()
    third = splitMix.next()
    fourth = splitMix.next()
  }

  /// Continues from a state that was saved.
  ///
  /// - Throws: `NetworkError` with the code `countMismatch` if there are not four words,
  ///   `valueOutOfRange` if all are zero: the generator would give nothing but zeros.
  public init(state: [UInt64]) throws(NetworkError) {
    guard state.count == 4 else {
      throw NetworkError(
        .countMismatch, at: "random generator state", expected: "4 words", found: "\(state.count)")
    }
    guard state.contains(where: { $0 != 0 }) else {
      throw NetworkError(
        .valueOutOfRange, at: "random generator state", expected: "a word that is not zero",
        found: "four zeros")
    }
    (first, second, third, fourth) = (state[0], state[1], state[2], state[3])
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let result = rotated(second &* 5, by: 7) &* 9
    let shifted = second &<< 17
    third ^= first
    fourth ^= second
    second ^= third
    first ^= fourth
    third ^= shifted
    fourth = rotated(fourth, by: 45)
    return result
  }

  /// Advances by 2¹²⁸ steps, to the start of a stream that does not overlap the one left behind.
  public mutating func jump() {
    let polynomial: [UInt64] = [
      0x180e_c6d3_3cfd_0aba, 0xd5a6_1266_f0c9_392c, 0xa958_2618_e03f_c9aa, 0x39ab_dc45_29b1_661c,
    ]
    var sum: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for word in polynomial {
      for bit in 0..<UInt64(64) {
        if word & (1 &<< bit) != 0 {
          sum = (sum.0 ^ first, sum.1 ^ second, sum.2 ^ third, sum.3 ^ fourth)
        }
        _ = next()
      }
    }
    (first, second, third, fourth) = sum
  }

  /// A whole number in `0..<bound`, each equally likely; 0 for a bound below 2.
  ///
  /// Lemire's multiplication with rejection ("Fast Random Integer Generation in an Interval", 2019).
  public mutating func next(below bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// A number in [0, 1): the upper 53 bits of the next word, divided by 2⁵³.
  public mutating func uniform() -> Double {
    Double(next() &>> 11) * 0x1p-53
  }

  /// A deviate of the normal distribution with mean 0 and standard deviation 1.
  ///
  /// Box and Muller, 1958: √(−2 ln u) · cos 2πv with u in (0, 1] and v in [0, 1).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// Puts `values` into a random order, each order equally likely (Fisher and Yates).
  public mutating func shuffle<Element>(_ values: inout [Element]) {
    for last in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(last, next(below: last + 1))
    }
  }

  private func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
    (word &<< count) | (word &>> (64 - count))
  }
}

/// The generator that stretches a seed of 64 bits to a longer state.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word &>> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word &>> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word &>> 31)
  }
}

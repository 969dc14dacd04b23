/// The second pass: mean, deviation and norm of the finite values.
///
/// Each block gets its own mean and squared deviations, which are merged as in T. F. Chan, G. H. Golub and
/// R. J. LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979):
/// with δ = mean_b − mean_a, M₂ = M₂a + M₂b + δ² · n_a · n_b / n. That loses no digits where Σx² − (Σx)²/n would.
struct Moments {
  private let scale: Double
  private var count = 0.0
  private var scaledMean = 0.0
  private var squaredDeviations = 0.0
  private var squares = 0.0

  init(scale: Double) {
    self.scale = scale
  }

  var mean: Double { scaledMean * scale }
  var standardDeviation: Double { count > 0 ? (squaredDeviations / count).squareRoot() * scale : 0 }
  var l2Norm: Double { squares.squareRoot() * scale }

  mutating func include(_ block: UnsafeBufferPointer<Double>) {
    let factor = 1 / scale
    // Eight partial sums: the processor adds them side by side, and rounding errors grow eight times slower.
    var (sum, square, finite) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
    Moments.forEachVector(block) { values in
      let mask = Moments.finiteMask(values)
      let scaled = (values * factor).replacing(with: 0, where: .!mask)
      sum += scaled
      square.addProduct(scaled, scaled)
      finite += SIMD8<Double>(repeating: 0).replacing(with: 1, where: mask)
    }
    let blockCount = finite.sum()
    guard blockCount > 0 else { return }
    squares += square.sum()
    let blockMean = sum.sum() / blockCount
    var deviations = SIMD8<Double>()
    Moments.forEachVector(block) { values in
      let deviation = (values * factor - blockMean).replacing(with: 0, where: .!Moments.finiteMask(values))
      deviations.addProduct(deviation, deviation)
    }
    let delta = blockMean - scaledMean
    let total = count + blockCount
    scaledMean += delta * (blockCount / total)
    squaredDeviations += deviations.sum() + delta * delta * (count * blockCount / total)
    count = total
  }

  private static func finiteMask(_ values: SIMD8<Double>) -> SIMDMask<SIMD8<Int64>> {
    let magnitude = SIMD8<Double>(
      bitPattern: SIMD8<UInt64>(bitPattern: values) & SIMD8(repeating: 0x7FFF_FFFF_FFFF_FFFF))
    return magnitude .<= Double.greatestFiniteMagnitude
  }

  /// Calls `body` with eight values at a time; the last vector is filled up with NaN, which counts for nothing.
  @inline(__always)
  private static func forEachVector(
    _ block: UnsafeBufferPointer<Double>, _ body: (SIMD8<Double>) -> Void
  ) {
    let bytes = UnsafeRawBufferPointer(block)
    let whole = block.count / 8
    for index in 0..<whole {
      body(bytes.loadUnaligned(fromByteOffset: index * 64, as: SIMD8<Double>.self))
    }
    guard whole * 8 < block.count else { return }
    var rest = SIMD8<Double>(repeating: .nan)
    for index in whole * 8..<block.count { rest[index - whole * 8] = block[index] }
    body(rest)
  }
}

extension SIMD8<Double> {
  fileprivate init(bitPattern: SIMD8<UInt64>) { self = unsafeBitCast(bitPattern, to: SIMD8<Double>.self) }
}

extension SIMD8<UInt64> {
  fileprivate init(bitPattern: SIMD8<Double>) { self = unsafeBitCast(bitPattern, to: SIMD8<UInt64>.self) }
}

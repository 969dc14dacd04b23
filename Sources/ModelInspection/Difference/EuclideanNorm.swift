/// ‖x‖ = √Σx², where no square overflows or vanishes.
///
/// Squares are summed in three ranges, of which the outer two are scaled by powers of two: J. L. Blue, "A portable
/// Fortran program to find the Euclidean norm of a vector" (1978).
struct EuclideanNorm {
  private static let largeExponent = 538
  private static let smallExponent = -537

  private var small = 0.0
  private var medium = 0.0
  private var large = 0.0

  var isZero: Bool { small == 0 && medium == 0 && large == 0 }

  mutating func include(_ value: Double) {
    let magnitude = value.magnitude
    if magnitude > 0x1p486 {
      large += (magnitude * 0x1p-538) * (magnitude * 0x1p-538)
    } else if magnitude >= 0x1p-511 {
      medium += magnitude * magnitude
    } else {
      small += (magnitude * 0x1p537) * (magnitude * 0x1p537)
    }
  }

  /// Adds squares that were summed up elsewhere, of values none of which is too large, or all too small, to be squared.
  mutating func includeSquares(_ sum: Double) { medium += sum }

  mutating func merge(_ other: EuclideanNorm) {
    small += other.small
    medium += other.medium
    large += other.large
  }

  /// The norm is `root` · 2^`exponent`.
  var scaled: (root: Double, exponent: Int) {
    if large > 0 {
      ((large + medium * 0x1p-538 * 0x1p-538).squareRoot(), EuclideanNorm.largeExponent)
    } else if medium > 0 {
      ((medium + small * 0x1p-537 * 0x1p-537).squareRoot(), 0)
    } else {
      (small.squareRoot(), EuclideanNorm.smallExponent)
    }
  }

  /// ‖x‖ / √n.
  func rootMean(count: Int) -> Double {
    guard count > 0 else { return 0 }
    let (root, exponent) = scaled
    return Double(sign: .plus, exponent: exponent, significand: root / Double(count).squareRoot())
  }

  /// This norm divided by another one: 0 when this one is 0, infinite when only the other one is.
  func ratio(to other: EuclideanNorm) -> Double {
    if isZero { return 0 }
    if other.isZero { return .infinity }
    let (a, b) = (scaled, other.scaled)
    return Double(sign: .plus, exponent: a.exponent - b.exponent, significand: a.root / b.root)
  }
}

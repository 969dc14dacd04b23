import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

struct ToleranceTests {
  /// |a − b| ≤ absolute + relative · max(|a|, |b|), with the bound itself inside.
  @Test func theBoundItselfIsWithinTheTolerance() {
    let absolute = Tolerance(absolute: 0.25, relative: 0)
    #expect(absolute.accepts(1, 1.25) && absolute.accepts(-0.125, 0.125))
    #expect(!absolute.accepts(1, 1.25.nextUp))
    let relative = Tolerance(absolute: 0, relative: 0.5)
    #expect(relative.accepts(1, 2) && relative.accepts(-2, -1))
    #expect(!relative.accepts(1, 2.0.nextUp) && !relative.accepts(0, 1e-300) && !relative.accepts(1, -1))
    let both = Tolerance(absolute: 1, relative: 0.5)
    #expect(both.accepts(1, 4) && !both.accepts(1, 4.0.nextUp))
    #expect(Tolerance.none.accepts(0, -0.0) && !Tolerance.none.accepts(1, 1.0.nextUp))
  }

  @Test(arguments: 0..<200)
  func itDoesNotMatterWhichValueComesFirst(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let tolerance = Tolerance(
      absolute: Double.random(in: 0...0.1, using: &random), relative: Double.random(in: 0...0.5, using: &random))
    let (a, b) = (Double.random(in: -2...2, using: &random), Double.random(in: -2...2, using: &random))
    #expect(tolerance.accepts(a, b) == tolerance.accepts(b, a))
    let expected = (a - b).magnitude <= tolerance.absolute + tolerance.relative * max(a.magnitude, b.magnitude)
    #expect(tolerance.accepts(a, b) == expected)
  }

  /// NaN is the same as NaN, an infinity only as itself, however wide the tolerance.
  @Test func nanIsTheSameAsNaNAnInfinityOnlyAsItself() {
    let wide = Tolerance(absolute: .infinity, relative: .infinity)
    #expect(wide.accepts(.nan, .nan) && wide.accepts(.infinity, .infinity) && wide.accepts(-1e308, 1e308))
    #expect(!wide.accepts(.nan, 1) && !wide.accepts(1, .nan) && !wide.accepts(.nan, .infinity))
    #expect(!wide.accepts(.infinity, -.infinity) && !wide.accepts(.infinity, 1e308))
  }

  @Test func negativeNumbersAndNaNCountAs0() {
    #expect(Tolerance(absolute: -1, relative: .nan) == .none)
    #expect(Tolerance(absolute: .nan, relative: -.infinity) == .none)
    #expect(Tolerance(absolute: .nan, relative: 0.5).accepts(1, 2))
  }
}

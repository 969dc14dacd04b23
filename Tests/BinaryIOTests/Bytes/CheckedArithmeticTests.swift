import BinaryIO
import Testing

@Suite struct CheckedArithmeticTests {
  @Test func productsThatFitAreComputed() {
    #expect(CheckedArithmetic.product([]) == 1)
    #expect(CheckedArithmetic.product([7]) == 7)
    #expect(CheckedArithmetic.product([60_000, 28, 28]) == 47_040_000)
    #expect(CheckedArithmetic.product([.max, 1]) == .max)
    #expect(CheckedArithmetic.product([0]) == 0)
  }

  @Test func productsThatDoNotFit() {
    #expect(CheckedArithmetic.product([.max, 2]) == nil)
    #expect(CheckedArithmetic.product([Int(UInt32.max), Int(UInt32.max)]) == nil)
    // 2⁶⁴ wraps round to 0, and 2⁶⁴ · 5 with it.
    #expect(CheckedArithmetic.product([1 << 32, 1 << 32, 5]) == nil)
  }

  @Test func aZeroOutweighsAnOverflowInAnyOrder() {
    #expect(CheckedArithmetic.product([0, .max, .max]) == 0)
    #expect(CheckedArithmetic.product([.max, .max, 0]) == 0)
    #expect(CheckedArithmetic.product([.max, 0, .max]) == 0)
  }

  @Test func aNegativeFactorIsRefusedInAnyOrder() {
    #expect(CheckedArithmetic.product([-1]) == nil)
    #expect(CheckedArithmetic.product([-1, 0]) == nil)
    #expect(CheckedArithmetic.product([0, -1]) == nil)
    #expect(CheckedArithmetic.product([-1, -1]) == nil)
  }

  @Test func sumsAreComputedOrOverflow() {
    #expect(CheckedArithmetic.sum() == 0)
    #expect(CheckedArithmetic.sum(1, 2, 3) == 6)
    #expect(CheckedArithmetic.sum(.max, 0) == .max)
    #expect(CheckedArithmetic.sum(.max, 1) == nil)
    #expect(CheckedArithmetic.sum(1, .max) == nil)
    #expect(CheckedArithmetic.sum(.min, -1) == nil)
    #expect(CheckedArithmetic.sum(.max, 1, -1) == nil)
  }
}

import BinaryIO
import ModelFormat
import Testing

@testable import ModelInspection

struct UnitsInLastPlaceTests {
  private func distance(_ type: DataType, _ a: Double, _ b: Double) throws -> UInt64 {
    let units = try #require(UnitsInLastPlace(type))
    #expect(units.distance(a, b) == units.distance(b, a))
    return units.distance(a, b)
  }

  @Test func onlyFloatingPointTypesHaveThem() {
    for type in DataType.allCases { #expect((UnitsInLastPlace(type) == nil) == !type.isFloatingPoint) }
  }

  static let starts = [0, -0.0, 1, -1, 0.1, -3, 1e-45, -1e-45, 0x1p-126, -0x1p-126, 1e30]

  /// Float32 and float64: as many as nextUp takes steps.
  @Test(arguments: starts)
  func float32AndFloat64AreAsFarApartAsNextUpTakesSteps(start: Double) throws {
    var (single, double) = (Float(start), start)
    for step in 0...300 as ClosedRange<UInt64> {
      #expect(try distance(.float32, Double(Float(start)), Double(single)) == step)
      #expect(try distance(.float64, start, double) == step)
      (single, double) = (single.nextUp, double.nextUp)
    }
  }

  /// Types that a later version may have are measured in units of their own, not in those of `Double`.
  @Test(arguments: [(2, 1), (3, 4), (4, 3), (5, 2), (5, 10), (6, 9), (8, 7)])
  func theOrdinalOfANumberOfAnyLayoutIsItsBits(exponentBits: Int, fractionBits: Int) {
    let units = UnitsInLastPlace(exponentBits: exponentBits, fractionBits: fractionBits)
    let bias = 1 << (exponentBits - 1) - 1
    let wrong = (0..<((1 << exponentBits) - 1) << fractionBits).filter { bits in
      let (exponent, fraction) = (bits >> fractionBits, Double(bits & (1 << fractionBits - 1)))
      let significand = fraction / Double(1 << fractionBits) + (exponent == 0 ? 0 : 1)
      let value = significand * Double(sign: .plus, exponent: max(exponent, 1) - bias, significand: 1)
      return units.distance(0, value) != UInt64(bits) || units.distance(-value, value) != 2 * UInt64(bits)
    }
    #expect(wrong.isEmpty)
  }

  /// Across zero: both least numbers are one step from it.
  @Test func bothLeastNumbersAreOneStepFromZero() throws {
    for (type, least) in [
      (DataType.float64, Double.leastNonzeroMagnitude), (.float32, 0x1p-149), (.float16, 0x1p-24),
      (.bfloat16, 0x1p-133),
    ] {
      #expect(try distance(type, 0, least) == 1)
      #expect(try distance(type, -0.0, least) == 1)
      #expect(try distance(type, 0, -0.0) == 0)
      #expect(try distance(type, -least, least) == 2)
      #expect(try distance(type, -3 * least, 2 * least) == 5)
    }
  }

  /// The widest distances: from the least to the greatest finite number.
  @Test func theWidestDistancesAreFromTheLeastToTheGreatestFiniteNumber() throws {
    let widest = Double.greatestFiniteMagnitude
    #expect(try distance(.float64, -widest, widest) == 2 * 0x7FEF_FFFF_FFFF_FFFF)
    #expect(try distance(.float32, -Double(Float.greatestFiniteMagnitude), 0) == 0x7F7F_FFFF)
    #expect(try distance(.float16, -65_504, 65_504) == 2 * 0x7BFF)
    #expect(try distance(.bfloat16, 0, Double(Float(bitPattern: 0x7F7F_0000))) == 0x7F7F)
  }

  /// Bfloat16 and float16: the ordinal of every finite number is that of its bits.
  @Test func theOrdinalOfEveryFiniteBfloat16AndFloat16IsThatOfItsBits() throws {
    for type in [DataType.bfloat16, .float16] {
      let finite: UInt16 = type == .float16 ? 0x7C00 : 0x7F80
      let units = try #require(UnitsInLastPlace(type))
      let wrong = (0..<finite).filter { bits in
        let value =
          type == .float16
          ? Double(HalfPrecision.float(bits)) : Double(Float(bitPattern: UInt32(bits) << 16))
        return units.distance(0, value) != UInt64(bits) || units.distance(-value, 0) != UInt64(bits)
      }
      #expect(wrong == [])
    }
  }

  #if !(os(macOS) && arch(x86_64))
    /// Float16: as many as nextUp takes steps.
    @Test(arguments: [-0x1p-13, -0x1p-24, 0, 1, -1, 2000] as [Double])
    func float16IsAsFarApartAsNextUpTakesSteps(start: Double) throws {
      var value = Float16(start)
      for step in 0...500 as ClosedRange<UInt64> {
        #expect(try distance(.float16, start, Double(value)) == step)
        value = value.nextUp
      }
    }
  #endif

  @Test func aComparisonReportsTheLargestDistanceInTheTensorsOwnType() throws {
    let left = try Tensor(name: "w", shape: [3], values: [1, -0.5, 8] as [Float])
    let right = try Tensor(name: "w", shape: [3], values: [Float(1).nextUp, Float(-0.5).nextUp.nextUp.nextUp, 8])
    let difference = try ModelDifference(reader([left]), reader([right])).tensors[0]
    #expect(difference.values?.maximumUnitsInLastPlace == 3)
    #expect(difference.values?.differing == 2)
    #expect(!difference.isSame)
  }
}

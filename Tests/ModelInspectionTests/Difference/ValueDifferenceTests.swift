import ModelFormat
import ModelInspection
import Testing

/// How values differ.
struct ValueDifferenceTests {
  private func difference(
    _ left: Tensor, _ right: Tensor, _ tolerance: Tolerance = .none
  ) throws -> ValueDifference {
    let tensors = try ModelDifference(reader([left]), reader([right]), tolerance: tolerance).tensors
    #expect(tensors.count == 1)
    return try #require(tensors[0].values)
  }

  private func difference(
    _ left: [Double], _ right: [Double], _ tolerance: Tolerance = .none
  ) throws -> ValueDifference {
    try difference(tensor(left), tensor(right), tolerance)
  }

  /// One changed value: place, size, ratio of norms and units in the last place, by hand.
  @Test func oneChangedValueIsMeasuredAsByHand() throws {
    let left = try tensor([3, 4, 0, 0, 0, 0], shape: [2, 3])
    let right = try tensor([3, 4, 0, 0, 0.5, 0], shape: [2, 3])
    let difference = try difference(left, right)
    #expect(difference.count == 6)
    #expect(difference.differing == 1)
    #expect(difference.maximumAbsoluteDifference == 0.5)
    #expect(difference.place?.index == [1, 1])
    #expect(difference.place?.left == 0)
    #expect(difference.place?.right == 0.5)
    #expect(difference.relativeL2 == 0.1)
    #expect(difference.nonFinite == 0)
    // The bits of 0.5, counted from those of 0.
    #expect(difference.maximumUnitsInLastPlace == 0x3FE0_0000_0000_0000)
  }

  /// Of several changes the largest is shown, the first one of equals; scalars have an empty index.
  @Test func ofSeveralChangesTheLargestIsShownTheFirstOneOfEquals() throws {
    let difference = try difference([1, 2, 3, 4], [1.25, 2, 3.5, 3.5])
    #expect(difference.differing == 3)
    #expect(difference.maximumAbsoluteDifference == 0.5)
    #expect(difference.place?.index == [2])
    #expect(difference.relativeL2 == (0.0625 + 0.25 + 0.25).squareRoot() / 30.0.squareRoot())
    let scalar = try self.difference(tensor([1], shape: []), tensor([2], shape: []))
    #expect(scalar.place?.index == [])
  }

  @Test func equalValuesDoNotDifferNaNAndSignedZerosIncluded() throws {
    let values = [0, -0.0, .nan, .infinity, -.infinity, 0x1p-1060]
    let difference = try difference(values, [-0.0, 0, -.nan, .infinity, -.infinity, 0x1p-1060])
    #expect(
      difference.differing == 0 && difference.nonFinite == 0 && difference.maximumAbsoluteDifference == 0
        && difference.relativeL2 == 0)
    #expect(difference.place == nil)
    #expect(difference.maximumUnitsInLastPlace == 0)
  }

  @Test func nanOnOneSideDiffersAPairWithASizeNamesThePlaceBeforeIt() throws {
    let alone = try difference([1, .nan], [1, 2])
    #expect(alone.differing == 1 && alone.nonFinite == 1)
    #expect(alone.maximumAbsoluteDifference.isNaN)
    #expect(alone.place?.index == [1])
    let beside = try difference([.nan, 1, .nan], [1, 1.5, 2])
    #expect(beside.differing == 3 && beside.nonFinite == 2)
    #expect(beside.maximumAbsoluteDifference == 0.5)
    #expect(beside.place?.index == [1])
  }

  @Test func infinitiesDifferFromNumbersAndFromOneAnotherWithoutEnd() throws {
    for (left, right): (Double, Double) in [(.infinity, 1), (1, -.infinity), (.infinity, -.infinity)] {
      let difference = try difference([5, left], [4, right], Tolerance(absolute: 1e300, relative: 10))
      #expect(difference.differing == 1 && difference.nonFinite == 1)
      #expect(difference.maximumAbsoluteDifference == .infinity)
      #expect(difference.place?.index == [1])
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `A value that became NaN or infinite is a mismatch and no distance`(value: Double) throws {
    for difference in [try difference([3, 4, 1], [3, 4, value]), try difference([3, 4, value], [3, 4.5, 1])] {
      #expect(difference.nonFinite == 1 && difference.differing >= 1)
      #expect(difference.relativeL2 == nil && difference.maximumUnitsInLastPlace == nil)
      #expect(difference.cosine == nil && difference.rmsDifference == nil && difference.signalToNoise == nil)
    }
  }

  @Test func `Two NaNs or equal infinities are left out of the norms`() throws {
    let difference = try difference([3, 4, .nan, .infinity], [3, 4.5, .nan, .infinity])
    #expect(difference.relativeL2 == 0.1 && difference.nonFinite == 0)
    #expect(agree(difference.rmsDifference, 0.125.squareRoot()))
  }

  @Test(arguments: [1e300, 1e-300, 0x1p-1030, 1e160, 1e-170])
  func theRatioOfNormsAtTheEndsOfTheRange(scale: Double) throws {
    let difference = try difference([3 * scale, 4 * scale], [3 * scale, 4.5 * scale])
    #expect(agree(difference.relativeL2, 0.1, within: 1e-6))
  }

  /// The ratio is infinite only where the left norm is 0, and 0 only where nothing differs.
  @Test func theRatioIsInfiniteOnlyWhereTheLeftNormIs0() throws {
    #expect(try difference([0, 0], [0, 1e-300]).relativeL2 == .infinity)
    let tiny = try difference([1e200, 1], [1e200, 1 + 1e-10])
    let ratio = try #require(tiny.relativeL2)
    #expect(ratio > 0 && ratio < 1e-209)
    let mixed = try difference([1e-200, 1], [2e-200, 1])
    #expect(agree(mixed.relativeL2, 1e-200))
  }

  /// 64-bit integers are compared exactly, beyond what a Double can hold.
  @Test func integersOf64BitsAreComparedExactly() throws {
    let big = Int64.max - 1
    let signed = try difference(tensor(.int64, [big, -big, 7]), tensor(.int64, [big + 1, -big, 7]))
    #expect(signed.differing == 1)
    #expect(signed.maximumAbsoluteDifference == 1)
    #expect(signed.place?.index == [0])
    #expect(signed.maximumUnitsInLastPlace == nil)
    let unsigned = try difference(tensor(.uint64, [UInt64.max, 0]), tensor(.uint64, [UInt64.max - 2, 0]))
    #expect(unsigned.differing == 1 && unsigned.maximumAbsoluteDifference == 2)
    let apart = try difference(tensor(.int64, [Int64.min]), tensor(.int64, [Int64.max]))
    #expect(apart.maximumAbsoluteDifference == 0x1p64)
    let tolerated = try difference(
      tensor(.uint64, [UInt64.max]), tensor(.uint64, [UInt64.max - 2]), Tolerance(absolute: 2, relative: 0))
    #expect(tolerated.differing == 0 && tolerated.maximumAbsoluteDifference == 2)
  }

  @Test func otherIntegersAndBooleansHaveNoUnitsInTheLastPlace() throws {
    for type in DataType.allCases where !type.isFloatingPoint && type.byteCount == 1 {
      let difference = try difference(tensor(type, [0, 1, 1] as [UInt8]), tensor(type, [0, 1, 0] as [UInt8]))
      #expect(difference.differing == 1 && difference.maximumAbsoluteDifference == 1)
      #expect(difference.maximumUnitsInLastPlace == nil)
    }
  }

  /// Tensors of several chunks and blocks: the place is counted through.
  @Test(arguments: [4095, 4096, 131_072, 299_999])
  func thePlaceIsCountedThroughSeveralChunksAndBlocks(position: Int) throws {
    let values = (0..<300_000).map { Double($0) }
    var changed = values
    changed[position] += 0.25
    let difference = try difference(
      tensor(values, shape: [300, 1000]), tensor(changed, shape: [300, 1000]))
    #expect(difference.count == 300_000 && difference.differing == 1)
    #expect(difference.place?.index == [position / 1000, position % 1000])
  }
}

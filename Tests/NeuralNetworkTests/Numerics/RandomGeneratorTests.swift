import Testing

@testable import NeuralNetwork

struct RandomGeneratorTests {
  /// The outputs of the authors' C program for the state 1, 2, 3, 4, as the Rust crate rand_xoshiro has them.
  ///
  /// Xoshiro256** gives the published numbers.
  @Test func xoshiroGivesThePublishedNumbers() throws {
    var generator = try RandomGenerator(state: [1, 2, 3, 4])
    let numbers = (0..<10).map { _ in generator.next() }
    #expect(
      numbers == [
        11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
        607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
        10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
      ])
  }

  /// The first outputs for the seed 1234567, as Rosetta Code has them.
  @Test func splitMix64GivesThePublishedNumbers() {
    var generator = SplitMix64(state: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func aSeedFillsTheStateBySplitMix64() {
    // Python, both generators written from their papers, seed 42.
    var generator = RandomGenerator(seed: 42)
    #expect(
      generator.state == [
        13_679_457_532_755_275_413, 2_949_826_092_126_892_291, 5_139_283_748_462_763_858,
        6_349_198_060_258_255_764,
      ])
    #expect(generator.next() == 1_546_998_764_402_558_742)
    #expect(generator.next() == 6_990_951_692_964_543_102)
  }

  /// Python: the step as a 256 × 256 matrix of bits, squared 128 times, applied to the state 1, 2, 3, 4.
  ///
  /// A jump is 2 to the 128 steps.
  @Test func aJumpIs2ToThe128Steps() throws {
    var generator = try RandomGenerator(state: [1, 2, 3, 4])
    generator.jump()
    #expect(
      generator.state == [
        10_122_426_448_480_695_249, 8_079_205_330_032_121_950, 7_289_065_458_748_526_725,
        9_477_464_255_293_849_680,
      ])
  }

  @Test func aSavedStateGoesOnWhereItWas() throws {
    var generator = RandomGenerator(seed: 9)
    for _ in 0..<100 { _ = generator.next() }
    var restored = try RandomGenerator(state: generator.state)
    #expect(restored == generator)
    #expect((0..<10).map { _ in restored.next() } == (0..<10).map { _ in generator.next() })
  }

  @Test func impossibleStatesAreRefused() {
    #expect(networkError { _ = try RandomGenerator(state: [1, 2, 3]) }?.code == .countMismatch)
    #expect(networkError { _ = try RandomGenerator(state: [0, 0, 0, 0]) }?.code == .valueOutOfRange)
  }

  @Test func boundedNumbersAreUniform() {
    var generator = RandomGenerator(seed: 1)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.next(below: 7)] += 1 }
    // χ² with 6 degrees of freedom is below 22.46 in 99.9 % of all cases.
    let chiSquared = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    #expect(chiSquared < 22.46)
    #expect((0..<10).allSatisfy { _ in generator.next(below: 1) == 0 && generator.next(below: -3) == 0 })
  }

  @Test func aBoundCloseToTheLargestStaysInRangeAndReachesBothHalves() {
    var generator = RandomGenerator(seed: 2)
    let bound = Int.max - 1
    let numbers = (0..<1_000).map { _ in generator.next(below: bound) }
    #expect(numbers.allSatisfy { (0..<bound).contains($0) })
    #expect(numbers.contains { $0 > bound / 2 } && numbers.contains { $0 < bound / 2 })
  }

  @Test func uniformNumbersFillTheInterval() {
    var generator = RandomGenerator(seed: 3)
    let numbers = (0..<50_000).map { _ in generator.uniform() }
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < 1 })
    // The standard deviation of the mean is √(1/12 / 50,000) = 0.0013.
    #expect(abs(numbers.reduce(0, +) / 50_000 - 0.5) < 0.005)
  }

  @Test func normalDeviatesHaveTheMomentsOfTheNormalDistribution() {
    var generator = RandomGenerator(seed: 4)
    let numbers = (0..<50_000).map { _ in generator.normal() }
    func moment(_ power: Int) -> Double {
      numbers.reduce(0) { sum, x in sum + (0..<power).reduce(1) { product, _ in product * x } } / 50_000
    }
    // Moments 0, 1, 0, 3; four standard errors of each.
    #expect(abs(moment(1)) < 0.018)
    #expect(abs(moment(2) - 1) < 0.026)
    #expect(abs(moment(3)) < 0.07)
    #expect(abs(moment(4) - 3) < 0.18)
    // 4.55 % lie beyond two standard deviations.
    #expect(abs(Double(numbers.count { abs($0) > 2 }) / 50_000 - 0.0455) < 0.004)
  }

  @Test func aShuffleReachesAllOrdersEquallyOften() {
    var generator = RandomGenerator(seed: 5)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var order = [0, 1, 2, 3]
      generator.shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 24)
    // χ² with 23 degrees of freedom is below 49.73 in 99.9 % of all cases.
    let chiSquared = counts.values.reduce(0.0) { $0 + (Double($1) - 1_000) * (Double($1) - 1_000) / 1_000 }
    #expect(chiSquared < 49.73)
  }
}

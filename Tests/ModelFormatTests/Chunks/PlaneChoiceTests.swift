import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// Each byte plane is stored in the form that suits it.
struct PlaneChoiceTests {
  private static let compressing: [Compression] = [.default, .fast, .best]

  private func expectRoundTrip(
    _ bytes: [UInt8], _ type: DataType, _ compression: Compression, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [UInt8] {
    let payload = try TensorChunk.encoded(bytes, type, compression)
    let decoded = try TensorChunk.decoded(payload, type, count: bytes.count)
    #expect(decoded == bytes, sourceLocation: sourceLocation)
    return payload
  }

  @Test(arguments: DataType.allCases, compressing)
  func equalValuesAreOneBytePerPlaneWhateverTheType(type: DataType, compression: Compression) throws {
    for byte: UInt8 in [0, 1, 0xFF] {
      let payload = try expectRoundTrip([UInt8](repeating: byte, count: 1 << 16), type, compression)
      #expect(payload.count == 1 + 6 * type.byteCount)
      #expect(TensorChunk.headers(payload, type).allSatisfy { $0 == (2, 1) })
    }
  }

  /// The exponents of normally distributed weights shrink to 34 %, and nothing else is touched.
  @Test(arguments: compressing)
  func theExponentsOfNormallyDistributedWeightsShrinkToAThird(compression: Compression) throws {
    var random = SplitMix64(seed: 5)
    for deviation in [1, 0.05, 0.01] {
      let values = Values.gaussian(1 << 17, deviation: deviation, &random).map { Float($0).bitPattern }
      let payload = try expectRoundTrip(Values.bytes(values), .float32, compression)
      let planes = TensorChunk.headers(payload, .float32)
      #expect(planes.map(\.method) == [1, 0, 0, 0])
      #expect(Double(planes[0].length) <= 0.34 * Double(values.count), "\(planes[0].length)")
      #expect(payload[0] == 2)
      #expect(Double(payload.count) <= 0.836 * Double(4 * values.count))
    }
  }

  @Test func halfAndDoublePrecisionGainByTheirExponentsToo() throws {
    var random = SplitMix64(seed: 6)
    let weights = Values.gaussian(1 << 16, deviation: 0.05, &random)
    let brain = Values.bytes(weights.map { UInt16(Float($0).bitPattern >> 16) })
    #expect(try expectRoundTrip(brain, .bfloat16, .default).count < brain.count * 68 / 100)
    let double = Values.bytes(weights.map(\.bitPattern))
    #expect(try expectRoundTrip(double, .float64, .default).count < double.count * 95 / 100)
    // Read as integers, the same bits are not rotated: the sign spoils the plane of the exponent.
    let float = Values.bytes(weights.map { Float($0).bitPattern })
    let rotated = try expectRoundTrip(float, .float32, .best)
    let plain = try expectRoundTrip(float, .uint32, .best)
    #expect(rotated.count < plain.count)
  }

  @Test(arguments: DataType.allCases, compressing)
  func noiseIsStoredAsItIsInOnePiece(type: DataType, compression: Compression) throws {
    var random = SplitMix64(seed: 7)
    let bytes = Values.noise(1 << 17, &random)
    let payload = try expectRoundTrip(bytes, type, compression)
    #expect(payload == [0] + bytes)
  }

  @Test(arguments: compressing)
  func zerosWithAFewValuesBetweenThem(compression: Compression) throws {
    var random = SplitMix64(seed: 8)
    var values = [Float](repeating: 0, count: 1 << 16)
    for _ in 0..<1000 {
      values[Int.random(in: 0..<values.count, using: &random)] = Float.random(in: -1...1, using: &random)
    }
    let bytes = Values.bytes(values.map(\.bitPattern))
    let payload = try expectRoundTrip(bytes, .float32, compression)
    // 1000 values of 4 bytes, and some two bytes to say where each is; Huffman codes alone take a bit per byte.
    #expect(payload.count < (compression == .fast ? bytes.count / 6 : 10_000), "\(payload.count)")
    #expect(payload[0] == 2)
  }

  @Test func repeatedRowsAreFoundByMatchingUnlessItIsToBeFast() throws {
    var random = SplitMix64(seed: 9)
    let row = Values.noise(1000 * 4, &random)
    let bytes = Array([[UInt8]](repeating: row, count: 60).joined())
    for compression in [Compression.default, .best] {
      #expect(try expectRoundTrip(bytes, .float32, compression).count < bytes.count / 20)
    }
    #expect(try expectRoundTrip(bytes, .float32, .fast).count <= bytes.count + 1)
  }

  @Test(arguments: [DataType.int16, .int32, .int64, .uint16, .uint32, .uint64])
  func smallIntegersInWideTypesAndCounters(type: DataType) throws {
    var random = SplitMix64(seed: 10)
    let size = type.byteCount
    let count = 1 << 14
    var small = [UInt8](repeating: 0, count: count * size)
    var counter = small
    for index in 0..<count {
      small[index * size] = UInt8.random(in: 0...9, using: &random)
      for byte in 0..<min(size, 4) { counter[index * size + byte] = UInt8(truncatingIfNeeded: index >> (8 * byte)) }
    }
    // log₂ 10 = 3.32 bits per element, and all planes but the lowest are constant.
    let payload = try expectRoundTrip(small, type, .default)
    #expect(payload.count < count * 45 / 100)
    #expect(TensorChunk.headers(payload, type).dropLast().allSatisfy { $0 == (2, 1) })
    #expect(payload[0] == 1)
    #expect(try expectRoundTrip(counter, type, .default).count < count / 20)
  }

  @Test func booleansTakeLittleMoreThanABitOrLessWhereTheyRun() throws {
    var random = SplitMix64(seed: 11)
    let coins = (0..<1 << 16).map { _ in UInt8(random.next() & 1) }
    // A Huffman code has a word for the end as well: of 0, 1 and end, two take two bits.
    #expect(try expectRoundTrip(coins, .boolean, .default).count < coins.count / 5)
    let runs = (0..<1 << 16).map { UInt8($0 / 1000 % 2) }
    #expect(try expectRoundTrip(runs, .boolean, .default).count < 500)
  }

  /// More work never makes more bytes: best ≤ default ≤ none, best ≤ fast.
  @Test(arguments: 0..<13)
  func moreWorkNeverMakesMoreBytes(number: Int) throws {
    var random = SplitMix64(seed: UInt64(200 + number))
    let type = DataType.allCases[number]
    for count in [1, 5, 3000, 40_000] {
      let tensor = try SampleModels.ramp("w", type, count: count, &random)
      var sizes: [Compression: Int] = [:]
      for compression in Compression.allCases {
        sizes[compression] = try expectRoundTrip(tensor.bytes, type, compression).count
      }
      let (best, normal) = (try #require(sizes[.best]), try #require(sizes[.default]))
      #expect(best <= normal && normal <= tensor.bytes.count + 1)
      #expect(best <= (try #require(sizes[.fast])))
      #expect(sizes[.none] == tensor.bytes.count + 1)
    }
  }
}

import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

struct StructuredCodecTests {
  /// Examples of RFC 8949, appendix A, that lie in the subset in use.
  static let vectors: [(StructuredValue, String)] = [
    (.integer(0), "00"), (.integer(1), "01"), (.integer(10), "0a"), (.integer(23), "17"), (.integer(24), "1818"),
    (.integer(25), "1819"), (.integer(100), "1864"), (.integer(1000), "1903e8"),
    (.integer(1_000_000), "1a000f4240"), (.integer(1_000_000_000_000), "1b000000e8d4a51000"),
    (.integer(-1), "20"), (.integer(-10), "29"), (.integer(-100), "3863"), (.integer(-1000), "3903e7"),
    (.number(1.1), "fb3ff199999999999a"), (.number(1.0e+300), "fb7e37e43c8800759c"),
    (.number(-4.1), "fbc010666666666666"), (.number(.infinity), "fb7ff0000000000000"),
    (.number(.nan), "fb7ff8000000000000"), (.number(-.infinity), "fbfff0000000000000"),
    (.boolean(false), "f4"), (.boolean(true), "f5"),
    (.bytes([]), "40"), (.bytes([1, 2, 3, 4]), "4401020304"),
    (.string(""), "60"), (.string("a"), "6161"), (.string("IETF"), "6449455446"), (.string("\"\\"), "62225c"),
    (.string("\u{FC}"), "62c3bc"), (.string("\u{6C34}"), "63e6b0b4"), (.string("\u{10151}"), "64f0908591"),
    (.array([]), "80"), (.array([.integer(1), .integer(2), .integer(3)]), "83010203"),
    (
      .array([.integer(1), .array([.integer(2), .integer(3)]), .array([.integer(4), .integer(5)])]),
      "8301820203820405"
    ),
    (.array((1...25).map { .integer($0) }), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"),
    (.object([:]), "a0"),
    (.object(["a": .integer(1), "b": .array([.integer(2), .integer(3)])]), "a26161016162820203"),
    (.array([.string("a"), .object(["b": .string("c")])]), "826161a161626163"),
    (
      .object(["a": .string("A"), "b": .string("B"), "c": .string("C"), "d": .string("D"), "e": .string("E")]),
      "a56161614161626142616361436164614461656145"
    ),
  ]

  @Test(arguments: vectors.indices)
  func theEncoderWritesAndTheDecoderReadsTheExamplesOfRFC8949(index: Int) throws {
    let (value, text) = StructuredCodecTests.vectors[index]
    #expect(hexadecimalText(value.encoded()) == text)
    #expect(same(try decode(bytes(hexadecimal: text)), value))
  }

  @Test(arguments: [
    (23, 1), (24, 2), (0xFF, 2), (0x100, 3), (0xFFFF, 3), (0x1_0000, 5), (0xFFFF_FFFF, 5), (0x1_0000_0000, 9),
    (Int.max, 9), (-24, 1), (-25, 2), (-256, 2), (-257, 3), (-65_536, 3), (-65_537, 5), (Int.min, 9),
  ])
  func integersAtTheBordersOfEveryLengthSurvive(value: Int, size: Int) throws {
    let encoded = StructuredValue.integer(value).encoded()
    #expect(encoded.count == size)
    #expect(try decode(encoded) == .integer(value))
  }

  @Test(arguments: [0, 23, 24, 255, 256, 65_535, 65_536])
  func stringsAndByteStringsAtTheBordersOfEveryLengthSurvive(count: Int) throws {
    let value = StructuredValue.array([
      .bytes([UInt8](repeating: 7, count: count)), .string(String(repeating: "x", count: count)),
      .array([StructuredValue](repeating: .boolean(true), count: count)),
    ])
    #expect(try decode(value.encoded()) == value)
  }

  @Test(arguments: 0..<300)
  func randomValuesSurviveAndHaveOneEncoding(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let value = StructuredCodecTests.value(&random, depth: 0)
    let encoded = value.encoded()
    let decoded = try decode(encoded)
    #expect(same(decoded, value))
    #expect(decoded.encoded() == encoded)
  }

  @Test(arguments: 0..<50)
  func bytesThatAreAcceptedAreTheEncodingOfWhatTheyWereReadAs(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(1000 + seed))
    var accepted = 0
    for _ in 0..<200 {
      var encoded = StructuredCodecTests.value(&random, depth: 0).encoded()
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        encoded[Int.random(in: 0..<encoded.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      guard let value = try? decode(encoded) else { continue }
      accepted += 1
      #expect(value.encoded() == encoded)
    }
    #expect(accepted > 0)
  }

  /// Object fields are in the order of RFC 8949: shorter names first, then by bytes.
  @Test func objectFieldsAreInTheOrderOfRFC8949() {
    let value = StructuredValue.object(["bb": .integer(1), "é": .integer(2), "z": .integer(3), "aa": .integer(4)])
    #expect(hexadecimalText(value.encoded()) == "a4617a0362616104626262" + "0162c3a902")
  }

  /// Of two fields with equal names the later one counts; absent ones are left out.
  @Test func ofTwoFieldsWithEqualNamesTheLaterOneCounts() {
    #expect(StructuredValue.object(["a": .integer(1), "a": .integer(2), "b": nil]) == .object(["a": .integer(2)]))
  }

  private static func value(_ random: inout SplitMix64, depth: Int) -> StructuredValue {
    switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &random) {
    case 0: .boolean(Bool.random(using: &random))
    case 1: .integer(Int(truncatingIfNeeded: random.next()) >> Int.random(in: 0..<64, using: &random))
    case 2: .number(SampleModels.number(&random))
    case 3: .string(SampleModels.name(&random))
    case 4: .bytes(random.bytes(Int.random(in: 0...30, using: &random)))
    case 5: .array((0..<Int.random(in: 0...5, using: &random)).map { _ in value(&random, depth: depth + 1) })
    default: object(&random, depth: depth)
    }
  }

  private static func object(_ random: inout SplitMix64, depth: Int) -> StructuredValue {
    var fields: [StructuredValue.Field] = []
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      let name = SampleModels.name(&random)
      guard !fields.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) else { continue }
      fields.append(StructuredValue.Field(name: name, value: value(&random, depth: depth + 1)))
    }
    return .object(fields.sorted { StructuredValue.precedes($0.name, $1.name) })
  }
}

private func decode(_ bytes: [UInt8]) throws -> StructuredValue {
  try StructuredDecoder.decode(bytes, limits: DecodingLimits())
}

/// Equality in which NaN equals NaN and 0 differs from −0.
private func same(_ left: StructuredValue, _ right: StructuredValue) -> Bool {
  switch (left, right) {
  case (.number(let a), .number(let b)): a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
  case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
  case (.object(let a), .object(let b)):
    a.count == b.count
      && zip(a, b).allSatisfy { $0.name.utf8.elementsEqual($1.name.utf8) && same($0.value, $1.value) }
  default: left == right
  }
}

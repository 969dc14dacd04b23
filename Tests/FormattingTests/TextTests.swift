import Formatting
import Testing

/// Numbers and names as people read them. Expected numbers: Python's `%` operator.
struct TextTests {
  @Test func decimalsAreThoseAskedFor() {
    #expect(Text.fixed(3.14159, 2) == "3.14")
    #expect(Text.fixed(-0.5, 0) == "-0")
    #expect(Text.fixed(2.5, 0) == "2")
    #expect(Text.fixed(1e15, 1) == "1000000000000000.0")
  }

  @Test func significantDigitsAreThoseAskedFor() {
    #expect(Text.significant(0.00123456) == "0.001235")
    #expect(Text.significant(123456.0, 3) == "1.23e+05")
    #expect(Text.significant(1.0) == "1")
    #expect(Text.significant(Double.leastNonzeroMagnitude) == "4.941e-324")
    #expect(Text.significant(nil) == "–")
    #expect(Text.significant(.nan) == "NaN")
    #expect(Text.significant(.infinity) == "Infinity")
    #expect(Text.significant(-.infinity) == "-Infinity")
  }

  @Test func wholeNumbersShowAllTheirDigits() {
    #expect(Text.number(60_000) == "60,000")
    #expect(Text.number(-0.25) == "-0.25")
    #expect(Text.number(1e14) == "100,000,000,000,000")
    #expect(Text.number(1e300) == "1e+300")
    #expect(Text.number(.nan) == "NaN")
    #expect(Text.number(-.infinity) == "-Infinity")
    #expect(Text.number(nil) == "–")
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"), (-999, "-999"),
    (Int.max, "9,223,372,036,854,775,807"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func digitsAreInGroupsOfThree(value: Int, text: String) { #expect(Text.grouped(value) == text) }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (9_999, "9,999 bytes"), (10_000, "10.0 kB"), (1_500_000, "1.50 MB"),
    (25_000_000, "25.0 MB"), (3_000_000_000, "3.00 GB"), (5_000_000_000_000, "5.00 TB"),
    (5_000_000_000_000_000, "5000.0 TB"),
  ])
  func bytesAreShownInDecimalUnits(count: Int, text: String) { #expect(Text.bytes(count) == text) }

  @Test(arguments: [
    (0.0000005, "0 µs"), (0.000321, "321 µs"), (0.0123, "12 ms"), (1.26, "1.3 s"), (99.0, "99.0 s"),
    (100.0, "1 min 40 s"), (3725.0, "62 min 5 s"),
  ])
  func secondsAreShownInAUnitThatFits(value: Double, text: String) { #expect(Text.seconds(value) == text) }

  @Test func lossKeepsItsDecimalsWhileItIsSmall() {
    #expect(Text.loss(0.12345) == "0.1235")
    #expect(Text.loss(123456.789) == "123457")
    #expect(Text.loss(.nan) == "NaN")
    #expect(Text.loss(.infinity) == "Infinity")
  }

  @Test func percentagesAndCountsHaveTheirUnits() {
    #expect(Text.percent(0.98765) == "98.77 %")
    #expect(Text.percent(1) == "100.00 %")
    #expect(Text.counted(1, "epoch") == "1 epoch")
    #expect(Text.counted(0, "epoch") == "0 epochs")
    #expect(Text.counted(1200, "sample") == "1,200 samples")
  }

  @Test func shapesAreJoinedByCrosses() {
    #expect(Text.shape([]) == "scalar")
    #expect(Text.shape([7]) == "7")
    #expect(Text.shape([28, 28, 1]) == "28×28×1")
  }

  @Test(arguments: [
    ("\u{0}", "\\u{0}"), ("\t", "\\u{9}"), ("\n", "\\u{a}"), ("\r\n", "\\u{d}\\u{a}"),
    ("\u{1B}[31m", "\\u{1b}[31m"),
    ("\u{7F}", "\\u{7f}"), ("\u{9B}", "\\u{9b}"),
    // Marks that turn the direction of text, and others that cannot be seen.
    ("a\u{202E}b", "a\\u{202e}b"), ("\u{2066}", "\\u{2066}"), ("\u{200B}", "\\u{200b}"),
    ("\u{FEFF}", "\\u{feff}"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"), ("\u{E000}", "\\u{e000}"),
  ])
  func whatATerminalWouldObeyIsEscaped(text: String, escaped: String) {
    #expect(Text.escaped(text) == escaped)
  }

  @Test func whatPeopleReadIsLeftAlone() {
    for text in ["affine1.weight", "größe", "数字", "é", "👍", "a b", "c:\\d"] {
      #expect(Text.escaped(text) == text)
    }
  }

  @Test func `A name is shown up to 160 scalars, whatever they look like`() {
    let name = String(repeating: "x", count: 160)
    #expect(Text.short(name) == name)
    #expect(Text.short(name + "y") == name + "…")
    let marks = "a" + String(repeating: "\u{301}", count: 30_000)
    #expect(Text.short(marks).unicodeScalars.count == 161)
  }

  @Test func `Of more than 40 texts the first 20 and the last are listed, with their number`() {
    let texts = (1...41).map(String.init)
    #expect(Text.listed(Array(texts.prefix(40)), separator: " ") == texts.prefix(40).joined(separator: " "))
    #expect(Text.listed(texts, separator: " ") == texts.prefix(20).joined(separator: " ") + " … 41 (41)")
    #expect(Text.listed([], separator: " ") == "")
  }
}

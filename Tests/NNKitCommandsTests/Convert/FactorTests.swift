import Testing

@testable import NNKitCommands

/// `--input-scale` and `--input-offset`: numbers and fractions.
struct FactorTests {
  @Test(arguments: [
    ("1", 1.0), ("0.5", 0.5), ("-2e3", -2000.0), ("1/255", 1.0 / 255), ("-0.1307/0.3081", -0.1307 / 0.3081),
    ("0/5", 0.0),
  ])
  func numbersAndFractionsAreRead(text: String, value: Double) throws {
    #expect(try #require(Factor(argument: text)).value == value)
  }

  @Test(arguments: ["", "/", "1/", "/2", "1/0", "0/0", "1/2/3", "inf", "nan", "1/inf/", "much", "1 /2", "1e999"])
  func whatIsNoNumberIsRefused(text: String) {
    #expect(Factor(argument: text) == nil)
  }
}

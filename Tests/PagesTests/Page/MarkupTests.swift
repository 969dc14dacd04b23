import Testing

@testable import Pages

struct MarkupTests {
  @Test(arguments: [
    ("-0.5", "−0.5"), ("0.001 at (-0.24, -0.03)", "0.001 at (−0.24, −0.03)"), ("2.5e-07", "2.5e−07"),
    ("-1e-06 to -1", "−1e−06 to −1"),
    ("21 models from digits-epoch-0000.nnk to run-2.nnk", "21 models from digits-epoch-0000.nnk to run-2.nnk"),
  ])
  func numbersGetAMinusSignAndNamesKeepTheirHyphens(text: String, expected: String) {
    #expect(Markup.number(text) == expected)
  }
}

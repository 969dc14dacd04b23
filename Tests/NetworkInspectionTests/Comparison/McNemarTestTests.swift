import Testing

@testable import NetworkInspection

struct McNemarTestTests {
  @Test func `The probability is that of SciPy's binomial test, from no samples to two millions`() throws {
    let oracle = try InspectionOracle.load().mcnemar
    for (index, expected) in oracle.p.enumerated() {
      let found = McNemarTest.exactProbability(leftOnly: oracle.left[index], rightOnly: oracle.right[index])
      #expect(
        (found - expected).magnitude <= 1e-11 * expected, "\(oracle.left[index]) and \(oracle.right[index]): \(found)")
    }
  }

  @Test func `Small numbers can be checked by hand`() {
    // C(5,0) + C(5,1) of 32, twice.
    #expect((McNemarTest.exactProbability(leftOnly: 1, rightOnly: 4) - 12.0 / 32).magnitude < 1e-15)
    #expect(McNemarTest.exactProbability(leftOnly: 0, rightOnly: 1) == 1)
    #expect((McNemarTest.exactProbability(leftOnly: 0, rightOnly: 10) - 2.0 / 1024).magnitude < 1e-17)
  }

  @Test func `Which of the two is better makes no difference, and large numbers neither overflow nor take long`() {
    let pair = McNemarTest.exactProbability(leftOnly: 700, rightOnly: 650)
    #expect(pair == McNemarTest.exactProbability(leftOnly: 650, rightOnly: 700))
    let large = McNemarTest.exactProbability(leftOnly: 500_000_000, rightOnly: 500_030_000)
    // z = 30000 / √(10⁹ + 30000) = 0.948670; the normal distribution gives 0.34279.
    #expect((large - 0.3428).magnitude < 1e-4)
    #expect(McNemarTest.exactProbability(leftOnly: 0, rightOnly: 1_000_000) == 0)
  }
}

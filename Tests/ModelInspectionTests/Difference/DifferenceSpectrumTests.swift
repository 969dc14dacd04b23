import LinearAlgebra
import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

/// What is known of the singular values of changes that are too large for all of them, or that have none.
struct DifferenceSpectrumTests {
  private static let (rows, columns) = (60, 50)

  /// Two models of as many matrices; the change of each is ten times that of the one before.
  private func models(_ count: Int) throws -> (left: ModelReader, right: ModelReader) {
    func model(_ isChanged: Bool) throws -> ModelReader {
      try reader(
        (0..<count).map { number in
          let scale = number == 0 ? 16.0 : 1.6
          let base: [Double] = Oracle.numbers(Self.rows * Self.columns, salt: 1, scale: 4)
          let change: [Double] = Oracle.numbers(Self.rows * Self.columns, salt: 2 + number, scale: scale)
          return try tensor(
            zip(base, change).map { isChanged ? $0 + $1 : $0 }, name: "w\(number)", shape: [Self.rows, Self.columns])
        })
    }
    return (try model(false), try model(true))
  }

  private func values(
    _ count: Int = 1, budget: MatrixBudget? = nil, solver: SingularValueSolver = .lapack
  ) throws -> [ValueDifference] {
    let (left, right) = try models(count)
    var comparison = try TensorComparison(left, right, tolerance: .none, filter: nil, threads: 1)
    if let budget { comparison.budget = budget }
    comparison.solver = solver
    return try comparison.differences().compactMap(\.values)
  }

  @Test func `Of a change that is too large for all singular values, the iteration finds the first`() throws {
    let whole = try #require(try values()[0].spectrum)
    let large = try values(budget: MatrixBudget(products: 0))[0]
    let found = try #require(large.spectrum)
    #expect(whole.method == .complete && whole.rank != nil && large.spectrumObstacle == nil)
    #expect(found.method == .largestOnly && found.rank == nil && !found.isLowRank)
    #expect(found.rows == Self.rows && found.columns == Self.columns)
    #expect(agree(found.sigma1, whole.sigma1, within: 1e-5))
    #expect(agree(found.stableRank, whole.stableRank, within: 2e-5))
  }

  @Test func `Where LAPACK does not converge, that is said, and the iteration stands in`() throws {
    let failing = SingularValueSolver { _, _, _ in .failure(.notConverged("dgesdd")) }
    let found = try values(solver: failing)[0]
    #expect(found.spectrumObstacle == .library(BLASError.notConverged("dgesdd").description))
    #expect(agree(found.spectrum?.sigma1, try #require(try values()[0].spectrum?.sigma1), within: 1e-5))
    #expect(found.spectrum?.rank == nil)
  }

  @Test func `An iteration that is cut short leaves a lower bound, and says so`() throws {
    let found = try values(budget: MatrixBudget(products: 0, maximumStepCount: 2))[0]
    let whole = try #require(try values()[0].spectrum)
    #expect(found.spectrumObstacle == .notSettled)
    #expect(try #require(found.spectrum?.sigma1) < whole.sigma1)
  }

  @Test func `What changed most comes first where the work does not do for all`() throws {
    let one = MatrixBudget(products: 0, iterated: Self.rows * Self.columns)
    let found = try values(2, budget: one)
    #expect(found[0].spectrum == nil && found[0].spectrumObstacle == .tooMuchWork)
    #expect(found[1].spectrum != nil && found[1].spectrumObstacle == nil)
  }

  @Test func `A matrix that has to be read for each step counts sixteen times`() {
    let large = SpectrumCost.maximumHeldCount + 1
    func taken(_ counts: [Int], of iterated: Int) -> [Bool] {
      var budget = MatrixBudget(iterated: iterated)
      return counts.map { budget.takeIteration(elements: $0) }
    }
    #expect(taken([large, 1], of: 16 * large) == [true, false])
    #expect(taken([large, .max, large - 1], of: 16 * large - 1) == [false, false, true])
  }

  @Test func `A vector and equal matrices have no spectrum, and nothing is missing`() throws {
    let left = try reader([tensor([1, 2, 3], shape: [1, 3]), tensor([1, 2, 3, 4], name: "m", shape: [2, 2])])
    let right = try reader([tensor([1, 2, 4], shape: [1, 3]), tensor([1, 2, 3, 4], name: "m", shape: [2, 2])])
    for difference in try ModelDifference(left, right).tensors {
      #expect(difference.values?.spectrum == nil && difference.values?.spectrumObstacle == nil)
    }
  }

  @Test func `Two equal infinities and two NaNs are no part of a change`() throws {
    let (a, b) = (
      try tensor([.nan, .infinity, 3, 0], shape: [2, 2]), try tensor([.nan, .infinity, 3, 2], shape: [2, 2])
    )
    let elements = MatrixElements(from: TensorPieces(a), to: TensorPieces(b))
    var found: [Double] = []
    try elements.forEachBlock { found += Array($0) }
    #expect(found == [0, 0, 0, 2])
    let values = try ModelDifference(reader([a]), reader([b])).tensors[0].values
    #expect(values?.spectrum?.sigma1 == 2)
  }
}

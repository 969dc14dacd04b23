import ModelFormat
import ModelInspection
import TestSupport
import Testing

/// Statistics of awkward tensors against NumPy and SciPy.
struct StatisticsOracleTests {
  @Test func thereAreCasesOfEveryType() {
    #expect(Set(StatisticsCase.all.map(\.dtype)) == Set(DataType.allCases.map(\.rawValue)))
  }

  @Test(arguments: StatisticsCase.all)
  func `statistics are those of NumPy and SciPy`(expected: StatisticsCase) throws {
    let tensor = try expected.tensor()
    let found = try TensorStatistics(of: tensor)
    expected.expectAgreement(of: found)
  }

  /// Elements of a block straddle pieces, and some units hold a piece that is not whole.
  @Test(arguments: StatisticsCase.all.filter { $0.count > 2048 })
  func `any cut into pieces and any number of threads gives the same bits`(expected: StatisticsCase) throws {
    let tensor = try expected.tensor()
    let whole = try TensorStatistics(of: tensor, threads: 1)
    for (pieceSize, threads) in [(8 * 999, 2), (1 << 18, 3), (1 << 21, 2)] {
      let source = try CutSource([tensor], pieceSize: pieceSize, knowsRepetitions: false)
      #expect(try TensorStatistics(of: tensor.description, in: source, threads: threads) == whole)
    }
  }
}

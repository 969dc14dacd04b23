import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

struct PictureOracleTests {
  private struct Recorded: Decodable {
    struct Reduction: Decodable {
      let rows: Int
      let columns: Int
      let salt: Int
      /// Each so many values of the picture are recorded.
      let step: Int
      let size: Int
      let means: [Double]
      let differences: [Double]
    }

    struct Rebinned: Decodable {
      let edges: [Double]
      let counts: [Int]
      let low: Double
      let high: Double
      let bins: Int
      let values: [Double]
    }

    let reductions: [Reduction]
    let histograms: [Rebinned]
  }

  private let recorded: Recorded

  init() throws { recorded = try Oracle.recorded("pictures.json") }

  private func every(_ step: Int, of values: [Double]) -> [Double] {
    stride(from: 0, to: values.count, by: step).map { values[$0] }
  }

  @Test func `NumPy finds the same means of blocks, however the values are cut into pieces`() throws {
    for expected in recorded.reductions {
      let values: [Double] = Oracle.numbers(expected.rows * expected.columns, salt: expected.salt, scale: 64)
      let tensor = try tensor(values, shape: [expected.rows, expected.columns])
      for pieceSize in [8, 1000 * 8, 1 << 20] {
        let source = try CutSource([tensor], pieceSize: pieceSize)
        let found = try #require(try MatrixReduction(of: tensor.description, in: source))
        #expect(found.values.count == expected.size && found.width * found.height == expected.size)
        let values = every(expected.step, of: found.values)
        #expect(values.count == expected.means.count)
        #expect(zip(values, expected.means).allSatisfy { ($0 - $1).magnitude < 1e-13 })
      }
    }
  }

  @Test func `NumPy finds the same root mean squares of a difference`() throws {
    for expected in recorded.reductions {
      let count = expected.rows * expected.columns
      let left: [Double] = Oracle.numbers(count, salt: expected.salt, scale: 64)
      let right: [Double] = Oracle.numbers(count, salt: expected.salt + 1, scale: 32)
      let (a, b) = (
        try tensor(left, shape: [expected.rows, expected.columns]),
        try tensor(right, shape: [expected.rows, expected.columns])
      )
      let found = try #require(
        try MatrixReduction(
          ofDifference: a.description, in: try CutSource([a], pieceSize: 48), and: b.description,
          in: try CutSource([b], pieceSize: 1 << 20)))
      #expect(found.measure == .rootMeanSquare)
      #expect(
        zip(every(expected.step, of: found.values), expected.differences).allSatisfy { agree($0, $1, within: 1e-12) })
    }
  }

  @Test func `NumPy finds the same counts in other bins`() {
    for expected in recorded.histograms {
      let histogram = Histogram(edges: expected.edges, counts: expected.counts)
      let found = histogram.rebinned(over: expected.low...expected.high, count: expected.bins)
      #expect(found.count == expected.values.count)
      #expect(zip(found, expected.values).allSatisfy { ($0 - $1).magnitude < 1e-12 }, "\(found)")
    }
  }
}

import TestSupport

/// What `Tests/Oracles/inspection.py` computed.
struct InspectionOracle: Decodable {
  struct McNemar: Decodable {
    let left: [Int]
    let right: [Int]
    let p: [Double]
  }

  struct Assignment: Decodable {
    let tied: Double
    let distinct: Double
  }

  struct Comparison: Decodable {
    let agreement: Double
    let meanKL: Double
    let maximumLogitDifference: Double
    let flips: [Int]
    let leftOnlyRight: Int
    let rightOnlyRight: Int
    let layers: [Double]
    let means: [Double]
    let deviations: [Double]
    let zeros: [Double]
  }

  let mcnemar: McNemar
  let assignments: [String: Assignment]
  let comparison: Comparison

  static func load() throws -> InspectionOracle { try Oracle.recorded("inspection.json") }
}

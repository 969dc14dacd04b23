import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

/// Differences are those that NumPy and SciPy compute, see `Tests/Oracles/differences.py`.
struct DifferenceOracleTests {
  struct Recorded: Decodable {
    struct Units: Decodable {
      let index: [Int]
      let relativeL2: [Double]
    }

    let shape: [Int]
    let salts: [Int]
    let scales: [Double]
    let relativeL2: Double
    let cosine: Double
    let rmsDifference: Double
    let snrDb: Double
    let maximum: Double
    let place: [Int]
    let signFlips: Int
    let bitwise: Int
    let units: Units
    let sigma1: Double?
    let stableRank: Double?
    let rank: Int?
  }

  @Test(arguments: ["vector", "matrix", "wide", "kernels", "long"])
  func `Differences are those of NumPy and SciPy`(name: String) throws {
    let cases: [String: Recorded] = try Oracle.recorded("differences.json")
    let expected = try #require(cases[name])
    let count = expected.shape.reduce(1, *)
    let sides = try zip(expected.salts, expected.scales).map { salt, scale in
      try tensor(Oracle.numbers(count, salt: salt, scale: scale), shape: expected.shape)
    }
    let values = try #require(
      try ModelDifference(Model(topology: nil, tensors: [sides[0]]), Model(topology: nil, tensors: [sides[1]]))
        .tensors[0].values)
    #expect(agree(values.relativeL2, expected.relativeL2))
    #expect(agree(values.cosine, expected.cosine, within: 1e-12))
    #expect(agree(values.rmsDifference, expected.rmsDifference))
    #expect(agree(values.signalToNoise, expected.snrDb, within: 1e-12))
    #expect(values.maximumAbsoluteDifference == expected.maximum && values.place?.index == expected.place)
    #expect(values.signFlips == expected.signFlips && values.bitwiseDiffering == expected.bitwise)
    #expect(values.unitAxis == 0 && values.changedUnits.count == expected.units.relativeL2.count)
    if !expected.units.index.isEmpty { #expect(values.changedUnits.map(\.index) == expected.units.index) }
    for (unit, ratio) in zip(values.changedUnits, expected.units.relativeL2) { #expect(agree(unit.relativeL2, ratio)) }
    #expect(values.spectrum?.rank == expected.rank)
    if let sigma = expected.sigma1, let stable = expected.stableRank {
      #expect(agree(values.spectrum?.sigma1, sigma, within: 1e-11))
      #expect(agree(values.spectrum?.stableRank, stable, within: 1e-11))
    }
  }
}

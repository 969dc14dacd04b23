import Foundation
import ModelFormat
import TestSupport
import Testing

@testable import ModelInspection

struct HistoryFindingsTests {
  /// 0.9ⁿ, with noise from a generator.
  private func falling(_ count: Int, noise: Double = 0, floor: Double = 0) -> [Double] {
    var random = SplitMix64(seed: 5)
    return (0..<count).map {
      floor + pow(0.9, Double($0)) * (1 + noise * Double.random(in: -1...1, using: &random))
    }
  }

  @Test func `A validation loss that rises while the training loss falls is over-fitting`() throws {
    let training = falling(40)
    let validation = (0..<40).map { 0.5 + pow((Double($0) - 12) / 30, 2) }
    let findings = HistoryFindings.findings(training: training, validation: validation)
    #expect(findings.map(\.code) == [.overFitting] && findings[0].severity == .warning)
    #expect(findings[0].place == "validation loss" && findings[0].evidence["epoch"] == 13)
    #expect(findings[0].message.hasPrefix("has risen from 0.5011 in epoch 13 to 1.2511 at the end"))
    // The test loss stands in for it.
    let test = HistoryFindings.findings(training: training, test: validation)
    #expect(test.map(\.code) == [.overFitting] && test[0].place == "test loss")
  }

  @Test func `Weights of the best epoch do not suffer from what came later`() {
    let validation = (0..<40).map { 0.5 + pow((Double($0) - 12) / 30, 2) }
    #expect(HistoryFindings.findings(training: falling(40), validation: validation, weightsOfEpoch: 13) == [])
  }

  @Test func `Noise is no over-fitting`() {
    for seed in 0..<50 {
      var random = SplitMix64(seed: UInt64(seed))
      let validation = (0..<40).map { _ in 0.5 + 0.1 * Double.random(in: -1...1, using: &random) }
      let codes = HistoryFindings.findings(training: falling(40, floor: 0.2), validation: validation).map(\.code)
      #expect(!codes.contains(.overFitting), "\(seed)")
    }
  }

  @Test func `One lucky epoch is no minimum, and a small rise is none`() {
    var validation = falling(40, floor: 0.3)
    validation[20] = 0.05
    #expect(HistoryFindings.findings(training: falling(40, floor: 0.2), validation: validation) == [])
    let rising = (0..<40).map { 0.5 + 0.001 * Double($0) }
    #expect(HistoryFindings.findings(training: falling(40), validation: rising) == [])
  }

  @Test func `A rise together with the training loss is no over-fitting`() {
    let rising = (0..<40).map { 0.5 + 0.01 * Double($0) }
    #expect(HistoryFindings.findings(training: rising, validation: rising) == [])
  }

  @Test func `Epochs without a measurement are passed over`() {
    let validation = (0..<60).map { $0 % 2 == 0 ? 0.5 + pow((Double($0) - 12) / 30, 2) : Double.nan }
    let findings = HistoryFindings.findings(training: falling(60), validation: validation)
    #expect(findings.map(\.code) == [.overFitting] && findings[0].evidence["epoch"] == 13)
  }

  @Test func `A loss that is not finite has diverged, and the epoch is said`() {
    let findings = HistoryFindings.findings(training: [1, 0.5, .nan, .nan], validation: [1, 1, .infinity, 2])
    #expect(findings.map(\.code) == [.diverged, .diverged] && findings[0].severity == .error)
    #expect(findings.map(\.place) == ["training loss", "validation loss"])
    #expect(findings[0].message == "is not finite in epoch 3: NaN")
    #expect(findings[1].evidence["epoch"] == 3)
  }

  @Test func `A loss far above the first, or above the best, has diverged`() {
    #expect(HistoryFindings.findings(training: [1, 0.8, 2.5]).map(\.code) == [.diverged])
    let back = HistoryFindings.findings(training: [1, 0.02, 0.01, 0.9])
    #expect(back.map(\.code) == [.diverged] && back[0].evidence["epoch"] == 3 && back[0].evidence["best"] == 0.01)
    #expect(HistoryFindings.findings(training: [1, 0.8, 1.5]) == [])
    // Far above the best, and still small.
    #expect(HistoryFindings.findings(training: [1, 1e-6, 1e-4, 1e-6, 1e-4, 1e-6, 1e-4]) == [])
  }

  @Test func `A loss that still falls by more than 1 % an epoch has not converged`() {
    // 0.9ⁿ over the last 8 of 40 epochs: the line of least squares falls by 0.1054 of the mean, about ln 0.9.
    let findings = HistoryFindings.findings(training: falling(40))
    #expect(findings.map(\.code) == [.notConverged] && findings[0].severity == .note)
    #expect(findings[0].evidence["epochs"] == 8 && findings[0].evidence["from_epoch"] == 33)
    #expect(findings[0].message.hasPrefix("still falls by 10."))
    #expect(HistoryFindings.findings(training: falling(100, floor: 0.5)) == [])
    // 0.97¹⁹ is 0.56, more than half of the first: most of the training is missing.
    let slower = HistoryFindings.findings(training: (0..<20).map { pow(0.97, Double($0)) })
    #expect(slower.map(\.code) == [.notConverged] && slower.first?.severity == .warning)
    #expect(slower.first?.message.hasSuffix("and is still more than half of the first, 1.0000") == true)
    // The validation loss counts where there is one.
    #expect(HistoryFindings.findings(training: falling(40), validation: falling(40, floor: 5)) == [])
  }

  @Test func `Short and empty histories say nothing`() {
    #expect(HistoryFindings.findings(training: nil) == [])
    #expect(HistoryFindings.findings(training: [], validation: [], test: []) == [])
    #expect(HistoryFindings.findings(training: [0.5], validation: [.nan]) == [])
    #expect(HistoryFindings.findings(training: [1, 0.5, 0.2], validation: [1, 2, 1]) == [])
    #expect(HistoryFindings.findings(training: [0, 0, 0, 0, 0, 0, 0]) == [])
  }

  @Test func `A loss that falls back after a bump is no loss that still falls`() {
    let values = (0..<16).map { 1 / Double($0 + 1) } + [0.16, 0.13, 0.11, 0.08]
    #expect(HistoryFindings.findings(training: values).isEmpty)
    let lower = values.dropLast(4) + [0.06, 0.055, 0.05, 0.045]
    #expect(HistoryFindings.findings(training: Array(lower)).map(\.code) == [.notConverged])
  }
}

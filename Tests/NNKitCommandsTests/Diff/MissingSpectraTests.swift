import ModelFormat
import Testing

@testable import ModelInspection
@testable import NNKitCommands

struct MissingSpectraTests {
  private func tensor(_ name: String, _ obstacle: SpectrumObstacle?) throws -> ModelDifference.TensorDifference {
    let description = try TensorDescription(name: name, dataType: .float32, shape: [2, 2])
    var values = ValueDifference()
    values.spectrumObstacle = obstacle
    return .init(
      name: name, left: description, right: description, values: values, encoded: nil, isTransposed: false,
      tolerance: .none)
  }

  @Test func `Each reason is said once, with the tensors that it concerns`() throws {
    let tensors = try [
      tensor("a", .tooMuchWork), tensor("b", nil), tensor("c", .library("no LAPACK")), tensor("d", .tooMuchWork),
      tensor("e", .notSettled), tensor("f", .tooLarge),
    ]
    #expect(
      MissingSpectra.sentences(tensors) == [
        "σ₁ of the change of a, d: it would take long; --filter with that name alone computes it",
        "all singular values but σ₁ of the change of c: no LAPACK",
        "the last digits of σ₁ of the change of e: the iteration ended before they settled, and σ₁ may be greater",
        "σ₁ of the change of f: a row has more than 4,194,304 elements",
      ])
    #expect(MissingSpectra.sentences(try [tensor("a", nil)]).isEmpty)
  }

  @Test func `Of many tensors the first are named`() throws {
    let sentences = MissingSpectra.sentences(try (1...9).map { try tensor("w\($0)", .tooMuchWork) })
    #expect(sentences[0].hasPrefix("σ₁ of the change of w1, w2, w3 and 6 tensors more: "))
  }
}

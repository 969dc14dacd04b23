import NeuralNetwork

/// One JSON object per line.
struct JSONPredictionWriter: PredictionWriter {
  private struct Candidate: Encodable {
    let prediction: String
    let probability: Float
  }

  private struct Classification: Encodable {
    let index: Int
    let prediction: String
    let probability: Float
    /// All candidates, best first, where more than one was asked for.
    let top: [Candidate]?
    let label: String?
  }

  private struct Regression: Encodable {
    let index: Int
    let outputs: [Float]
    let targets: [Float]?
  }

  let form: PredictionForm

  func beginning() -> [UInt8] { [] }

  func rows(_ outputs: Matrix<Float>, firstIndex: Int) throws -> [UInt8] {
    var lines: [UInt8] = []
    for index in 0..<outputs.rows {
      let row = outputs.row(index)
      if form.isClassifier {
        let candidates = form.ranking(row).map { best in
          Candidate(prediction: form.name(best), probability: outputs[index, best])
        }
        guard let first = candidates.first else { continue }
        lines += try JSONOutput.line(
          Classification(
            index: firstIndex + index, prediction: first.prediction, probability: first.probability,
            top: form.top > 1 ? candidates : nil,
            label: form.labels.map { form.name($0[firstIndex + index]) }))
      } else {
        lines += try JSONOutput.line(
          Regression(
            index: firstIndex + index, outputs: Array(row),
            targets: form.targets.map { Array($0.row(firstIndex + index)) }))
      }
    }
    return lines
  }
}

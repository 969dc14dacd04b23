import NeuralNetwork

/// Binary cross-entropy and accuracy, as training measures them, over samples that come piece by piece.
///
/// The network runs once more for it, because the loss is computed from the values in front of sigmoid: a probability
/// that rounds to 1 in 32 bits has forgotten how sure the network was.
package struct BinaryCrossEntropyMeasurement {
  private var loss = 0.0
  private var right = 0.0
  private var samples = 0

  /// The mean over the samples.
  package var meanLoss: Double { loss / Double(samples) }
  /// The samples with the right answer; for targets that are numbers, with each output on the side of ½ on which its
  /// target is.
  package var correct: Int { Int(right.rounded()) }

  /// - Parameter truth: the answers to all samples, of which the next ones are those of `inputs`.
  mutating func add(_ inputs: DatasetInputs<Float>, truth: Truth, predictor: Predictor) throws {
    let range = samples..<samples + inputs.count
    let targets: Targets<Float> =
      switch truth {
      case .labels(let labels): .labels(Array(labels[range]), classes: predictor.meaning.classes)
      case .targets(let matrix):
        .values(
          try Matrix(
            rows: inputs.count, columns: matrix.columns,
            elements: Array(matrix.elements[range.lowerBound * matrix.columns..<range.upperBound * matrix.columns])))
      }
    let evaluation = try predictor.evaluate(Dataset(inputs: inputs, targets: targets), loss: .binaryCrossEntropy)
    samples += inputs.count
    loss += evaluation.loss * Double(inputs.count)
    right += (evaluation.accuracy ?? 0) * Double(inputs.count)
  }
}

package import NeuralNetwork

/// Measures predictions against the true answers, piece by piece.
package struct PredictionEvaluation {
  /// What was measured.
  package enum Report {
    /// - Parameter binaryCrossEntropy: the mean, for a network that was trained with it.
    case classification(ClassificationReport, binaryCrossEntropy: Double?)
    /// - Parameter binaryCrossEntropy: the measurement, for a network that was trained with it.
    case regression(RegressionReport, binaryCrossEntropy: BinaryCrossEntropyMeasurement?)
  }

  private let truth: Truth
  private let predictor: Predictor
  private var outputs: [Float] = []
  private var rows = 0
  private var binaryCrossEntropy: BinaryCrossEntropyMeasurement?

  /// Nothing has been measured yet.
  package init(_ truth: Truth, predictor: Predictor) {
    self.truth = truth
    self.predictor = predictor
    if predictor.meaning.hasBinaryCrossEntropy(areClasses: predictor.meaning.isClassification(truth)) {
      binaryCrossEntropy = BinaryCrossEntropyMeasurement()
    }
  }

  /// - Parameter outputs: what was predicted for `inputs`, a column for each class or output.
  package mutating func add(_ outputs: Matrix<Float>, of inputs: DatasetInputs<Float>) throws {
    self.outputs += outputs.elements
    rows += outputs.rows
    try binaryCrossEntropy?.add(inputs, truth: truth, predictor: predictor)
  }

  /// What has been measured.
  ///
  /// - Throws: `NetworkError` as `ClassificationReport` and `RegressionReport` do.
  package func report() throws -> Report {
    let meaning = predictor.meaning
    let columns = meaning.isClassification(truth) ? meaning.classes : meaning.outputs
    let matrix = try Matrix(rows: rows, columns: columns, elements: outputs)
    switch truth {
    case .labels(let labels):
      return .classification(
        try ClassificationReport(probabilities: matrix, labels: labels),
        binaryCrossEntropy: binaryCrossEntropy?.meanLoss)
    case .targets(let targets):
      return .regression(
        try RegressionReport(outputs: matrix, targets: targets), binaryCrossEntropy: binaryCrossEntropy)
    }
  }
}

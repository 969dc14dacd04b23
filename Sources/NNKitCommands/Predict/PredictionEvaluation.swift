import NeuralNetwork

/// Measures predictions against the true answers, piece by piece.
struct PredictionEvaluation {
  private let truth: Truth
  private let form: PredictionForm
  private var outputs: [Float] = []
  private var rows = 0
  private var binaryCrossEntropy: BinaryCrossEntropyMeasurement?

  init(_ truth: Truth, form: PredictionForm, predictor: Predictor) {
    self.truth = truth
    self.form = form
    if predictor.meaning.hasBinaryCrossEntropy(areClasses: form.isClassifier) {
      binaryCrossEntropy = BinaryCrossEntropyMeasurement()
    }
  }

  /// - Parameter outputs: what was predicted for `inputs`, in the columns of the form.
  mutating func add(_ outputs: Matrix<Float>, of inputs: DatasetInputs<Float>, by predictor: Predictor) throws {
    self.outputs += outputs.elements
    rows += outputs.rows
    try binaryCrossEntropy?.add(inputs, truth: truth, predictor: predictor)
  }

  /// The evaluation for people, and for JSON.
  func report(_ style: Style) throws -> (text: String, document: any Encodable) {
    let matrix = try Matrix(rows: rows, columns: form.outputs, elements: outputs)
    switch truth {
    case .labels(let labels):
      let report = try ClassificationReport(probabilities: matrix, labels: labels)
      let loss = binaryCrossEntropy?.meanLoss
      return (
        EvaluationText(report: report, form: form, binaryCrossEntropy: loss, style: style).text,
        EvaluationDocument(report, form, binaryCrossEntropy: loss)
      )
    case .targets(let targets):
      let report = try RegressionReport(outputs: matrix, targets: targets)
      return (
        RegressionText(report: report, binaryCrossEntropy: binaryCrossEntropy, style: style).text,
        RegressionDocument(report, binaryCrossEntropy: binaryCrossEntropy)
      )
    }
  }
}

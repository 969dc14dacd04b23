import NetworkRuns

extension PredictionEvaluation.Report {
  /// The evaluation for people, and for JSON.
  func forms(_ form: PredictionForm, _ style: Style) -> (text: String, document: any Encodable) {
    switch self {
    case .classification(let report, let loss):
      (
        EvaluationText(report: report, form: form, binaryCrossEntropy: loss, style: style).text,
        EvaluationDocument(report, form, binaryCrossEntropy: loss)
      )
    case .regression(let report, let loss):
      (
        RegressionText(report: report, binaryCrossEntropy: loss, style: style).text,
        RegressionDocument(report, binaryCrossEntropy: loss)
      )
    }
  }
}

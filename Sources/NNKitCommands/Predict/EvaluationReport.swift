import NetworkRuns

/// How good predictions are, in every form.
struct EvaluationReport: Report {
  /// The JSON form: one for classes, one for numbers.
  enum Document: Encodable {
    case classification(EvaluationDocument)
    case regression(RegressionDocument)

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .classification(let document): try document.encode(to: encoder)
      case .regression(let document): try document.encode(to: encoder)
      }
    }
  }

  let evaluation: PredictionEvaluation.Report
  let form: PredictionForm

  var document: Document {
    switch evaluation {
    case .classification(let report, let loss):
      .classification(EvaluationDocument(report, form, binaryCrossEntropy: loss))
    case .regression(let report, let loss): .regression(RegressionDocument(report, binaryCrossEntropy: loss))
    }
  }

  func text(for display: Display) -> String {
    switch evaluation {
    case .classification(let report, let loss):
      EvaluationText(report: report, form: form, binaryCrossEntropy: loss, style: display.style).text
    case .regression(let report, let loss):
      RegressionText(report: report, binaryCrossEntropy: loss, style: display.style).text
    }
  }
}

import NeuralNetwork

/// An evaluation of a regression as text for people.
struct RegressionText {
  let report: RegressionReport
  let style: Style

  var text: String {
    let overall = report.overall
    var lines = [
      "\(style.bold("Evaluation"))  \(Text.counted(report.total, "sample"))",
      "  mean squared error   \(style.bold(Text.significant(overall.meanSquaredError)))",
      "  root of it           \(Text.significant(overall.rootMeanSquaredError))",
      "  mean absolute error  \(Text.significant(overall.meanAbsoluteError))",
      "  R²                   \(Text.significant(overall.determination))",
    ]
    if report.outputs.count > 1 {
      var table = TextTable([
        ("output", .right), ("mean squared error", .right), ("mean absolute error", .right), ("R²", .right),
      ])
      for (index, scores) in report.outputs.enumerated() {
        table.append([
          "\(index)", Text.significant(scores.meanSquaredError), Text.significant(scores.meanAbsoluteError),
          Text.significant(scores.determination),
        ])
      }
      lines += [""] + table.lines(style)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// The JSON form of an evaluation of a regression (schema 1). Property names become snake case.
struct RegressionDocument: Encodable {
  struct Scores: Encodable {
    let meanSquaredError: Double
    let meanAbsoluteError: Double
    let r2: Double?

    init(_ scores: RegressionReport.Scores) {
      meanSquaredError = scores.meanSquaredError
      meanAbsoluteError = scores.meanAbsoluteError
      r2 = scores.determination
    }
  }

  let schema = 1
  let samples: Int
  let meanSquaredError: Double
  let rootMeanSquaredError: Double
  let meanAbsoluteError: Double
  let r2: Double?
  let outputs: [Scores]

  init(_ report: RegressionReport) {
    samples = report.total
    meanSquaredError = report.overall.meanSquaredError
    rootMeanSquaredError = report.overall.rootMeanSquaredError
    meanAbsoluteError = report.overall.meanAbsoluteError
    r2 = report.overall.determination
    outputs = report.outputs.map(Scores.init)
  }
}

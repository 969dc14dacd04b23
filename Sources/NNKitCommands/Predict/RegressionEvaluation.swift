import Formatting
import NetworkRuns
import NeuralNetwork

/// An evaluation of a regression as text for people.
struct RegressionText {
  let report: RegressionReport
  /// For a network that was trained with it.
  let binaryCrossEntropy: BinaryCrossEntropyMeasurement?
  let style: Style

  var text: String {
    let overall = report.overall
    var rows: [(name: String, text: String)] = []
    if let binaryCrossEntropy {
      let accuracy = Double(binaryCrossEntropy.correct) / Double(report.total)
      rows = [
        ("accuracy", "\(style.bold(Text.percent(accuracy))), \(Text.grouped(binaryCrossEntropy.correct)) right"),
        ("binary cross-entropy", Text.fixed(binaryCrossEntropy.meanLoss, 4)),
      ]
    }
    rows += [
      ("mean squared error", style.bold(Text.significant(overall.meanSquaredError))),
      ("root of it", Text.significant(overall.rootMeanSquaredError)),
      ("mean absolute error", Text.significant(overall.meanAbsoluteError)),
      ("R²", Text.significant(overall.determination)),
    ]
    var lines = ["\(style.bold("Evaluation"))  \(Text.counted(report.total, "sample"))"] + Text.aligned(rows)
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
  /// Where binary cross-entropy is measured: the samples with each output on the side of ½ on which its target is.
  let correct: Int?
  let accuracy: Double?
  let binaryCrossEntropy: Double?
  let meanSquaredError: Double
  let rootMeanSquaredError: Double
  let meanAbsoluteError: Double
  let r2: Double?
  let outputs: [Scores]

  init(_ report: RegressionReport, binaryCrossEntropy measurement: BinaryCrossEntropyMeasurement?) {
    samples = report.total
    correct = measurement?.correct
    accuracy = measurement.map { Double($0.correct) / Double(report.total) }
    binaryCrossEntropy = measurement?.meanLoss
    meanSquaredError = report.overall.meanSquaredError
    rootMeanSquaredError = report.overall.rootMeanSquaredError
    meanAbsoluteError = report.overall.meanAbsoluteError
    r2 = report.overall.determination
    outputs = report.outputs.map(Scores.init)
  }
}

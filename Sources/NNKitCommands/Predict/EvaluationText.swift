import Formatting
import NeuralNetwork

/// An evaluation as text for people.
struct EvaluationText {
  /// A confusion matrix with more classes is left to the JSON report.
  private static let largestMatrix = 20

  let report: ClassificationReport
  let form: PredictionForm
  /// In the place of the log loss, for a network that was trained with it.
  let binaryCrossEntropy: Double?
  let style: Style

  var text: String {
    let interval = report.accuracyInterval
    let accuracy =
      "\(style.bold(Text.percent(report.accuracy))), \(Text.grouped(report.correct)) right "
      + "(95 % interval \(Text.percent(interval.lower)) to \(Text.percent(interval.upper)))"
    let loss = binaryCrossEntropy.map { ("binary cross-entropy", $0) } ?? ("log loss", report.logLoss)
    var lines = ["\(style.bold("Evaluation"))  \(Text.counted(report.total, "sample"))"]
    lines += Text.aligned([
      ("accuracy", accuracy), (loss.0, Text.fixed(loss.1, 4)),
      ("calibration error", Text.fixed(report.expectedCalibrationError, 4)),
    ])
    lines.append("")
    var table = TextTable([
      ("class", .left), ("precision", .right), ("recall", .right), ("F1", .right), ("samples", .right),
    ])
    for (index, scores) in report.classes.enumerated() {
      table.append([
        Text.short(form.name(index)), ratio(scores.precision), ratio(scores.recall), ratio(scores.f1),
        Text.grouped(scores.support),
      ])
    }
    lines += table.lines(style)
    if report.classes.count <= EvaluationText.largestMatrix { lines += [""] + confusion }
    return lines.joined(separator: "\n") + "\n"
  }

  private func ratio(_ value: Double?) -> String { value.map { Text.fixed($0, 4) } ?? "–" }

  private var confusion: [String] {
    let names = report.classes.indices.map { Text.short(form.name($0)) }
    var table = TextTable([("truth", .left)] + names.map { ($0, .right) })
    for (truth, row) in report.confusion.matrix.enumerated() {
      table.append([names[truth]] + row.map { $0 == 0 ? "·" : Text.grouped($0) })
    }
    return ["\(style.bold("Confusion"))  truth in rows, prediction in columns"] + table.lines(style)
  }
}

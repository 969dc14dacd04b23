import NeuralNetwork

/// Comma-separated values (RFC 4180, with line feeds): a header line, then a line per sample.
struct CSVPredictionWriter: PredictionWriter {
  let form: PredictionForm

  func beginning() -> [UInt8] {
    var columns = ["index"]
    if form.isClassifier {
      columns += ["prediction", "probability"]
      for rank in 2..<max(form.top + 1, 2) { columns += ["prediction_\(rank)", "probability_\(rank)"] }
    } else {
      columns += (0..<form.outputs).map { "output_\($0)" }
      if form.targets != nil { columns += (0..<form.outputs).map { "target_\($0)" } }
    }
    if form.labels != nil { columns.append("label") }
    return Array((columns.joined(separator: ",") + "\n").utf8)
  }

  func rows(_ outputs: Matrix<Float>, firstIndex: Int) -> [UInt8] {
    var text = ""
    for index in 0..<outputs.rows {
      let row = outputs.row(index)
      text += "\(firstIndex + index)"
      if form.isClassifier {
        for best in form.ranking(row) { text += ",\(CSVField.quoted(form.name(best))),\(outputs[index, best])" }
      } else {
        for value in row { text += ",\(value)" }
        for target in form.targets?.row(firstIndex + index) ?? [] { text += ",\(target)" }
      }
      if let labels = form.labels { text += "," + CSVField.quoted(form.name(labels[firstIndex + index])) }
      text += "\n"
    }
    return Array(text.utf8)
  }
}

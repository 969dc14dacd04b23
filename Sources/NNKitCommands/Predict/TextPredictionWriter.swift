import Formatting
import NeuralNetwork

/// Aligned columns for people.
struct TextPredictionWriter: PredictionWriter {
  let form: PredictionForm
  let count: Int

  private var indexWidth: Int { max(String(max(count - 1, 0)).count, 5) }

  func beginning() -> [UInt8] {
    let known = form.labels != nil ? "  (label)" : form.targets != nil ? "  (targets)" : ""
    let title = form.isClassifier ? "prediction" : "outputs"
    return Array(
      (padded("index", indexWidth) + "  " + title + known + "\n").utf8)
  }

  func rows(_ outputs: Matrix<Float>, firstIndex: Int) -> [UInt8] {
    var text = ""
    for index in 0..<outputs.rows {
      let row = outputs.row(index)
      text += padded("\(firstIndex + index)", indexWidth) + "  "
      guard form.isClassifier else {
        text += numbers(row)
        if let targets = form.targets { text += "  (" + numbers(targets.row(firstIndex + index)) + ")" }
        text += "\n"
        continue
      }
      let ranking = form.ranking(row)
      text += ranking.map { best in
        "\(Text.short(form.name(best))) \(padded(Text.fixed(Double(outputs[index, best]) * 100, 1), 5)) %"
      }.joined(separator: "  ")
      if let label = form.labels?[firstIndex + index] {
        text += "  (\(Text.short(form.name(label))))" + (ranking.first == label ? "" : "  wrong")
      }
      text += "\n"
    }
    return Array(text.utf8)
  }

  private func numbers(_ row: ArraySlice<Float>) -> String {
    row.map { Text.significant(Double($0), 6) }.joined(separator: "  ")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

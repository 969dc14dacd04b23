import Formatting
import ModelFormat
import NetworkRuns
import NeuralNetwork

/// What a training run reached, a sentence each.
struct HistoryFacts {
  let history: TrainingHistory
  let summary: RunSummary

  var sentences: [String] {
    var facts: [String] = []
    if let best = summary.bestEpoch, let column = summary.bestColumn, let values = history[column] {
      facts.append(
        "best epoch \(Text.grouped(best)) of \(Text.grouped(history.epochs)): "
          + "\(column.words) \(Text.loss(values[best - 1]))")
    }
    if let epoch = summary.weightsEpoch, summary.isOfEarlierEpoch {
      facts.append(
        epoch == 0 ? "the weights are those before training" : "the weights are those of epoch \(Text.grouped(epoch))")
    }
    if let accuracy = summary.accuracy {
      var text = "\(accuracy.column.words) \(Text.percent(accuracy.value))"
      if let interval = accuracy.interval, let samples = accuracy.samples {
        text +=
          " (95 % interval \(Text.percent(interval.lower)) to \(Text.percent(interval.upper)), "
          + "\(Text.counted(samples, "sample")))"
      }
      facts.append(text)
    }
    if let gap = generalisationGap { facts.append(gap) }
    return facts
  }

  /// How much worse the weights do on data that they did not learn from.
  private var generalisationGap: String? {
    guard let loss = summary.values[.loss],
      let other = [HistoryColumn.testLoss, .validationLoss].first(where: { summary.values[$0] != nil }),
      let otherLoss = summary.values[other]
    else { return nil }
    var text = "generalisation gap: \(other.words) \(signed(otherLoss - loss, Text.loss)) against the training loss"
    let accuracies: [HistoryColumn: HistoryColumn] = [.testLoss: .testAccuracy, .validationLoss: .validationAccuracy]
    if let accuracy = summary.values[.accuracy], let column = accuracies[other],
      let otherAccuracy = summary.values[column]
    {
      text += ", accuracy \(signed(100 * (otherAccuracy - accuracy)) { Text.fixed($0, 2) }) points"
    }
    return text
  }

  private func signed(_ value: Double, _ form: (Double) -> String) -> String {
    (value < 0 ? "−" : "+") + form(value.magnitude)
  }
}

extension HistoryColumn {
  /// `test loss` for `test_loss`.
  var words: String { rawValue.split(separator: "_").joined(separator: " ") }
}

import Formatting
import LayerKinds
import NetworkRuns
import NeuralNetwork

/// Lines for people on standard error: one per epoch, and on a terminal a bar while an epoch runs.
final class TextReporter: TrainingReporter {
  private let isQuiet: Bool
  private let display: Display
  private let line: ProgressLine
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var epochStart: ContinuousClock.Instant
  private var epochCount = 0

  private var style: Style { display.style }

  init(isQuiet: Bool, _ display: Display) {
    self.isQuiet = isQuiet
    self.display = display
    line = ProgressLine(isVisible: display.canRedraw && !isQuiet)
    start = clock.now
    epochStart = start
  }

  func started(_ plan: TrainingPlan) {
    if !isQuiet { describe(plan) }
    warn(plan.warnings)
    epochCount = plan.epochCount
    epochStart = clock.now
  }

  private func warn(_ warnings: [TrainingWarning]) {
    for warning in warnings { Terminal.logLine(style.yellow("warning: \(warning.text)")) }
  }

  private func describe(_ plan: TrainingPlan) {
    let layers = plan.network.layerDescriptions.map { layer in
      layer.specification.layerKind == .affine
        ? "affine \(layer.outputShape.reduce(1, *))" : NetworkText.word(of: layer.specification)
    }
    var data = [Text.counted(plan.training.count, "training sample")]
    if let validation = plan.validation { data.append("\(Text.grouped(validation.count)) for validation") }
    if let test = plan.test { data.append("\(Text.grouped(test.count)) for test") }
    switch plan.task {
    case .classification(let classes): data.append(Text.counted(classes, "class", plural: "classes"))
    case .regression(let outputs):
      data.append("regression on \(Text.counted(outputs, "target")) (floating-point labels)")
    }
    if plan.droppedSamples > 0 { data.append("\(Text.grouped(plan.droppedSamples)) with missing values left out") }
    Terminal.logLine(
      "\(style.bold("Network"))   \(Text.shape(plan.network.inputShape)) → \(layers.joined(separator: " → ")), "
        + Text.counted(plan.network.parameterCount, "parameter"))
    Terminal.logLine("\(style.bold("Data"))      \(data.joined(separator: ", "))")
    Terminal.logLine(
      "\(style.bold("Training"))  \(plan.configuration.loss.rawValue), \(plan.configuration.optimizer.name.rawValue), "
        + "learning rate \(plan.configuration.learningRate)\(scheduleNote(plan.configuration.schedule)), batch size \(plan.configuration.batchSize), "
        + "seed \(plan.configuration.seed), \(Text.counted(plan.configuration.threads, "thread"))")
  }

  private func scheduleNote(_ schedule: LearningRateSchedule) -> String {
    var notes = schedule.shape == .constant ? [] : ["\(schedule.shape)"]
    if schedule.warmUp > 0 {
      notes.append("warm-up of \(Text.counted(schedule.warmUp, "mini-batch", plural: "mini-batches"))")
    }
    return notes.isEmpty ? "" : " with \(notes.joined(separator: " and "))"
  }

  func progressed(_ progress: TrainingProgress) {
    line.show {
      let now = clock.now
      let rate = Double(progress.samplesOfEpoch) / max((now - epochStart) / .seconds(1), 1e-9)
      let elapsed = (now - start) / .seconds(1)
      let left =
        elapsed / Double(max(progress.iterations, 1)) * Double(progress.totalIterations - progress.iterations)
      let bar = ProgressLine.bar(progress.iterationOfEpoch, of: progress.iterationsPerEpoch)
      return "epoch \(progress.epoch)/\(epochCount)  \(bar)  loss \(Text.loss(progress.loss))  "
        + "\(Text.grouped(Int(rate))) samples/s  \(Text.seconds(left)) left in all"
    }
  }

  func epochEnded(_ record: EpochRecord, of plan: TrainingPlan) {
    guard !isQuiet else { return }
    line.clear()
    var parts = ["loss \(Text.loss(record.loss))"]
    if let accuracy = record.accuracy { parts.append("accuracy \(Text.percent(accuracy))") }
    if let loss = record.validationLoss { parts.append("validation loss \(Text.loss(loss))") }
    if let accuracy = record.validationAccuracy {
      parts.append("validation accuracy \(Text.percent(accuracy))")
    }
    if let accuracy = record.testAccuracy {
      parts.append("test accuracy \(style.bold(Text.percent(accuracy)))")
    } else if let loss = record.testLoss {
      parts.append("test loss \(style.bold(Text.loss(loss)))")
    }
    parts.append(
      style.dim("\(Text.seconds(record.seconds)), \(Text.grouped(Int(record.samplesPerSecond))) samples/s"))
    let total = String(plan.epochCount)
    let number = String(record.epoch)
    let padding = String(repeating: " ", count: max(0, total.count - number.count))
    Terminal.logLine("epoch \(padding)\(number)/\(total)  \(parts.joined(separator: "  "))")
    epochStart = clock.now
  }

  func ended(
    output: String, records: [EpochRecord], curve: LossCurve?, plan: TrainingPlan, interrupted: Bool,
    bestEpoch: Int?, checkpoints: [String]?
  ) {
    line.clear()
    if display.canRedraw, !isQuiet, let chart = curve?.chart(terminalWidth: display.width), !chart.isEmpty {
      Terminal.logLine((["loss"] + chart).joined(separator: "\n"))
    }
    let name = output == "-" ? "standard output" : Text.escaped(output)
    if interrupted {
      Terminal.logLine(
        style.yellow(
          "interrupted after \(Text.counted(records.count, "whole epoch")); saved what was learned to \(name)"))
    }
    if !isQuiet, let first = checkpoints?.first, let last = checkpoints?.last {
      Terminal.logLine(
        "saved \(Text.counted(checkpoints?.count ?? 0, "checkpoint")), \(Text.escaped(first))"
          + (last == first ? "" : " to \(Text.escaped(last))"))
    }
    warn(plan.warnings(after: records))
    guard !isQuiet, !interrupted else { return }
    if let bestEpoch {
      Terminal.logLine(
        "\(records.count < plan.epochCount ? "stopped early; " : "")the weights are those of epoch \(bestEpoch), which has "
          + "the smallest validation loss")
    } else if let best = RunSummary.best(of: records), records.count > 1 {
      Terminal.logLine(
        "best epoch \(best.epoch) of \(records.count), by \(best.column.words) \(Text.loss(best.value))"
          + (best.epoch < records.count ? "; the weights are those of the last" : ""))
    }
    Terminal.logLine("saved \(name) after \(Text.seconds((clock.now - start) / .seconds(1)))")
    if display.canRedraw, output != "-" { Terminal.logLine(style.dim("look inside: nnkit inspect \(name)")) }
  }
}

import Formatting
import ModelFormat
import ModelInspection
import NetworkRuns

/// What changed, in words: conclusions from tensors and topology, then which model is better.
struct DifferenceSummary {
  let lines: [SummaryLine]

  /// - Parameters:
  ///   - topology: that of either model.
  ///   - accuracy: nil where the models cannot be compared by it.
  ///   - others: sentences from elsewhere, such as from matching units.
  init(
    _ difference: ModelDifference, topology: Topology?, accuracy: AccuracyComparison?, others: [SummaryLine] = []
  ) {
    var lines = difference.conclusions(topology: topology).compactMap(DifferenceSummary.line)
    if let line = DifferenceSummary.otherTraining(difference.metadata) { lines.append(line) }
    lines += others
    if let accuracy { lines.append(DifferenceSummary.line(accuracy)) }
    self.lines = lines
  }

  private static func line(_ conclusion: DifferenceConclusion) -> SummaryLine? {
    switch conclusion {
    case .same:
      SummaryLine(code: .same, message: "the same network: topology, weights, history and metadata")
    case .sameContent(let parts, let missing):
      SummaryLine(
        code: .sameContent,
        message: ([parts.isEmpty ? "the same content, weights value for value" : "the same weights, value for value"]
          + (parts.isEmpty ? [] : ["what differs: \(list(parts.map(\.rawValue)))"]) + lacks(missing))
          .joined(separator: "; "))
    case .sameWithinTolerance:
      SummaryLine(code: .sameWithinTolerance, message: "no weight differs by more than the tolerance")
    case .transposed(let names):
      SummaryLine(code: .transposed, message: "rows and columns exchanged, same values: \(list(names))")
    case .rounded(let type): rounded(type)
    case .otherArchitecture(let matches): SummaryLine(code: .otherArchitecture, message: architecture(matches))
    case .otherTensors(let left, let right, let reshaped):
      SummaryLine(
        code: .otherTensors,
        message: "other tensors: "
          + [(left, "only in the left model"), (right, "only in the right model"), (reshaped, "of another shape")]
          .filter { $0.0 > 0 }.map { "\(Text.grouped($0.0)) \($0.1)" }.joined(separator: ", "))
    case .onlySomeLayers(let names, let count):
      SummaryLine(
        code: .onlySomeLayers, message: "only \(list(names)) changed, \(Text.grouped(names.count)) of \(layers(count))")
    case .allLayers(let count, let range):
      SummaryLine(
        code: .allLayers,
        message: "the weights of \(every(count)) changed" + (range.map { ": relative L2 " + span($0) } ?? ""))
    case .lowRankUpdate(let changes): SummaryLine(code: .lowRankUpdate, message: lowRank(changes))
    }
  }

  /// What is not compared, since a file lacks it.
  private static func lacks(_ missing: [MissingPart]) -> [String] {
    [true, false].compactMap { isLeft in
      let parts = missing.filter { $0.isLeft == isLeft }
      guard let format = parts.first?.format else { return nil }
      let side = isLeft ? "left" : "right"
      return "the \(side) file, \(format.name), has no \(Text.alternatives(parts.map(\.part.rawValue)))"
    }
  }

  private static func rounded(_ type: DataType) -> SummaryLine? {
    let code: SummaryLine.Code
    switch type {
    case .float16: code = .roundedToHalf
    case .bfloat16: code = .roundedToBrain
    case .float64, .float32, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .boolean: return nil
    }
    return SummaryLine(code: code, message: "the right weights are the left ones, rounded to \(type.rawValue)")
  }

  private static func architecture(_ matches: [LayerMatch]) -> String {
    var parts: [String] = []
    for (change, word) in [(LayerMatch.Change.added, "more"), (.removed, "fewer")] {
      let found = matches.filter { $0.change == change }.compactMap { ($0.left ?? $0.right)?.layer }
      guard !found.isEmpty else { continue }
      parts.append(
        "\(found.count == 1 ? "one layer" : layers(found.count)) \(word): " + list(found.map(LayerLabel.text)))
    }
    let changed = matches.filter { $0.change == .changed }
    if !changed.isEmpty {
      let texts = changed.map { match in
        let changes = match.attributes.map { "\($0.name) \($0.left ?? "none") → \($0.right ?? "none")" }
        return "\(match.left?.layer.name ?? "") (\(changes.joined(separator: ", ")))"
      }
      parts.append("other settings of \(list(texts))")
    }
    return "other architecture: " + parts.joined(separator: "; ")
  }

  private static func lowRank(_ changes: [DifferenceConclusion.LowRankChange]) -> String {
    let texts = changes.compactMap { change in
      let most = min(change.spectrum.rows, change.spectrum.columns)
      return change.spectrum.rank.map { "\(change.tensor) by rank \($0) of \(Text.grouped(most))" }
    }
    return "low-rank update, with 99.9 % of the squared change: \(list(texts))"
  }

  /// Settings of the runs that differ: where several things do, no one of them alone is the cause.
  private static func otherTraining(_ metadata: [ModelDifference.MetadataDifference]) -> SummaryLine? {
    let settings = metadata.filter { RunMetadata.isSetting($0.name) }
    guard !settings.isEmpty else { return nil }
    let texts = settings.map { setting in
      let values = [setting.left, setting.right].map { $0.map { Text.escaped($0.text, atMost: 30) } ?? "none" }
      return "\(Text.escaped(RunMetadata.shortened(setting.name), atMost: 40)) \(values[0]) → \(values[1])"
    }
    let rest = texts.count > 8 ? " and \(Text.grouped(texts.count - 8)) more" : ""
    return SummaryLine(
      code: .otherTraining, message: "trained otherwise: " + texts.prefix(8).joined(separator: ", ") + rest)
  }

  private static func line(_ accuracy: AccuracyComparison) -> SummaryLine {
    func share(_ side: AccuracyComparison.Side) -> String {
      "\(Text.percent(side.accuracy)) (\(Text.fixed(side.interval.lowerBound * 100, 2)) to "
        + "\(Text.percent(side.interval.upperBound)))"
    }
    let numbers =
      "test accuracy \(share(accuracy.left)) on the left, \(share(accuracy.right)) on the right; right minus left "
      + "\(points(accuracy.right.accuracy - accuracy.left.accuracy)) points, \(points(accuracy.difference.lowerBound)) to "
      + "\(points(accuracy.difference.upperBound)) (95 % intervals, of the choice of the "
      + "\(Text.grouped(accuracy.samples)) test samples alone)"
    switch accuracy.verdict {
    case .leftBetter: return SummaryLine(code: .leftBetter, message: "the left model is better: \(numbers)")
    case .rightBetter: return SummaryLine(code: .rightBetter, message: "the right model is better: \(numbers)")
    case .notDistinguishable:
      return SummaryLine(
        code: .notDistinguishable, message: "which model is better cannot be told: \(numbers)")
    }
  }

  private static func points(_ fraction: Double) -> String {
    (fraction > 0 ? "+" : fraction < 0 ? "−" : "") + Text.fixed(fraction.magnitude * 100, 2)
  }

  private static func span(_ range: ClosedRange<Double>) -> String {
    range.lowerBound == range.upperBound
      ? Text.significant(range.lowerBound, 3)
      : "\(Text.significant(range.lowerBound, 3)) to \(Text.significant(range.upperBound, 3))"
  }

  private static func every(_ count: Int) -> String {
    count == 1 ? "the only layer" : count == 2 ? "both layers" : "all \(layers(count))"
  }

  private static func layers(_ count: Int) -> String { Text.counted(count, "layer") }

  /// The first names, and how many more there are.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(names.count > 5 ? 4 : 5).map { Text.escaped($0, atMost: 60) }
    if names.count > shown.count {
      return shown.joined(separator: ", ") + " and \(Text.grouped(names.count - shown.count)) more"
    }
    return shown.count < 2
      ? shown.joined() : shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "")
  }
}

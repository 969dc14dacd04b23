import Formatting
import NetworkInspection

/// How two networks answer the same samples, and how their units match, as text for people.
struct NetworkComparisonText {
  private static let mostFlips = 10

  let comparison: NetworkComparison
  let style: Style
  let width: Int?

  var alignment: [String] {
    guard let alignment = comparison.alignment else { return [] }
    let verdict =
      alignment.isSameUpToPermutation
      ? (alignment.movesUnits ? "the same up to the order of hidden units" : "the same, unit for unit")
      : "not the same in any order that was found"
    var table = TextTable([
      .init("layer", isElastic: true), .init("units", .right), .init("moved", .right),
      .init("relative L2 in that order", .right), .init("right unit for each left one", rank: 1, isElastic: true),
    ])
    for layer in alignment.layers {
      let order = layer.permutation.map { Text.listed($0.map(String.init), separator: " ") } ?? ""
      table.append([
        Text.name(layer.name), Text.grouped(layer.units), Text.grouped(layer.moved),
        layer.residual.map { Text.significant($0, 3) } ?? "–", order,
      ])
    }
    return ["\(style.bold("Units matched"))  \(verdict)"] + table.lines(style, width: width)
  }

  var function: [String] {
    guard let function = comparison.function else { return [] }
    var lines = ["\(style.bold("Function"))  on \(Text.counted(function.samples, "sample"))"]
    lines += facts(function).flatMap { Text.wrapped($0, to: width, first: "  ") }
    if !function.flips.isEmpty { lines += flips(function) }
    if !function.layers.isEmpty {
      var table = TextTable([
        .init("layer", isElastic: true), .init("relative L2 of what it gives", .right), .init("", rank: 1),
      ])
      for layer in function.layers {
        let isFirst = function.firstDivergingLayer.map { $0.utf8.elementsEqual(layer.name.utf8) } ?? false
        table.append([
          Text.name(layer.name), layer.relativeL2.map { Text.significant($0, 3) } ?? "–",
          isFirst ? "← the first to part" : "",
        ])
      }
      lines += table.lines(style, width: width)
    }
    return lines
  }

  private func facts(_ function: FunctionDifference) -> [String] {
    var facts: [String] = []
    if let agreement = function.agreement {
      facts.append(
        "agreement \(Text.percent(agreement)): another class for \(Text.counted(function.differing, "sample"))")
    }
    if let truth = function.truth {
      facts.append(
        "correct: both \(Text.grouped(truth.bothRight)), only the left \(Text.grouped(truth.leftOnlyRight)), only the right "
          + "\(Text.grouped(truth.rightOnlyRight)), neither \(Text.grouped(truth.bothWrong)); exact McNemar p "
          + Text.significant(truth.mcNemarP, 3))
    }
    if let divergence = function.meanKL {
      facts.append("mean KL(left‖right) of the probabilities \(Text.significant(divergence, 3)) nats")
    }
    if let greatest = function.maximumLogitDifference {
      let place = function.maximumLogitDifferenceIndex.map { ", in sample \(Text.grouped($0))" } ?? ""
      facts.append("largest difference of logits \(Text.significant(greatest, 3))\(place)")
    }
    if function.agreement == nil, let greatest = function.maximumOutputDifference {
      facts.append(
        "largest difference of outputs \(Text.significant(greatest, 3)), RMS "
          + Text.significant(function.rmsOutputDifference, 3))
    }
    return facts
  }

  private func flips(_ function: FunctionDifference) -> [String] {
    var table = TextTable([
      .init("left", isElastic: true), .init("right", isElastic: true), .init("samples", .right),
      .init("which", rank: 1, isElastic: true),
    ])
    for flip in function.flips.prefix(NetworkComparisonText.mostFlips) {
      let more = flip.count > flip.indices.count ? " …" : ""
      table.append([
        name(flip.left), name(flip.right), Text.grouped(flip.count),
        flip.indices.map(String.init).joined(separator: " ") + more,
      ])
    }
    let rest = function.flips.count - NetworkComparisonText.mostFlips
    return table.lines(style, width: width)
      + (rest > 0 ? [style.dim("  … and \(Text.counted(rest, "pair")) of classes more, all with --json")] : [])
  }

  private func name(_ index: Int?) -> String {
    guard let index else { return "not a number" }
    return comparison.classNames.indices.contains(index) ? Text.name(comparison.classNames[index]) : "\(index)"
  }
}

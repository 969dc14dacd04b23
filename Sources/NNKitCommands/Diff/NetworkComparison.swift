import BinaryIO
import Formatting
import IDX
import ModelFormat
import NetworkInspection
import NetworkRuns
import NeuralNetwork
import Threads

/// What shows when the networks of two models are run or matched: how they answer the same samples, and whether they are
/// the same up to the order of their hidden units.
struct NetworkComparison {
  /// What is asked for.
  struct Request {
    /// Whether units are matched.
    var aligns = false
    /// The samples to run both networks on; nil for none.
    var images: String?
    /// The true classes of these; nil where they are not known.
    var labels: String?
  }

  /// nil unless units were to be matched.
  let alignment: NetworkAlignment?
  /// nil without samples.
  let function: FunctionDifference?
  /// The names of the classes, where they have some.
  let classNames: [String]

  /// - Throws: `PredictionError` for a model that cannot be run, `NetworkError` for two that cannot be compared,
  ///   `IDXError` for the samples; any error about values.
  init(
    _ left: any ModelSource, _ right: any ModelSource, names: (left: String, right: String), _ request: Request
  ) throws {
    guard request.aligns || request.images != nil else {
      (alignment, function, classNames) = (nil, nil, [])
      return
    }
    let (one, other) = (try Predictor(left), try Predictor(right))
    classNames = one.classNames.isEmpty ? other.classNames : one.classNames
    alignment =
      request.aligns
      ? try NetworkAlignment(one.network, other.network, names: one.layerNames, threads: Processors.count) : nil
    function = try request.images.map { images in
      try NetworkComparison.function(one, other, images: images, labels: request.labels)
    }
  }

  private static func function(
    _ left: Predictor, _ right: Predictor, images: String, labels: String?
  ) throws -> FunctionDifference {
    var reader = try IDXReader(path: images)
    try left.check(reader.header, samples: images)
    try right.check(reader.header, samples: images)
    let truth = try labels.map { try left.loadTruth(path: $0, count: reader.header.itemCount) }
    if labels != nil, truth?.labels == nil {
      throw CommandFailure.usage("--labels: expected classes of a classifier, found numbers")
    }
    var comparison = try FunctionComparison(
      left.network, right.network, leftNames: left.layerNames, rightNames: right.layerNames,
      areClasses: left.meaning.isClassification(truth), threads: Processors.count)
    var count = 0
    while let piece = try reader.readItems(maximumCount: Predictor.pieceSize) {
      let inputs = (try left.prepare(piece, firstIndex: count), try right.prepare(piece, firstIndex: count))
      let end = count + inputs.0.count
      try comparison.add(left: inputs.0, right: inputs.1, labels: truth?.labels.map { Array($0[count..<end]) })
      count = end
    }
    return comparison.finish()
  }

  /// What of it belongs into the summary.
  var sentences: [SummaryLine] {
    var lines: [SummaryLine] = []
    if let alignment, alignment.isSameUpToPermutation, alignment.movesUnits {
      let moved = alignment.layers.filter { $0.moved > 0 }.map { "\(Text.grouped($0.moved)) of \(Text.name($0.name))" }
      lines.append(
        SummaryLine(
          code: .sameUpToPermutation,
          message: "the same network up to the order of its hidden units: those that have another place are "
            + Text.listed(moved, separator: ", ")))
    }
    if let truth = function?.truth { lines.append(NetworkComparison.verdict(truth)) }
    return lines
  }

  private static func verdict(_ truth: FunctionDifference.Truth) -> SummaryLine {
    let (left, right, p) = (truth.leftOnlyRight, truth.rightOnlyRight, truth.mcNemarP)
    let total = left + right + truth.bothRight + truth.bothWrong
    func accuracy(_ alone: Int) -> String {
      Text.percent(Double(alone + truth.bothRight) / Double(max(total, 1)))
    }
    let numbers =
      "accuracy \(accuracy(left)) on the left, \(accuracy(right)) on the right; correct by one alone: left "
      + "\(Text.grouped(left)), right \(Text.grouped(right)) of \(Text.counted(total, "sample")) (exact McNemar p "
      + "\(Text.significant(p, 2)))"
    if p >= 0.05 || left == right {
      return SummaryLine(
        code: .notDistinguishable, message: "on these samples neither model is better: \(numbers)")
    }
    return left > right
      ? SummaryLine(code: .leftBetter, message: "on these samples the left model is better: \(numbers)")
      : SummaryLine(code: .rightBetter, message: "on these samples the right model is better: \(numbers)")
  }
}

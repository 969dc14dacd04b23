import Formatting
import ModelFormat
import ModelInspection
import NetworkRuns

/// How two models differ, in every form.
struct DifferenceReport: Report {
  let difference: ModelDifference
  let summary: DifferenceSummary
  /// The files, as they were given.
  let left: String
  let right: String
  let tolerance: Tolerance
  /// The pattern of the tensors that were compared; nil for everything.
  let filter: String?
  /// Whether all tensors are listed.
  let showsAll: Bool
  /// What shows when the networks are run or matched.
  let networks: NetworkComparison
  /// What is missing, and why; empty where nothing is.
  let leftOut: [String]

  /// Compares two models.
  ///
  /// - Throws: any error of either model; `CommandFailure` when no tensor has a name that matches.
  init(
    _ left: any ModelSource, _ right: any ModelSource, names: (left: String, right: String),
    tolerance: Tolerance = .none, filter: String? = nil, showsAll: Bool = false,
    networks request: NetworkComparison.Request = NetworkComparison.Request()
  ) throws {
    let (one, other) = (left.contents.parts, right.contents.parts)
    difference = try ModelDifference(
      left, right, tolerance: tolerance, filter: filter.map { Glob($0) },
      epochs: SavedEpochs(
        left: RunMetadata(one.metadata).bestEpoch, right: RunMetadata(other.metadata).bestEpoch))
    if let filter, difference.tensors.isEmpty {
      throw CommandFailure.usage("no tensor of either model matches \(Text.escaped(filter, atMost: 120))")
    }
    leftOut = MissingSpectra.sentences(difference.tensors)
    networks = try NetworkComparison(left, right, names: names, request)
    let sentences = networks.sentences
    // Samples at hand tell more than numbers from the time of training.
    let isJudged = sentences.contains { $0.code.isVerdict }
    summary = DifferenceSummary(
      difference, topology: one.topology ?? other.topology,
      accuracy: filter == nil && !difference.isSame && !isJudged ? AccuracyComparison(one, other) : nil,
      others: sentences)
    (self.left, self.right) = names
    self.tolerance = tolerance
    self.filter = filter
    self.showsAll = showsAll
  }

  var document: DifferenceDocument { DifferenceDocument(self) }

  func text(for display: Display) -> String {
    DifferenceText(report: self, style: display.style, width: display.width).text
  }
}

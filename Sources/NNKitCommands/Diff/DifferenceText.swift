import Formatting
import ModelFormat
import ModelInspection

/// A difference as text for people.
struct DifferenceText {
  let report: DifferenceReport
  let style: Style
  /// How long a line may be; nil for any length.
  let width: Int?

  private var difference: ModelDifference { report.difference }

  var text: String {
    let networks = NetworkComparisonText(comparison: report.networks, style: style, width: width)
    let parts = [
      verdict, TopologyDifferenceText(difference: difference, style: style, width: width).lines,
      TensorDifferenceText(tensors: difference.tensors, showsAll: report.showsAll, style: style, width: width).lines,
      leftOut, networks.alignment, networks.function, history, metadata,
    ]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var verdict: [String] {
    let suffix = difference.isSame ? " are the same" : " differ"
    // Both names share what the words leave.
    let room = width.map { max(8, ($0 - suffix.count - " and ".count) / 2) } ?? .max
    let names = [report.left, report.right].map { Text.elided(Text.escaped($0), to: room) }
    let line = names.joined(separator: " and ") + suffix
    return [difference.isSame ? style.green(line) : style.bold(line)]
      + report.summary.lines.flatMap { Text.wrapped($0.message, to: width, first: "  • ") }
  }

  private var leftOut: [String] {
    report.leftOut.flatMap { Text.wrapped($0, to: width, first: "\(style.bold("Left out"))  ") }
  }

  private var history: [String] {
    guard !difference.history.isEmpty else { return [] }
    var table = TextTable([
      .init("what", isElastic: true), .init("left", .right), .init("right", .right),
      .init("best left", .right, rank: 2),
      .init("best right", .right, rank: 1), .init("first difference", .right, rank: 3),
    ])
    func best(_ side: ColumnDifference.Side?) -> String {
      side?.best.map { "\(Text.significant($0.value)) in \($0.epoch)" } ?? ""
    }
    for column in difference.history {
      table.append([
        Text.name(column.name), saved(column.left), saved(column.right), best(column.left), best(column.right),
        column.firstDifference.map { "epoch \(Text.grouped($0))" } ?? "",
      ])
    }
    return [style.bold("History") + epochs] + table.lines(style, width: width)
  }

  private func saved(_ side: ColumnDifference.Side?) -> String {
    guard let side else { return "(none)" }
    return side.saved.map { Text.significant($0.value) } ?? "(empty)"
  }

  /// Which epochs the numbers are of.
  private var epochs: String {
    func text(_ side: KeyPath<ColumnDifference, ColumnDifference.Side?>) -> String? {
      guard let column = difference.history.compactMap({ $0[keyPath: side] }).first, let saved = column.saved else {
        return nil
      }
      return "\(Text.grouped(saved.epoch)) of \(Text.grouped(column.epochs))"
    }
    switch (text(\.left), text(\.right)) {
    case (let left?, let right?) where left == right: return "  epoch \(left)"
    case (let left?, let right?): return "  epoch \(left) on the left, \(right) on the right"
    case (let left?, nil): return "  epoch \(left), only on the left"
    case (nil, let right?): return "  epoch \(right), only on the right"
    case (nil, nil): return ""
    }
  }

  private var metadata: [String] {
    guard !difference.metadata.isEmpty else { return [] }
    return [style.bold("Metadata")]
      + DetailTable.lines(
        difference.metadata.map { entry in
          let texts = AttributeValue.texts(entry.left, entry.right)
          return (entry.name, texts.left, texts.right)
        }, style, width)
  }
}

/// Names with a value on either side.
enum DetailTable {
  static func lines(
    _ details: [(name: String, left: String?, right: String?)], _ style: Style, _ width: Int?
  ) -> [String] {
    var table = TextTable([
      .init("what", isElastic: true), .init("left", isElastic: true), .init("right", isElastic: true),
    ])
    for detail in details { table.append([Text.name(detail.name), value(detail.left), value(detail.right)]) }
    return table.lines(style, width: width)
  }

  private static func value(_ text: String?) -> String {
    guard let text else { return "(none)" }
    return text.isEmpty ? "(empty)" : Text.short(text)
  }
}

import Formatting
import ModelFormat
import ModelInspection

/// A difference as text for people.
struct DifferenceText {
  let difference: ModelDifference
  let left: String
  let right: String
  let style: Style

  var text: String {
    var parts = [[verdict]]
    parts.append(details("Topology", difference.topology))
    parts.append(weights)
    parts.append(details("History", difference.history))
    parts.append(details("Metadata", difference.metadata))
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private var verdict: String {
    let names = "\(Text.escaped(left)) and \(Text.escaped(right))"
    return difference.isSame ? style.green("\(names) are the same") : style.bold("\(names) differ")
  }

  private func details(_ title: String, _ details: [ModelDifference.Detail]) -> [String] {
    guard !details.isEmpty else { return [] }
    var table = TextTable([("what", .left), ("left", .left), ("right", .left)])
    for detail in details {
      table.append([Text.short(detail.name), value(detail.left), value(detail.right)])
    }
    return [style.bold(title)] + table.lines(style)
  }

  private func value(_ text: String?) -> String {
    guard let text else { return "(none)" }
    return text.isEmpty ? "(empty)" : Text.short(text)
  }

  private var weights: [String] {
    let changed = difference.tensors.filter { !$0.isSame }
    let same = difference.tensors.count - changed.count
    let total = Text.counted(difference.tensors.count, "tensor")
    guard !changed.isEmpty else { return ["\(style.bold("Weights"))  \(total), all the same"] }
    var table = TextTable([
      ("tensor", .left), ("differing", .right), ("relative L2", .right), ("maximum |a−b|", .right),
      ("at", .left),
      ("left", .right), ("right", .right), ("maximum ULP", .right), ("", .left),
    ])
    for tensor in changed { table.append(row(tensor)) }
    return ["\(style.bold("Weights"))  \(total), \(same) the same"] + table.lines(style)
  }

  private func row(_ tensor: ModelDifference.TensorDifference) -> [String] {
    let name = Text.short(tensor.name)
    let remark: String =
      switch (tensor.left, tensor.right) {
      case (nil, let other?): style.green("only in the right one: ") + form(other)
      case (let other?, nil): style.red("only in the left one: ") + form(other)
      case (let a?, let b?) where a != b: style.yellow("\(form(a)) → \(form(b))")
      default: ""
      }
    guard let values = tensor.values else { return [name, "", "", "", "", "", "", "", remark] }
    return [
      name, "\(Text.grouped(values.differing)) of \(Text.grouped(values.count))",
      Text.significant(values.relativeL2), Text.significant(values.maximumAbsoluteDifference),
      values.place.map { "[\($0.index.map(String.init).joined(separator: ", "))]" } ?? "",
      values.place.map { Text.significant($0.left, 6) } ?? "",
      values.place.map { Text.significant($0.right, 6) } ?? "",
      values.maximumUnitsInLastPlace.map(units) ?? "", remark,
    ]
  }

  /// Distances between numbers that are not neighbours at all say nothing but that.
  private func units(_ count: UInt64) -> String {
    count > 1_000_000 ? "> 1,000,000" : Text.grouped(Int(clamping: count))
  }

  private func form(_ tensor: TensorDescription) -> String {
    "\(tensor.dataType.rawValue) \(Text.shape(tensor.shape))"
  }
}

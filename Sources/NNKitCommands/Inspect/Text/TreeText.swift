import Formatting
import ModelFormat
import ModelInspection

/// The tensors of a model summed up by the parts of their names.
struct TreeText {
  let inspection: Inspection
  let depth: Int
  let display: Display

  var lines: [String] {
    let style = display.style
    let tree = NameTree(inspection.tensors.map(\.description), depth: depth)
    let hasStatistics = inspection.tensors.contains { $0.statistics != nil }
    var table = TextTable([
      .init("part", .left, isElastic: true), .init("tensors", .right, rank: 2), .init("elements", .right),
      .init("bytes", .right, rank: 1), .init("share", .right, rank: 3), .init("L2 norm", .right, rank: 4),
    ])
    let total = max(tree.root.elementCount, 1)
    func append(_ node: NameTree.Node) {
      if node.depth > 0 {
        table.append([
          String(repeating: "  ", count: node.depth - 1) + Text.short(node.name), Text.grouped(node.tensors.count),
          Text.grouped(node.elementCount), Text.bytes(node.byteCount),
          Text.fixed(100 * Double(node.elementCount) / Double(total), 1) + " %",
          hasStatistics ? Text.significant(norm(node)) : "",
        ])
      }
      for child in node.children.sorted(by: { NaturalOrder.precedes($0.name, $1.name) }) { append(child) }
    }
    append(tree.root)
    let title =
      "\(style.bold("Tensors"))  \(Text.grouped(tree.root.tensors.count)), "
      + "\(Text.counted(tree.root.elementCount, "element")), \(Text.bytes(tree.root.byteCount)) of values"
    return [title] + table.lines(style, width: display.width)
  }

  /// √Σx² over all tensors under a part.
  private func norm(_ node: NameTree.Node) -> Double {
    let norms = node.tensors.compactMap { inspection.tensors[$0].statistics?.l2Norm }
    // Scaled, so that squares neither overflow nor vanish.
    let largest = norms.max() ?? 0
    guard largest > 0, largest.isFinite else { return largest }
    return largest * norms.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }
}

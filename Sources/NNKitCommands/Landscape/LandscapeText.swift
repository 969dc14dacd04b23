import Formatting
import LossLandscape
import NeuralNetwork

/// What is told of a landscape in lines for people.
struct LandscapeText {
  let report: LandscapeReport
  let style: Style

  var text: String {
    let side = "\(report.grid.x.count)×\(report.grid.y.count) points, ±\(Text.coordinate(report.halfWidth))"
    var lines = [
      "\(style.bold(Text.escaped(report.title)))  \(report.measured), \(side)"
    ]
    var rows = report.findings
    if let directions = report.directionsText { rows.append(("Directions", directions)) }
    let width = rows.reduce(0) { max($0, $1.name.count) }
    lines.append("")
    for (name, text) in rows {
      lines.append("\(style.bold(name))\(String(repeating: " ", count: width - name.count))  \(Text.escaped(text))")
    }
    if report.model != nil, !report.path.isEmpty {
      lines.append("")
      var table = TextTable([("path", .left), ("x", .right), ("y", .right), ("loss", .right)])
      for step in report.path {
        table.append([
          Text.escaped(step.name), Text.coordinate(step.point.x), Text.coordinate(step.point.y),
          LandscapeReport.value(step.loss),
        ])
      }
      lines += table.lines(style)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

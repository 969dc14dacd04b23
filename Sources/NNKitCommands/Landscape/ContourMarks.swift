import NeuralNetwork

/// What lies on the surface: the path, saddle points, the least value, and the model.
struct ContourMarks {
  let report: LandscapeReport
  /// From the plane to the drawing.
  let place: (PlanePoint) -> PlanePoint

  /// Where labels of lines would be in the way.
  var obstacles: [PlanePoint] {
    var points = report.path.map { place($0.point) } + report.analysis.saddlePoints.map { place($0.point) }
    if let minimum = report.analysis.minimum { points.append(place(minimum.point)) }
    guard report.model != nil else { return points }
    let center = place(PlanePoint(x: 0, y: 0))
    return points + [0, 45, 90, 135].map { PlanePoint(x: center.x + $0, y: center.y) }
  }

  var svg: String { [path, saddles, minimum, center].filter { !$0.isEmpty }.joined(separator: "\n") }

  private var path: String {
    guard let start = report.path.first else { return "" }
    let points = report.path.map { place($0.point) }
    let isLong = points.count > 25
    let data = ContourPlot.path(points, isClosed: false)
    var result = "<path class=\"way-casing\" d=\"\(data)\"/>\n<path class=\"way\" d=\"\(data)\"/>"
    for (step, point) in zip(report.path, points) {
      let title = Markup.escaped(
        "\(step.name): \(LandscapeReport.value(step.loss)) at \(LandscapeReport.place(step.point))")
      result += """

        <circle class="\(isLong ? "station many" : "station")" cx="\(Markup.length(point.x))" cy="\(Markup.length(point.y))" \
        r="\(isLong ? "2.4" : "3.4")"><title>\(title)</title></circle>
        """
    }
    let above = place(start.point)
    return result + note("start", at: PlanePoint(x: above.x - 28, y: above.y - 15), right: true)
  }

  private var saddles: String {
    report.analysis.saddlePoints.map { saddle in
      let point = place(saddle.point)
      let title = Markup.escaped(
        "saddle point: \(LandscapeReport.value(saddle.value)) at \(LandscapeReport.place(saddle.point))")
      let cross = "M\(Markup.length(point.x - 5)) \(Markup.length(point.y - 5))l10 10m0-10l-10 10"
      return
        "<g><path class=\"cross-casing\" d=\"\(cross)\"/><path class=\"cross\" d=\"\(cross)\"/><title>\(title)</title></g>"
    }.joined(separator: "\n")
  }

  private var minimum: String {
    guard let minimum = report.analysis.minimum, minimum.point != PlanePoint(x: 0, y: 0), report.model != nil else {
      return ""
    }
    let point = place(minimum.point)
    let value = LandscapeReport.value(minimum.value)
    // The note of the model stands to its right.
    let center = place(PlanePoint(x: 0, y: 0))
    let isNearCenter = (point.x - center.x).magnitude < 140 && (point.y - center.y).magnitude < 20
    return """
      <g><path class="least" d="M\(Markup.length(point.x)) \(Markup.length(point.y - 7))l7 7l-7 7l-7-7Z"/>\
      <title>\(Markup.escaped("least: \(value) at \(LandscapeReport.place(minimum.point))"))</title></g>
      """ + note("least \(value)", at: point, right: !isNearCenter && point.x < ContourPlot.left + 450)
  }

  /// The model's own place.
  private var center: String {
    guard report.model != nil else { return "" }
    let point = place(PlanePoint(x: 0, y: 0))
    return """
      <circle class="model" cx="\(Markup.length(point.x))" cy="\(Markup.length(point.y))" r="6.5"/>
      """ + note("model \(LandscapeReport.value(report.analysis.center))", at: point, right: true)
  }

  private func note(_ text: String, at point: PlanePoint, right: Bool) -> String {
    """

    <text class="note" x="\(Markup.length(point.x + (right ? 12 : -12)))" y="\(Markup.length(point.y + 4.5))" \
    text-anchor="\(right ? "start" : "end")">\(Markup.number(Markup.escaped(text)))</text>
    """
  }
}

import LossLandscape
import NeuralNetwork

/// What lies on the surface: the path, saddle points, the least value, and the model.
struct ContourMarks {
  let report: LandscapeReport
  /// From the plane to the drawing.
  let place: (PlanePoint) -> PlanePoint

  /// Where labels of lines would be in the way.
  var obstacles: [PlanePoint] {
    var points = stations + report.analysis.saddlePoints.map { place($0.point) }
    if let minimum { points.append(place(minimum.point)) }
    if report.model != nil { points.append(center) }
    let spacing = 40.0
    return points
      + notes.placements.flatMap { note in
        stride(from: note.box.x.lowerBound, through: note.box.x.upperBound + spacing / 2, by: spacing).map {
          PlanePoint(x: $0, y: (note.box.y.lowerBound + note.box.y.upperBound) / 2)
        }
      }
  }

  var svg: String {
    [way, saddles, least, model, words].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var stations: [PlanePoint] { report.path.map { place($0.point) } }
  private var center: PlanePoint { place(PlanePoint(x: 0, y: 0)) }

  /// The least value where it deserves a mark: beside the model, which has one.
  private var minimum: (point: PlanePoint, value: Double)? {
    guard let minimum = report.analysis.minimum, minimum.point != PlanePoint(x: 0, y: 0), report.model != nil else {
      return nil
    }
    return minimum
  }

  /// The words beside the marks.
  private var notes: PlacedNotes {
    var notes: [PlacedNotes.Note] = []
    if report.model != nil {
      notes.append(.init(text: "model \(LandscapeReport.value(report.analysis.center))", point: center, radius: 7))
    }
    if let minimum {
      let text = "least \(LandscapeReport.value(minimum.value))"
      notes.append(.init(text: text, point: place(minimum.point), radius: 7))
    }
    if let start = stations.first { notes.append(.init(text: "start", point: start, radius: 4)) }
    return PlacedNotes(
      notes, in: ContourPlot.square, avoiding: stations + report.analysis.saddlePoints.map { place($0.point) })
  }

  private var way: String {
    guard !report.path.isEmpty else { return "" }
    let points = stations
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
    return result
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

  private var least: String {
    guard let minimum else { return "" }
    let point = place(minimum.point)
    let title = "least: \(LandscapeReport.value(minimum.value)) at \(LandscapeReport.place(minimum.point))"
    return """
      <g><path class="least" d="M\(Markup.length(point.x)) \(Markup.length(point.y - 7))l7 7l-7 7l-7-7Z"/>\
      <title>\(Markup.escaped(title))</title></g>
      """
  }

  /// The model's own place.
  private var model: String {
    guard report.model != nil else { return "" }
    let title = "model: \(LandscapeReport.value(report.analysis.center))"
    return """
      <circle class="model" cx="\(Markup.length(center.x))" cy="\(Markup.length(center.y))" r="6.5">\
      <title>\(Markup.escaped(title))</title></circle>
      """
  }

  private var words: String {
    notes.placements.map { note in
      """
      <text class="note" x="\(Markup.length(note.origin.x))" y="\(Markup.length(note.origin.y))" \
      text-anchor="\(note.anchor.rawValue)">\(Markup.number(Markup.escaped(note.text)))</text>
      """
    }.joined(separator: "\n")
  }
}

/// Marks at places of a drawing, with words next to them.
struct MarkDrawing {
  /// At places of the drawing.
  let marks: ContourMarks

  /// A path with more stations than this has small ones.
  private static let manyStations = 25

  var svg: String {
    ([path] + marks.marks.map(shape) + [words]).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Where labels of lines would be in the way.
  var obstacles: [DrawingPoint] {
    let spacing = 40.0
    return marks.path.map(\.point) + marks.marks.map(\.point)
      + notes.placements.flatMap { note in
        stride(from: note.box.x.lowerBound, through: note.box.x.upperBound + spacing / 2, by: spacing).map {
          DrawingPoint(x: $0, y: (note.box.y.lowerBound + note.box.y.upperBound) / 2)
        }
      }
  }

  private var notes: PlacedNotes {
    var notes = marks.marks.reversed().compactMap { mark in
      mark.note.map { PlacedNotes.Note(text: $0, point: mark.point, radius: 7) }
    }
    if let start = marks.path.first { notes.append(.init(text: "start", point: start.point, radius: 4)) }
    return PlacedNotes(
      notes, in: ContourPicture.square,
      avoiding: marks.path.map(\.point) + marks.marks.filter { $0.note == nil }.map(\.point))
  }

  private var path: String {
    guard !marks.path.isEmpty else { return "" }
    let isLong = marks.path.count > Self.manyStations
    let data = ContourPicture.path(marks.path.map(\.point), isClosed: false)
    var result = "<path class=\"way-casing\" d=\"\(data)\"/>\n<path class=\"way\" d=\"\(data)\"/>"
    for station in marks.path {
      result += """

        <circle class="\(isLong ? "station many" : "station")" cx="\(Markup.length(station.point.x))" \
        cy="\(Markup.length(station.point.y))" r="\(isLong ? "2.4" : "3.4")">\
        <title>\(Markup.escaped(station.title))</title></circle>
        """
    }
    return result
  }

  private func shape(_ mark: ContourMarks.Mark) -> String {
    let title = "<title>\(Markup.escaped(mark.title))</title>"
    let (x, y) = (mark.point.x, mark.point.y)
    switch mark.shape {
    case .cross:
      let cross = "M\(Markup.length(x - 5)) \(Markup.length(y - 5))l10 10m0-10l-10 10"
      return "<g><path class=\"cross-casing\" d=\"\(cross)\"/><path class=\"cross\" d=\"\(cross)\"/>\(title)</g>"
    case .diamond:
      return "<g><path class=\"least\" d=\"M\(Markup.length(x)) \(Markup.length(y - 7))l7 7l-7 7l-7-7Z\"/>\(title)</g>"
    case .ring:
      return
        "<circle class=\"model\" cx=\"\(Markup.length(x))\" cy=\"\(Markup.length(y))\" r=\"6.5\">\(title)</circle>"
    }
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

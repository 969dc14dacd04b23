/// What lies on a surface: places of note, and a path.
package struct ContourMarks: Sendable {
  /// A place of note.
  package struct Mark: Sendable {
    /// How it is drawn: an oblique cross, a diamond, or a ring.
    package enum Shape: Sendable { case cross, diamond, ring }

    let shape: Shape
    let point: DrawingPoint
    /// What it says under the pointer.
    let title: String
    /// The words next to it; nil for none.
    let note: String?

    package init(_ shape: Shape, at point: DrawingPoint, title: String, note: String? = nil) {
      self.shape = shape
      self.point = point
      self.title = title
      self.note = note
    }
  }

  /// A place on a path.
  package struct Station: Sendable {
    let point: DrawingPoint
    /// What it says under the pointer.
    let title: String

    package init(at point: DrawingPoint, title: String) {
      self.point = point
      self.title = title
    }
  }

  /// The later ones are drawn over the earlier ones, and their words go first where there is little room.
  var marks: [Mark]
  /// First to last; drawn below the marks.
  var path: [Station]

  package init(_ marks: [Mark], path: [Station]) {
    self.marks = marks
    self.path = path
  }

  /// The same, at places of a drawing.
  func placed(_ place: (DrawingPoint) -> DrawingPoint) -> ContourMarks {
    ContourMarks(
      marks.map { Mark($0.shape, at: place($0.point), title: $0.title, note: $0.note) },
      path: path.map { Station(at: place($0.point), title: $0.title) })
  }
}

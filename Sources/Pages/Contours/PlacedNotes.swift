/// The words next to marks, each where it covers no mark and no other word; one without such a place is left out.
struct PlacedNotes {
  /// Words next to the mark at a place of the drawing, which reaches `radius` from there.
  struct Note {
    let text: String
    let point: DrawingPoint
    let radius: Double
  }

  /// Where a text is.
  struct Placement: Equatable {
    let text: String
    /// The part of the text that is at the horizontal place of `origin`, next to the mark: no font moves it away.
    let anchor: Anchor
    /// A point of the base line.
    let origin: DrawingPoint
    let box: DrawingBox
  }

  /// As SVG names them.
  enum Anchor: String { case start, middle, end }

  /// What a character takes at most of the width, in the fonts and at the size of the page, and a line of the height.
  private static let (characterWidth, height, ascent) = (9.0, 18.0, 13.5)
  private static let gap = 5.0

  /// In the order of the notes.
  let placements: [Placement]

  /// - Parameters:
  ///   - notes: the more important first. No text covers the mark of any of them.
  ///   - square: what no text may leave.
  ///   - path: places that texts cover only if there is no way around them.
  init(_ notes: [Note], in square: DrawingBox, avoiding path: [DrawingPoint]) {
    var taken = notes.map { DrawingBox(around: $0.point, radius: $0.radius) }
    var placements: [Placement] = []
    for note in notes {
      let free = Self.placements(of: note).filter { placement in
        square.contains(placement.box) && !taken.contains { $0.overlaps(placement.box) }
      }
      // Of equally good ones the first.
      let covered = free.map { placement in path.count { placement.box.contains($0) } }
      guard let best = covered.indices.min(by: { (covered[$0], $0) < (covered[$1], $1) }) else { continue }
      taken.append(free[best].box)
      placements.append(free[best])
    }
    self.placements = placements
  }

  /// Right of the mark, left, above and below it, then in the corners.
  private static func placements(of note: Note) -> [Placement] {
    let width = characterWidth * Double(note.text.count)
    let distance = note.radius + gap
    let (above, beside, below) = (-distance - height, -height / 2, distance)
    let sides: [(Anchor, top: Double)] = [
      (.start, beside), (.end, beside), (.middle, above), (.middle, below), (.start, above), (.start, below),
      (.end, above), (.end, below),
    ]
    return sides.map { anchor, top in
      let (x, left) =
        switch anchor {
        case .start: (distance, distance)
        case .middle: (0.0, -width / 2)
        case .end: (-distance, -distance - width)
        }
      let (start, upper) = (note.point.x + left, note.point.y + top)
      return Placement(
        text: note.text, anchor: anchor, origin: DrawingPoint(x: note.point.x + x, y: upper + ascent),
        box: DrawingBox(x: start...start + width, y: upper...upper + height))
    }
  }
}

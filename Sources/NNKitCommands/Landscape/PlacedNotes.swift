import NeuralNetwork

/// The words beside marks, each where it covers no mark and no other word; one without such a place is left out.
struct PlacedNotes {
  /// Words beside the mark at a place of the drawing, which reaches `radius` from there.
  struct Note {
    let text: String
    let point: PlanePoint
    let radius: Double
  }

  /// Where a text stands.
  struct Placement: Equatable {
    let text: String
    /// The start of its base line.
    let start: PlanePoint
    let box: Box
  }

  struct Box: Equatable {
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>

    init(x: ClosedRange<Double>, y: ClosedRange<Double>) { (self.x, self.y) = (x, y) }

    init(around point: PlanePoint, radius: Double) {
      self.init(x: point.x - radius...point.x + radius, y: point.y - radius...point.y + radius)
    }

    func overlaps(_ other: Box) -> Bool { x.overlaps(other.x) && y.overlaps(other.y) }
    func contains(_ point: PlanePoint) -> Bool { x.contains(point.x) && y.contains(point.y) }
    func contains(_ other: Box) -> Bool {
      x.contains(other.x.lowerBound) && x.contains(other.x.upperBound) && y.contains(other.y.lowerBound)
        && y.contains(other.y.upperBound)
    }
  }

  /// What a character takes at most of the width, in the fonts and at the size of the page, and a line of the height.
  private static let (characterWidth, height, ascent) = (8.0, 18.0, 13.5)
  private static let gap = 5.0

  /// In the order of the notes.
  let placements: [Placement]

  /// - Parameters:
  ///   - notes: the more important first. No text covers the mark of any of them.
  ///   - square: what no text may leave.
  ///   - path: places that texts cover only if there is no way around them.
  init(_ notes: [Note], in square: Box, avoiding path: [PlanePoint]) {
    var taken = notes.map { Box(around: $0.point, radius: $0.radius) }
    var placements: [Placement] = []
    for note in notes {
      let free = Self.boxes(for: note).filter { box in
        square.contains(box) && !taken.contains { $0.overlaps(box) }
      }
      // Of equally good ones the first.
      let best = free.map { box in (box: box, covered: path.count { box.contains($0) }) }
        .reduce(nil as (box: Box, covered: Int)?) { best, next in
          best.map { $0.covered <= next.covered ? $0 : next } ?? next
        }
      guard let box = best?.box else { continue }
      taken.append(box)
      let start = PlanePoint(x: box.x.lowerBound, y: box.y.lowerBound + ascent)
      placements.append(Placement(text: note.text, start: start, box: box))
    }
    self.placements = placements
  }

  /// Right of the mark, left, above and below it, then in the corners.
  private static func boxes(for note: Note) -> [Box] {
    let width = characterWidth * Double(note.text.count)
    let (x, y, distance) = (note.point.x, note.point.y, note.radius + gap)
    let (right, left, middle) = (x + distance, x - distance - width, x - width / 2)
    let (above, below, beside) = (y - distance - height, y + distance, y - height / 2)
    let corners = [
      (right, beside), (left, beside), (middle, above), (middle, below), (right, above), (right, below), (left, above),
      (left, below),
    ]
    return corners.map { Box(x: $0.0...$0.0 + width, y: $0.1...$0.1 + height) }
  }
}

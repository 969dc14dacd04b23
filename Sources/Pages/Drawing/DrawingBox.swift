/// A rectangle of a drawing.
struct DrawingBox: Equatable {
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>

  init(x: ClosedRange<Double>, y: ClosedRange<Double>) { (self.x, self.y) = (x, y) }

  init(around point: DrawingPoint, radius: Double) {
    self.init(x: point.x - radius...point.x + radius, y: point.y - radius...point.y + radius)
  }

  func overlaps(_ other: DrawingBox) -> Bool { x.overlaps(other.x) && y.overlaps(other.y) }
  func contains(_ point: DrawingPoint) -> Bool { x.contains(point.x) && y.contains(point.y) }
  func contains(_ other: DrawingBox) -> Bool {
    x.contains(other.x.lowerBound) && x.contains(other.x.upperBound) && y.contains(other.y.lowerBound)
      && y.contains(other.y.upperBound)
  }
}

/// A line of equal value.
package struct ContourLine: Sendable {
  /// At least two; of a closed line the first is not repeated at the end.
  package let points: [DrawingPoint]
  package let isClosed: Bool

  package init(points: [DrawingPoint], isClosed: Bool) {
    self.points = points
    self.isClosed = isClosed
  }
}

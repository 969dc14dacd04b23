/// A place in a drawing or a plane, or a step in it.
package struct DrawingPoint: Equatable, Sendable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

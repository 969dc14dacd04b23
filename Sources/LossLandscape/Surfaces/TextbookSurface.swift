package import NeuralNetwork

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Functions of two variables at which textbooks show where gradient descent comes to a halt (seed 001).
package enum TextbookSurface: String, CaseIterable, Sendable {
  /// x² − y²: no slope at (0, 0), which is a minimum along x and a maximum along y.
  case saddle
  /// 1 − e^(−10 (x² + y²)): a well in a plain on which there is almost no slope to follow.
  case plateau

  package var formula: String {
    switch self {
    case .saddle: "x² − y²"
    case .plateau: "1 − e^(−10(x² + y²))"
    }
  }

  package func value(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .saddle: x * x - y * y
    case .plateau: 1 - exp(-10 * (x * x + y * y))
    }
  }

  /// The values on a square from −`halfWidth` to `halfWidth`.
  ///
  /// - Throws: `NetworkError` for fewer than three points along a side.
  package func grid(halfWidth: Double, count: Int) throws(NetworkError) -> LossGrid {
    let axis = LossGrid.axis(halfWidth: halfWidth, count: count)
    return try LossGrid(x: axis, y: axis, values: LossGrid.points(x: axis, y: axis).map { value($0.x, $0.y) })
  }

  /// A walk by gradient descent that shows what the surface does to it.
  package struct Descent: Sendable {
    package let start: [Double]
    package let learningRate: Double
    package let steps: Int
    /// The path has a point for each so many steps.
    package let interval: Int
  }

  /// It nearly stops at the saddle point, and spends most of its steps on the plain.
  package var descent: Descent {
    switch self {
    case .saddle: Descent(start: [0.9, 0.001], learningRate: 0.05, steps: 70, interval: 1)
    case .plateau: Descent(start: [0.72, 0.45], learningRate: 0.02, steps: 400, interval: 10)
    }
  }

  /// The points of the descent.
  package var path: [DescentPoint] {
    SteepestDescent.minimize(
      { value($0[0], $0[1]) }, from: descent.start, learningRate: descent.learningRate, steps: descent.steps,
      recordingEvery: descent.interval)
  }
}

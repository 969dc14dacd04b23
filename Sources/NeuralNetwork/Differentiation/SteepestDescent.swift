/// One point on the way down.
public struct DescentPoint: Sendable, Equatable {
  /// The number of steps before this point.
  public let step: Int
  /// Where the descent is.
  public let position: [Double]
  /// The function's value there.
  public let value: Double
}

/// Gradient descent on a function of one or more variables: x ← x − η ∇f(x).
public enum SteepestDescent {
  /// Walks `steps` steps down from `start`.
  ///
  /// The walk does not check that it gets lower: with a learning rate that is too great the path shows how it
  /// diverges.
  ///
  /// - Parameters:
  ///   - function: f: Rⁿ → R.
  ///   - start: Where the path begins.
  ///   - learningRate: η.
  ///   - steps: How many steps; nothing happens for a number below 1.
  ///   - recordingEvery: The path holds the start, each k-th point and the last one; below 1 counts as 1.
  ///   - gradient: ∇f; by central differences if nil.
  /// - Returns: The path.
  public static func minimize(
    _ function: ([Double]) -> Double, from start: [Double], learningRate: Double, steps: Int,
    recordingEvery: Int = 1, gradient: (([Double]) -> [Double])? = nil
  ) -> [DescentPoint] {
    let interval = max(recordingEvery, 1)
    var position = start
    var path = [DescentPoint(step: 0, position: start, value: function(start))]
    for step in stride(from: 1, through: steps, by: 1) {
      let slope = gradient?(position) ?? NumericalDifferentiation.gradient(of: function, at: position)
      for (index, partial) in zip(position.indices, slope) {
        position[index] -= learningRate * partial
      }
      if step.isMultiple(of: interval) || step == steps {
        path.append(DescentPoint(step: step, position: position, value: function(position)))
      }
    }
    return path
  }
}

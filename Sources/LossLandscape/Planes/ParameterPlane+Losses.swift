public import NeuralNetwork

extension ParameterPlane {
  /// The mean loss of θ + x · d₁ + y · d₂ over a data set, in inference mode, at each crossing of two axes.
  ///
  /// The result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - x: Ascending, three or more.
  ///   - y: The same.
  ///   - dataset: The samples and their targets; at least one.
  ///   - loss: The loss to measure.
  ///   - threads: The number of workers.
  ///   - progress: Called on the calling thread, now and then, with the number of points that were begun.
  /// - Throws: `NetworkError` if data, loss and network do not fit one another, or for the axes or threads.
  /// - Complexity: O(x.count · y.count · dataset.count · parameters).
  public func lossGrid(
    x: [Double], y: [Double], dataset: Dataset<Scalar>, loss: Loss, threads: Int, progress: (Int) -> Void = { _ in }
  ) throws(NetworkError) -> LossGrid {
    let points = LossGrid.points(x: x, y: y).map { [$0.x, $0.y] }
    return try LossGrid(
      x: x, y: y,
      values: origin.losses(
        along: [first, second], at: points, of: dataset, loss: loss, threads: threads, progress: progress))
  }
}

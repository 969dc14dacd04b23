import Synchronization

extension ParameterPlane {
  /// The mean loss of θ + x · d₁ + y · d₂ over a data set, in inference mode, at each crossing of two axes.
  ///
  /// Each worker takes one point after another and has parameters of its own. The samples of a point go through one
  /// worker in pieces of a fixed size: the result does not depend on the number of threads.
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
  package func lossGrid(
    x: [Double], y: [Double], dataset: Dataset<Scalar>, loss: Loss, threads: Int, progress: (Int) -> Void = { _ in }
  ) throws(NetworkError) -> LossGrid {
    let head = try origin.lossHead(loss, for: dataset)
    let points = LossGrid.points(x: x, y: y)
    let workers = try WorkerPool(count: threads)
    let evaluators = (0..<threads).map { _ in PlaneEvaluator(self, dataset.inputs, head) }
    let center = ValueBuffers(origin)
    let directions = (AlignedBuffer(first.map { Scalar($0) }), AlignedBuffer(second.map { Scalar($0) }))
    let next = PointCounter()
    let values = [Double](unsafeUninitializedCapacity: points.count) { buffer, count in
      buffer.initialize(repeating: .nan)
      // Each worker writes elements of its own.
      let results = SharedResults(buffer)
      workers.run { index in
        while let place = next.take(below: points.count) {
          results.buffer[place] = evaluators[index].loss(at: points[place], center, directions.0, directions.1)
          if index == 0 { progress(min(next.taken, points.count)) }
        }
      }
      count = points.count
    }
    return try LossGrid(x: x, y: y, values: values)
  }
}

/// Hands out the numbers from 0 up, each once.
private final class PointCounter: Sendable {
  private let next = Atomic<Int>(0)

  var taken: Int { next.load(ordering: .relaxed) }

  func take(below count: Int) -> Int? {
    let place = next.add(1, ordering: .relaxed).oldValue
    return place < count ? place : nil
  }
}

private struct SharedResults: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Double>

  init(_ buffer: UnsafeMutableBufferPointer<Double>) { self.buffer = buffer }
}

/// What one worker has for itself.
private final class PlaneEvaluator<Scalar: NetworkScalar>: @unchecked Sendable {
  private let stack: LayerStack<Scalar>
  private let inputs: DatasetInputs<Scalar>
  private let head: LossHead<Scalar>
  private let workspace: Workspace<Scalar>
  private let parameters: AlignedBuffer<Scalar>
  private let order: [Int]

  init(_ plane: ParameterPlane<Scalar>, _ inputs: DatasetInputs<Scalar>, _ head: LossHead<Scalar>) {
    stack = plane.origin.stack
    self.inputs = inputs
    self.head = head
    workspace = DataParallelInference.workspace(for: stack)
    parameters = AlignedBuffer(count: stack.parameterCount)
    order = Array(0..<inputs.count)
  }

  func loss(
    at point: PlanePoint, _ center: ValueBuffers<Scalar>, _ first: AlignedBuffer<Scalar>,
    _ second: AlignedBuffer<Scalar>
  ) -> Double {
    let kernels = Scalar.kernels.loops
    let (target, count) = (parameters.pointer, parameters.count)
    target.update(from: center.parameters.pointer, count: count)
    kernels.descend(parameters: target, gradients: first.pointer, count: count, rate: -Scalar(point.x))
    kernels.descend(parameters: target, gradients: second.pointer, count: count, rate: -Scalar(point.y))
    let values = ValuePointers(parameters: target, runningStatistics: center.runningStatistics.pointer)
    var sum = 0.0
    order.withUnsafeBufferPointer { order in
      guard let indices = order.baseAddress else { return }
      for start in stride(from: 0, to: inputs.count, by: workspace.capacity) {
        let rows = min(workspace.capacity, inputs.count - start)
        inputs.gather(indices + start, rows: rows, into: workspace.input)
        head.gatherTargets(indices + start, rows: rows, into: workspace)
        stack.forward(workspace, values: values, rows: rows, depth: head.depth)
        sum += head.measure(workspace, rows: rows, batchSize: inputs.count).loss
      }
    }
    return sum / Double(inputs.count)
  }
}

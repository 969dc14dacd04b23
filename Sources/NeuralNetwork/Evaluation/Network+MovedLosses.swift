import Synchronization
import Threads

extension Network {
  /// The mean losses of networks near this one: of θ + Σᵢ xᵢ · dᵢ over a data set, in inference mode, for each of
  /// several x.
  ///
  /// Each worker takes one point after another and has parameters of its own. The samples of a point go through one
  /// worker in pieces of a fixed size: the result does not depend on the number of threads.
  ///
  /// - Parameters:
  ///   - directions: The dᵢ, each with a number for each parameter, in the order of `parameters`.
  ///   - points: The x, each with a number for each direction.
  ///   - dataset: The samples and their targets; at least one.
  ///   - loss: The loss to measure.
  ///   - threads: The number of workers.
  ///   - progress: Called on the calling thread, now and then, with the number of points that were begun.
  /// - Throws: `NetworkError` with the code `countMismatch` for a direction or a point of another length, and if data,
  ///   loss and network do not fit one another, or for the threads.
  /// - Returns: A loss for each point; it may be NaN or infinite.
  /// - Complexity: O(points · dataset.count · parameters).
  package func losses(
    along directions: [[Double]], at points: [[Double]], of dataset: Dataset<Scalar>, loss: Loss, threads: Int,
    progress: (Int) -> Void = { _ in }
  ) throws(NetworkError) -> [Double] {
    for direction in directions where direction.count != parameterCount {
      throw NetworkError(
        .countMismatch, at: "direction", expected: "\(parameterCount) numbers, one for each parameter",
        found: "\(direction.count)")
    }
    for point in points where point.count != directions.count {
      throw NetworkError(
        .countMismatch, at: "point", expected: "\(directions.count) numbers, one for each direction",
        found: "\(point.count)")
    }
    let head = try lossHead(loss, for: dataset)
    let workers = try WorkerPool(threads: threads)
    let center = ValueBuffers(self)
    let directions = directions.map { AlignedBuffer($0.map { Scalar($0) }) }
    let evaluators = (0..<threads).map { _ in
      MovedNetwork(architecture: architecture, center, directions, dataset.inputs, head)
    }
    let next = PointCounter()
    return unsafe [Double](unsafeUninitializedCapacity: points.count) { buffer, count in
      unsafe buffer.initialize(repeating: .nan)
      // Each worker writes elements of its own.
      let results = unsafe SharedResults(buffer)
      workers.run { index in
        while let place = next.take(below: points.count) {
          unsafe results.buffer[place] = evaluators[index].loss(at: points[place])
          if index == 0 { progress(min(next.taken, points.count)) }
        }
      }
      count = points.count
    }
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

@safe
private struct SharedResults: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Double>

  init(_ buffer: UnsafeMutableBufferPointer<Double>) { unsafe self.buffer = unsafe buffer }
}

/// What one worker has for itself: the parameters of a network that is moved about, and the memory to run it.
private final class MovedNetwork<Scalar: NetworkScalar>: @unchecked Sendable {
  private let architecture: Architecture<Scalar>
  private let center: ValueBuffers<Scalar>
  private let directions: [AlignedBuffer<Scalar>]
  private let inputs: DatasetInputs<Scalar>
  private let head: LossHead<Scalar>
  private let workspace: Workspace<Scalar>
  private let parameters: AlignedBuffer<Scalar>
  private let order: [Int]

  init(
    architecture: Architecture<Scalar>, _ center: ValueBuffers<Scalar>, _ directions: [AlignedBuffer<Scalar>],
    _ inputs: DatasetInputs<Scalar>, _ head: LossHead<Scalar>
  ) {
    self.architecture = architecture
    self.center = center
    self.directions = directions
    self.inputs = inputs
    self.head = head
    workspace = Workspace(WorkspaceLayout.inference(of: architecture))
    parameters = AlignedBuffer(count: architecture.parameterCount)
    order = Array(0..<inputs.count)
  }

  func loss(at point: [Double]) -> Double {
    let kernels = Scalar.kernels.loops
    let (target, count) = unsafe (parameters.pointer, parameters.count)
    unsafe target.update(from: center.parameters.pointer, count: count)
    for (direction, coordinate) in zip(directions, point) {
      unsafe kernels.descend(parameters: target, gradients: direction.pointer, count: count, rate: -Scalar(coordinate))
    }
    let values = unsafe ValuePointers(parameters: target, runningStatistics: center.runningStatistics.pointer)
    var sum = 0.0
    unsafe order.withUnsafeBufferPointer { order in
      guard let indices = order.baseAddress else { return }
      for start in stride(from: 0, to: inputs.count, by: workspace.capacity) {
        let rows = min(workspace.capacity, inputs.count - start)
        unsafe inputs.gather(indices + start, rows: rows, into: workspace.input)
        unsafe head.gatherTargets(indices + start, rows: rows, into: workspace)
        architecture.forward(workspace, values: values, rows: rows, depth: head.depth)
        sum += head.measure(workspace, rows: rows, batchSize: inputs.count).loss
      }
    }
    return sum / Double(inputs.count)
  }
}

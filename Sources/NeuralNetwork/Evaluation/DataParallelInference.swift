import Threads

/// Runs a network over a data set in inference mode, shared by the workers of a pool.
///
/// Rows go through in pieces, so that memory does not grow with the data.
final class DataParallelInference<Scalar: NetworkScalar>: Sendable {
  private let stack: LayerStack<Scalar>
  private let workspaces: [Workspace<Scalar>]

  /// The numbers that the buffers of one worker may hold, roughly.
  private static var memoryLimit: Int { 1 << 21 }

  init(stack: LayerStack<Scalar>, threads: Int) {
    self.stack = stack
    workspaces = (0..<threads).map { _ in Self.workspace(for: stack) }
  }

  /// The memory of one worker for inference. How many rows it takes depends on the layers alone.
  static func workspace(for stack: LayerStack<Scalar>) -> Workspace<Scalar> {
    Workspace(stack: stack, capacity: capacity(for: stack), mode: .inference)
  }

  /// How many rows the memory of one worker takes.
  static func capacity(for stack: LayerStack<Scalar>) -> Int {
    let widths = stack.layers.map { $0.outputCount + $0.scratchCountPerRow }
    let perRow = stack.inputCount + 2 * max(stack.inputCount, widths.max() ?? 0) + 2 * stack.outputCount
    return max(1, min(512, memoryLimit / perRow))
  }

  /// The mean loss and the accuracy over a data set, whose targets are in `head`.
  @specialized(where Scalar == Float)
  func evaluate(
    _ inputs: DatasetInputs<Scalar>, head: LossHead<Scalar>, values: ValuePointers<Scalar>,
    pool: WorkerPool
  ) -> Evaluation {
    let results = ResultsPerWorker(count: pool.count)
    forEachPiece(of: inputs, pool: pool) { worker, workspace, indices, piece in
      head.gatherTargets(indices, rows: piece.count, into: workspace)
      stack.forward(workspace, values: values, rows: piece.count, depth: head.depth)
      let sum = head.measure(workspace, rows: piece.count, batchSize: inputs.count)
      results.sums[worker].loss += sum.loss
      results.sums[worker].correct += sum.correct
    }
    let sums = UnsafeBufferPointer(start: results.sums, count: pool.count)
    let samples = Double(inputs.count)
    return Evaluation(
      loss: sums.reduce(0) { $0 + $1.loss } / samples,
      accuracy: head.measuresAccuracy ? Double(sums.reduce(0) { $0 + $1.correct }) / samples : nil,
      samples: inputs.count)
  }

  /// Writes the network's output for each row to `output`.
  @specialized(where Scalar == Float)
  func predict(
    _ inputs: DatasetInputs<Scalar>, values: ValuePointers<Scalar>, pool: WorkerPool,
    output: UnsafeMutablePointer<Scalar>
  ) {
    let width = stack.outputCount
    forEachPiece(of: inputs, pool: pool) { _, workspace, _, piece in
      stack.forward(workspace, values: values, rows: piece.count, depth: stack.layers.count)
      (output + piece.lowerBound * width).update(
        from: workspace.inputOfLayer(stack.layers.count), count: piece.count * width)
    }
  }

  /// Gathers each piece of the rows into a workspace and calls `body` with the worker, the workspace, the
  /// indices of the rows and their range.
  private func forEachPiece(
    of inputs: DatasetInputs<Scalar>, pool: WorkerPool,
    _ body: (Int, Workspace<Scalar>, UnsafePointer<Int>, Range<Int>) -> Void
  ) {
    let order = Array(0..<inputs.count)
    order.withUnsafeBufferPointer { indices in
      guard let first = indices.baseAddress else { return }
      pool.run { worker in
        let workspace = workspaces[worker]
        let rows = Shares.even(worker, of: inputs.count, parts: pool.count)
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: workspace.capacity) {
          let piece = start..<min(start + workspace.capacity, rows.upperBound)
          inputs.gather(first + start, rows: piece.count, into: workspace.input)
          body(worker, workspace, first + start, piece)
        }
      }
    }
  }
}

/// One sum for each worker, written by that worker only.
private final class ResultsPerWorker {
  let sums: UnsafeMutablePointer<LossSum>

  init(count: Int) {
    sums = .allocate(capacity: count)
    sums.initialize(repeating: LossSum(), count: count)
  }

  deinit {
    sums.deallocate()
  }
}

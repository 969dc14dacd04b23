import Threads

/// Runs a network over a data set in inference mode, shared by the workers of a pool.
///
/// Rows go through in pieces, so that memory does not grow with the data.
final class DataParallelInference<Scalar: NetworkScalar>: Sendable {
  private let architecture: Architecture<Scalar>
  private let workspaces: [Workspace<Scalar>]

  init(architecture: Architecture<Scalar>, threads: Int) {
    self.architecture = architecture
    let layout = WorkspaceLayout.inference(of: architecture)
    workspaces = (0..<threads).map { _ in Workspace(layout) }
  }

  /// The mean loss and the accuracy over a data set, whose targets are in `head`.
  @specialized(where Scalar == Float)
  func evaluate(
    _ inputs: DatasetInputs<Scalar>, head: LossHead<Scalar>, values: ValuePointers<Scalar>,
    pool: WorkerPool
  ) -> Evaluation {
    let results = ResultsPerWorker(count: pool.count)
    unsafe forEachPiece(of: inputs, pool: pool) { worker, workspace, indices, piece in
      unsafe head.gatherTargets(indices, rows: piece.count, into: workspace)
      architecture.forward(workspace, values: values, rows: piece.count, depth: head.depth)
      let sum = head.measure(workspace, rows: piece.count, batchSize: inputs.count)
      unsafe results.sums[worker].loss += sum.loss
      unsafe results.sums[worker].correct += sum.correct
    }
    let sums = unsafe UnsafeBufferPointer(start: results.sums, count: pool.count)
    let samples = Double(inputs.count)
    return unsafe Evaluation(
      loss: sums.reduce(0) { $0 + $1.loss } / samples,
      accuracy: unsafe head.measuresAccuracy ? Double(sums.reduce(0) { $0 + $1.correct }) / samples : nil,
      samples: inputs.count)
  }

  /// Writes the network's output for each row to `output`.
  @specialized(where Scalar == Float)
  func predict(
    _ inputs: DatasetInputs<Scalar>, values: ValuePointers<Scalar>, pool: WorkerPool,
    output: UnsafeMutablePointer<Scalar>
  ) {
    let width = architecture.outputCount
    unsafe forEachPiece(of: inputs, pool: pool) { _, workspace, _, piece in
      architecture.forward(workspace, values: values, rows: piece.count, depth: architecture.layers.count)
      unsafe (output + piece.lowerBound * width).update(
        from: workspace.inputOfLayer(architecture.layers.count), count: piece.count * width)
    }
  }

  /// Gathers each piece of the rows into a workspace and calls `body` with the worker, the workspace, the
  /// indices of the rows and their range.
  private func forEachPiece(
    of inputs: DatasetInputs<Scalar>, pool: WorkerPool,
    _ body: (Int, Workspace<Scalar>, UnsafePointer<Int>, Range<Int>) -> Void
  ) {
    let order = Array(0..<inputs.count)
    unsafe order.withUnsafeBufferPointer { indices in
      guard let first = indices.baseAddress else { return }
      pool.run { worker in
        let workspace = workspaces[worker]
        let rows = Shares.even(worker, of: inputs.count, parts: pool.count)
        for start in stride(from: rows.lowerBound, to: rows.upperBound, by: workspace.capacity) {
          let piece = start..<min(start + workspace.capacity, rows.upperBound)
          unsafe inputs.gather(first + start, rows: piece.count, into: workspace.input)
          unsafe body(worker, workspace, first + start, piece)
        }
      }
    }
  }
}

/// One sum for each worker, written by that worker only.
@safe
private final class ResultsPerWorker {
  let sums: UnsafeMutablePointer<LossSum>

  init(count: Int) {
    unsafe sums = .allocate(capacity: count)
    unsafe sums.initialize(repeating: LossSum(), count: count)
  }

  deinit {
    unsafe sums.deallocate()
  }
}

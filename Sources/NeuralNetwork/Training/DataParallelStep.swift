/// One step of training, shared by the workers of a pool.
///
/// Each worker takes a fixed share of the rows, and has its own workspace and gradients. At a barrier the
/// gradients are complete; then each worker adds them up in the order of the workers, for its own share of
/// the parameters, and updates these. So the result depends on the number of workers, but never on timing.
final class DataParallelStep<Scalar: NetworkScalar>: @unchecked Sendable {
  private let stack: LayerStack<Scalar>
  private let head: LossHead<Scalar>
  private let inputs: DatasetInputs<Scalar>
  private let updater: ParameterUpdater<Scalar>
  private let values: ValueBuffers<Scalar>
  private let seed: UInt64
  private let sums: SharedSums<Scalar>
  private let workers: [TrainingWorker<Scalar>]
  /// Where the gradients of each worker are. Plain addresses: to count references to shared objects once
  /// for each block would make the threads fight for the counters.
  private let gradients: UnsafeMutablePointer<UnsafePointer<Scalar>>

  init(
    stack: LayerStack<Scalar>, head: LossHead<Scalar>, inputs: DatasetInputs<Scalar>,
    updater: ParameterUpdater<Scalar>, values: ValueBuffers<Scalar>, seed: UInt64, threads: Int, batchSize: Int
  ) {
    self.stack = stack
    self.head = head
    self.inputs = inputs
    self.updater = updater
    self.values = values
    self.seed = seed
    sums = SharedSums(workers: threads, count: stack.sharedSumCount)
    let largest = share(0, of: batchSize, parts: threads).count
    workers = (0..<threads).map { _ in TrainingWorker(stack: stack, capacity: largest) }
    gradients = .allocate(capacity: threads)
    for (index, worker) in workers.enumerated() {
      (gradients + index).initialize(to: UnsafePointer(worker.gradients.pointer))
    }
  }

  deinit {
    gradients.deallocate()
  }

  /// Learns from the samples at `indices`, unless their loss is not finite: then nothing changes.
  ///
  /// - Parameter iteration: The mini-batches before this one.
  func run(
    _ indices: UnsafeBufferPointer<Int>, iteration: Int, learningRate: Double, pool: WorkerPool
  ) -> LossSum {
    guard let first = indices.baseAddress else { return LossSum() }
    let active = min(workers.count, indices.count)
    pool.run { index in
      let rows = share(index, of: indices.count, parts: workers.count)
      let batch = BatchShare(
        samples: indices.count, firstRow: rows.lowerBound, seed: seed, iteration: iteration, worker: index,
        sums: sums)
      // Also without rows: layers may sum over all workers.
      computeGradients(workers[index], first, rows, batch)
      pool.synchronize()
      if total(active).loss.isFinite {
        let norm = gradientNorm(index, active, pool)
        update(index, active, updater.begin(iteration: iteration, rate: learningRate, norm: norm))
        if index == 0 {
          stack.updateRunningStatistics(
            workers[0].workspace, statistics: values.runningStatistics.pointer, depth: head.depth, batch: batch)
        }
      }
    }
    return total(active)
  }

  private func computeGradients(
    _ worker: TrainingWorker<Scalar>, _ indices: UnsafePointer<Int>, _ rows: Range<Int>,
    _ batch: BatchShare<Scalar>
  ) {
    let workspace = worker.workspace
    let own = indices + rows.lowerBound
    inputs.gather(own, rows: rows.count, into: workspace.input)
    head.gatherTargets(own, rows: rows.count, into: workspace)
    stack.forward(workspace, values: values.pointers, rows: rows.count, depth: head.depth, batch: batch)
    worker.result = head.measure(workspace, rows: rows.count, batchSize: batch.samples)
    stack.backward(
      workspace, values: values.pointers, parameterGradients: worker.gradients.pointer, rows: rows.count,
      depth: head.depth, batch: batch)
  }

  /// ‖g‖₂ over all parameters, the same bits for each worker; 0 if clipping does not need it.
  ///
  /// The sums are computed again for the update: to keep them would take another buffer, and time to write it.
  private func gradientNorm(_ index: Int, _ active: Int, _ pool: WorkerPool) -> Double {
    guard updater.needsNorm else { return 0 }
    let kernels = Scalar.kernels.loops
    var sum = 0.0
    forEachBlock(index, active) { range, gradients, _ in
      sum += kernels.sumOfSquares(gradients, count: range.count)
    }
    workers[index].sumOfSquares = sum
    pool.synchronize()
    var total = 0.0
    for worker in workers { total += worker.sumOfSquares }
    return total.squareRoot()
  }

  private func update(_ index: Int, _ active: Int, _ step: UpdateStep<Scalar>) {
    let updater = updater
    forEachBlock(index, active) { range, gradients, block in
      updater.apply(step, to: range, gradients: gradients, block: block)
    }
  }

  /// Adds up the gradients of a worker's share of the parameters, block by block in a buffer of its own. Writing the
  /// sums into the gradients of another worker would take the cache lines away from it.
  private func forEachBlock(
    _ index: Int, _ active: Int,
    _ body: (Range<Int>, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    let share = alignedShare(index, of: values.parameters.count, parts: workers.count, alignment: 16)
    let blockCount = TrainingWorker<Scalar>.blockCount
    let kernels = Scalar.kernels.loops
    let block = workers[index].block.pointer
    for start in stride(from: share.lowerBound, to: share.upperBound, by: blockCount) {
      let range = start..<min(start + blockCount, share.upperBound)
      // Of one worker the sum is its gradients themselves.
      var sum = gradients[0] + start
      for other in 1..<active {
        kernels.add(sum, gradients[other] + start, count: range.count, output: block)
        sum = UnsafePointer(block)
      }
      body(range, sum, block)
    }
  }

  private func total(_ active: Int) -> LossSum {
    var sum = LossSum()
    for worker in workers[..<active] {
      sum.loss += worker.result.loss
      sum.correct += worker.result.correct
    }
    return sum
  }
}

/// What one worker has for itself; touched by others only after a barrier.
private final class TrainingWorker<Scalar: NetworkScalar>: @unchecked Sendable {
  let workspace: Workspace<Scalar>
  let gradients: AlignedBuffer<Scalar>
  /// Room for the sum of one stretch of all workers' gradients.
  let block: AlignedBuffer<Scalar>
  var result = LossSum()
  /// Of the gradients in this worker's share of the parameters.
  var sumOfSquares = 0.0

  /// Numbers that are added and updated at one go; small enough for the first-level cache.
  static var blockCount: Int { 2_048 }

  init(stack: LayerStack<Scalar>, capacity: Int) {
    workspace = Workspace(stack: stack, capacity: capacity, mode: .training)
    gradients = AlignedBuffer(count: stack.parameterCount)
    block = AlignedBuffer(count: Self.blockCount)
  }
}

import Threads

/// One step of training, shared by the workers of a pool.
///
/// Each worker takes a fixed share of the rows, and has its own workspace and gradients. At a barrier the gradients are
/// complete; then each worker adds them up in the order of the workers, for its own share of the parameters, and updates
/// these. How samples come to the layers is the work of an `InputStage`. So the result depends on the number of workers,
/// but never on timing.
///
/// All memory is allocated at the start.
final class DataParallelStep<Scalar: NetworkScalar>: PoolTask, @unchecked Sendable {
  private let architecture: Architecture<Scalar>
  private let head: LossHead<Scalar>
  private let input: any InputStage<Scalar>
  private let updater: ParameterUpdater<Scalar>
  private let values: ValueBuffers<Scalar>
  private let seed: UInt64
  private let sums: SharedSums<Scalar>
  private let workers: [TrainingWorker<Scalar>]
  private let gradients: GradientBlocks<Scalar>
  private var miniBatch = MiniBatch()

  /// - Parameters:
  ///   - batchSize: The most samples of a mini-batch.
  ///   - dividesInputs: Whether the first layer may be divided by its inputs.
  init(
    architecture: Architecture<Scalar>, head: LossHead<Scalar>, inputs: DatasetInputs<Scalar>,
    updater: ParameterUpdater<Scalar>, values: ValueBuffers<Scalar>, seed: UInt64, threads: Int, batchSize: Int,
    dividesInputs: Bool = true
  ) {
    self.architecture = architecture
    self.head = head
    self.updater = updater
    self.values = values
    self.seed = seed
    sums = SharedSums(workers: threads, count: architecture.sharedSumCount)
    let plan = InputPlan(of: architecture, workers: threads, batchSize: batchSize, divides: dividesInputs)
    workers = (0..<threads).map { _ in
      TrainingWorker(plan.workspace, parameterCount: architecture.parameterCount)
    }
    input = plan.makeStage(inputs)
    gradients = GradientBlocks(
      workers: workers, input: input, count: architecture.parameterCount, skipsZeros: updater.passesOverZeros)
  }

  /// Learns from the samples at `indices`, unless their loss is not finite: then nothing changes.
  ///
  /// - Parameter iteration: The mini-batches before this one.
  func run(
    _ indices: UnsafeBufferPointer<Int>, iteration: Int, learningRate: Double, pool: WorkerPool
  ) -> LossSum {
    guard let first = indices.baseAddress else { return LossSum() }
    miniBatch = unsafe MiniBatch(
      indices: first, count: indices.count, iteration: iteration, learningRate: learningRate)
    pool.run(self)
    return total
  }

  @specialized(where Scalar == Float)
  func perform(worker index: Int, barrier: Barrier) {
    let worker = workers[index]
    let rows = Shares.even(index, of: miniBatch.count, parts: workers.count)
    let batch = BatchShare(
      samples: miniBatch.count, firstRow: rows.lowerBound, seed: seed, iteration: miniBatch.iteration, worker: index,
      sums: sums)
    // Also without rows: layers may sum over all workers.
    computeGradients(worker, rows, batch, barrier)
    barrier.wait()
    guard total.loss.isFinite else { return }
    input.computeGradients(worker: index, samples: miniBatch.count)
    let norm = gradientNorm(index, barrier)
    let step = updater.begin(iteration: miniBatch.iteration, rate: miniBatch.learningRate, norm: norm)
    unsafe gradients.forEachBlock(of: index, active: active) { range, gradients, block in
      unsafe updater.apply(step, to: range, gradients: gradients, block: block)
    }
    if index == 0 {
      unsafe architecture.updateRunningStatistics(
        worker.workspace, statistics: values.runningStatistics.pointer, depth: head.depth, batch: batch)
    }
  }

  private func computeGradients(
    _ worker: TrainingWorker<Scalar>, _ rows: Range<Int>, _ batch: BatchShare<Scalar>, _ barrier: Barrier
  ) {
    guard let indices = unsafe miniBatch.indices else { return }
    let (workspace, values, gradients) = unsafe (worker.workspace, values.pointers, worker.gradients.pointer)
    let pass = unsafe InputPass(
      worker: batch.worker, indices: indices, samples: miniBatch.count, rows: rows, parameters: values.parameters,
      workspace: workspace)
    unsafe head.gatherTargets(indices + rows.lowerBound, rows: rows.count, into: workspace)
    input.forward(pass, barrier: barrier)
    architecture.forward(
      workspace, values: values, rows: rows.count, from: input.layerCount, depth: head.depth, batch: batch)
    worker.result = head.measure(workspace, rows: rows.count, batchSize: batch.samples)
    let outputGradients = unsafe architecture.backward(
      workspace, values: values, parameterGradients: gradients, rows: rows.count, depth: head.depth,
      to: input.layerCount, batch: batch)
    unsafe input.backward(pass, outputGradients: outputGradients, parameterGradients: gradients)
  }

  /// ‖g‖₂ over all parameters, the same bits for each worker; 0 if clipping does not need it.
  ///
  /// The sums are computed again for the update: to keep them would take another buffer, and time to write it.
  private func gradientNorm(_ index: Int, _ barrier: Barrier) -> Double {
    guard updater.needsNorm else { return 0 }
    let kernels = Scalar.kernels.loops
    var sum = 0.0
    unsafe gradients.forEachBlock(of: index, active: active) { range, gradients, _ in
      unsafe sum += kernels.sumOfSquares(gradients, count: range.count)
    }
    workers[index].sumOfSquares = sum
    barrier.wait()
    var total = 0.0
    for worker in workers { total += worker.sumOfSquares }
    return total.squareRoot()
  }

  /// The workers that have rows of the mini-batch.
  private var active: Int { min(workers.count, miniBatch.count) }

  private var total: LossSum {
    var sum = LossSum()
    for worker in workers[..<active] {
      sum.loss += worker.result.loss
      sum.correct += worker.result.correct
    }
    return sum
  }
}

/// What the workers learn from in one step.
@safe
private struct MiniBatch {
  var indices: UnsafePointer<Int>?
  var count = 0
  var iteration = 0
  var learningRate = 0.0
}

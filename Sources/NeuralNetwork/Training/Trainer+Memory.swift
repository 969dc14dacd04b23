extension Trainer {
  /// The memory that training takes, in bytes, before anything of it is allocated; `Int.max` if that is more.
  ///
  /// With P the parameters and running statistics, it counts P for the network that training starts from, for the values
  /// that change, for `network` at the end, and with patience for those of the best epoch; the gradients of each
  /// thread; what the optimiser remembers, 0 to 2 for each parameter; the activations of a mini-batch and of an
  /// evaluation; and the order of the samples. It is an upper bound but for a few kilobytes, as long as the size of
  /// the mini-batches stays. The data sets themselves are not counted. O(number of layers).
  ///
  /// - Parameters:
  ///   - architecture: The network.
  ///   - samples: How many samples there are to learn from.
  ///   - evaluationSamples: How many samples for validation and test there are together.
  ///   - configuration: The settings.
  public static func memoryEstimate(
    _ architecture: Architecture<Scalar>, samples: Int, evaluationSamples: Int = 0,
    configuration: TrainingConfiguration
  ) -> Int {
    let threads = configuration.threads
    let batchSize = EpochDivision(
      samples: max(samples, 1), batchSize: configuration.batchSize, sampling: configuration.sampling,
      leastBatchSize: architecture.leastBatchSize
    ).largestBatch
    // In floating point nothing overflows, and sums of whole numbers up to 2⁵³ are exact.
    let (parameters, workers) = (Double(architecture.parameterCount), Double(threads))
    let copies = configuration.patience == nil ? 3.0 : 4.0
    let needs = configuration.optimizer.memory
    let remembered = (needs.first ? 1.0 : 0.0) + (needs.second ? 1.0 : 0.0)
    let plan = InputPlan(of: architecture, workers: threads, batchSize: batchSize)
    let input = plan.memory(samples: samples)
    let evaluation = WorkspaceLayout.inference(of: architecture).elementCount
    let elements =
      copies * (parameters + Double(architecture.runningStatisticsCount)) + (workers + remembered) * parameters
      + workers
      * (plan.workspace.elementCount + evaluation
        + Double(2 * architecture.sharedSumCount + TrainingWorker<Scalar>.blockCount))
      + input.elements
    // The order of the samples, once more by class, and while they are evaluated; the labels.
    let all = Double(samples) + Double(evaluationSamples)
    let indices = (3 * all + Double(batchSize)) * Double(MemoryLayout<Int>.stride)
    let bytes = elements * Double(MemoryLayout<Scalar>.stride) + input.maskBytes + indices + 4 * all
    return bytes < Double(Int.max) ? Int(bytes) : .max
  }
}

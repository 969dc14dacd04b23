import Threads

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
  ///   - inputShape: The shape of one sample.
  ///   - layers: The layers, first to last.
  ///   - samples: How many samples there are to learn from.
  ///   - evaluationSamples: How many samples for validation and test there are together.
  ///   - configuration: The settings.
  /// - Throws: `NetworkError` with the code `invalidShape`, `tooLarge` or `valueOutOfRange`, as the network itself would.
  public static func memoryEstimate(
    inputShape: [Int], layers: [LayerSpecification], samples: Int, evaluationSamples: Int = 0,
    configuration: TrainingConfiguration
  ) throws(NetworkError) -> Int {
    let stack = try LayerStack<Scalar>(inputShape: inputShape, specifications: layers)
    let threads = configuration.threads
    let batchSize = EpochDivision(
      samples: max(samples, 1), batchSize: configuration.batchSize, sampling: configuration.sampling,
      leastBatchSize: stack.leastBatchSize
    ).largestBatch
    // In floating point nothing overflows, and sums of whole numbers up to 2⁵³ are exact.
    let (parameters, workers) = (Double(stack.parameterCount), Double(threads))
    let copies = configuration.patience == nil ? 3.0 : 4.0
    let needs = configuration.optimizer.memory
    let remembered = (needs.first ? 1.0 : 0.0) + (needs.second ? 1.0 : 0.0)
    let split = SplitInputLayer<Scalar>.memoryEstimate(
      stack: stack, samples: samples, workers: threads, batchSize: batchSize)
    let training = Workspace<Scalar>.elementCount(
      stack: stack, capacity: Shares.even(0, of: batchSize, parts: threads).count, mode: .training)
    let evaluation = Workspace<Scalar>.elementCount(
      stack: stack, capacity: DataParallelInference<Scalar>.capacity(for: stack), mode: .inference)
    let elements =
      copies * (parameters + Double(stack.statisticsCount)) + (workers + remembered) * parameters
      + workers * (training + evaluation + Double(2 * stack.sharedSumCount + TrainingWorker<Scalar>.blockCount))
      + split.elements
    // The order of the samples, once more by class, and while they are evaluated; the labels.
    let all = Double(samples) + Double(evaluationSamples)
    let indices = (3 * all + Double(batchSize)) * Double(MemoryLayout<Int>.stride)
    let bytes = elements * Double(MemoryLayout<Scalar>.stride) + split.maskBytes + indices + 4 * all
    return bytes < Double(Int.max) ? Int(bytes) : .max
  }
}

extension SplitInputLayer {
  /// What a split layer allocates at most; nothing if the first layer is not split.
  static func memoryEstimate(
    stack: LayerStack<Scalar>, samples: Int, workers: Int, batchSize: Int
  ) -> (elements: Double, maskBytes: Double) {
    guard let layer = splitLayer(of: stack, workers: workers, batchSize: batchSize) else { return (0, 0) }
    let (inputs, outputs, batch) = (Double(layer.inputCount), Double(layer.outputCount), Double(batchSize))
    // Inputs and weights without zeros, gradients; partial sums of each worker and the gradients of all outputs.
    let elements = batch * inputs + 2 * inputs * outputs + Double(workers + 1) * batch * outputs
    return (elements, Double(samples) * (inputs / 8 + 8 * Double(workers)))
  }
}

extension Workspace {
  /// How many numbers the buffers of a workspace hold.
  static func elementCount(stack: LayerStack<Scalar>, capacity: Int, mode: PassMode) -> Double {
    let widths = stack.layers.map(\.outputCount)
    let widest = max(stack.inputCount, widths.max() ?? 0)
    var (perRow, fixed) = (Double(stack.inputCount) + Double(stack.outputCount) + 2 * Double(widest), 0.0)
    switch mode {
    case .training:
      for (width, overwrites) in zip(widths, stack.overwritesInput) where !overwrites { perRow += Double(width) }
    case .inference: perRow += Double(stack.outputCount)
    }
    for layer in stack.layers {
      perRow += Double(layer.scratchCountPerRow)
      fixed += Double(layer.fixedScratchCount)
    }
    return Double(capacity) * perRow + fixed
  }
}

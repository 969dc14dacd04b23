import Threads

/// Which kind of input stage a training step has, and what memory the stage and its workers take. It follows from sizes
/// alone.
struct InputPlan<Scalar: NetworkScalar> {
  /// The memory of each worker for its rows.
  let workspace: WorkspaceLayout
  private let workers: Int
  private let batchSize: Int
  /// The first layer, if it is divided by its inputs.
  private let divided: AffineLayer<Scalar>?

  /// Smaller layers are not worth the barrier that the partial sums need.
  private static var leastWeights: Int { 1 << 13 }

  /// The first layer is divided if it is affine and large, and the mini-batch is not: with larger mini-batches there are
  /// more partial sums to exchange than gradients.
  ///
  /// - Parameters:
  ///   - batchSize: The most samples of a mini-batch.
  ///   - divides: Whether the first layer may be divided.
  init(of architecture: Architecture<Scalar>, workers: Int, batchSize: Int, divides: Bool = true) {
    self.workers = workers
    self.batchSize = batchSize
    let layer = divides ? architecture.layers.first as? AffineLayer<Scalar> : nil
    divided = layer.flatMap { layer in
      let isWorthwhile =
        layer.inputCount * layer.outputCount >= Self.leastWeights
        && layer.inputCount >= workers * InputDivision.leastInputs && layer.inputCount >= batchSize
      return isWorthwhile ? layer : nil
    }
    workspace = WorkspaceLayout(
      of: architecture, capacity: Shares.even(0, of: batchSize, parts: workers).count, mode: .training,
      hasInput: divided == nil)
  }

  /// How many parameters have their gradients in the stage, where no other worker needs them.
  var parameterCount: Int { divided.map { $0.inputCount * $0.outputCount } ?? 0 }

  /// What the stage allocates at most, for all workers: numbers, and bytes besides.
  ///
  /// - Parameter samples: How many samples there are to learn from.
  func memory(samples: Int) -> (elements: Double, maskBytes: Double) {
    guard let divided else { return (0, 0) }
    let (inputs, outputs, batch) = (Double(divided.inputCount), Double(divided.outputCount), Double(batchSize))
    // Inputs and weights without zeros, gradients; partial sums of each worker and the gradients of all outputs.
    let elements = batch * inputs + 2 * inputs * outputs + Double(workers + 1) * batch * outputs
    return (elements, Double(samples) * (inputs / 8 + 8 * Double(workers)))
  }

  /// Allocates the stage for `data`.
  func makeStage(_ data: DatasetInputs<Scalar>) -> any InputStage<Scalar> {
    guard let divided else { return WholeInput(data) }
    return DividedInput(divided, data: data, workers: workers, batchSize: batchSize)
  }
}

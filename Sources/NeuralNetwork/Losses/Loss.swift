/// What training makes small. The loss of a mini-batch is the mean over its samples.
public enum Loss: String, Sendable, CaseIterable {
  /// −Σ_k t_k log y_k for a network that ends in softmax, with t one-hot, a label, or a distribution.
  ///
  /// Training computes it from the logits u: log Σ_k e^(u_k − m) − (u_t − m) with m = max u. It is exact
  /// for any finite logits; the gradient is ∂L/∂u = (y − t) / N.
  case crossEntropy = "cross-entropy"
  /// ½ Σ_k (y_k − t_k)², with gradient (y − t) / N. A label stands for its one-hot vector.
  case squaredError = "squared-error"
}

/// A loss joined to a network and its targets, after all checks that they fit.
struct LossHead<Scalar: NetworkScalar>: Sendable {
  private enum Reference: Sendable {
    case labels([Int32])
    case values([Scalar])
  }

  private let loss: Loss
  private let reference: Reference
  private let width: Int
  /// How many layers run before the loss: all but the softmax if the loss contains it.
  let depth: Int
  /// Whether `LossSum.correct` means anything: it does where the targets are classes.
  let measuresAccuracy: Bool

  init(_ loss: Loss, stack: LayerStack<Scalar>, targets: Targets<Scalar>) throws(NetworkError) {
    guard targets.width == stack.outputCount else {
      throw NetworkError(
        .countMismatch, at: "targets", expected: "as many as the network has outputs, \(stack.outputCount)",
        found: "\(targets.width) classes or columns")
    }
    if loss == .crossEntropy, !stack.endsInSoftmax {
      throw NetworkError(
        .lossMismatch, at: "cross-entropy", expected: "a network whose last layer is softmax",
        found: stack.specifications.last?.kind ?? "no layer")
    }
    self.loss = loss
    width = targets.width
    depth = loss == .crossEntropy ? stack.layers.count - 1 : stack.layers.count
    switch targets {
    case .labels(let labels, _):
      reference = .labels(labels.map { Int32(truncatingIfNeeded: $0) })
      measuresAccuracy = true
    case .values(let matrix):
      if loss == .crossEntropy { try Self.checkDistributions(matrix) }
      reference = .values(matrix.elements)
      measuresAccuracy = loss == .crossEntropy
    }
  }

  /// Copies the targets of the samples at `indices` into the workspace.
  func gatherTargets(_ indices: UnsafePointer<Int>, rows: Int, into workspace: Workspace<Scalar>) {
    switch reference {
    case .labels(let labels):
      for row in 0..<rows { workspace.labels[row] = labels[indices[row]] }
    case .values(let values):
      values.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        for row in 0..<rows {
          (workspace.targets + row * width).update(from: base + indices[row] * width, count: width)
        }
      }
    }
  }

  /// Sums the loss of the rows after a forward pass of `depth` layers, and leaves ∂L/∂(their output) in
  /// the workspace, divided by `batchSize`.
  func measure(_ workspace: Workspace<Scalar>, rows: Int, batchSize: Int) -> LossSum {
    let kernels = Scalar.kernels.loops
    let batch = LossBatch(
      outputs: UnsafePointer(workspace.inputOfLayer(depth)), rows: rows, columns: width,
      gradientScale: 1 / Scalar(batchSize), gradient: workspace.gradients.0)
    switch (loss, reference) {
    case (.crossEntropy, .labels): return kernels.softmaxCrossEntropy(batch, labels: workspace.labels)
    case (.crossEntropy, .values): return kernels.softmaxCrossEntropy(batch, targets: workspace.targets)
    case (.squaredError, .labels): return kernels.squaredError(batch, labels: workspace.labels)
    case (.squaredError, .values): return kernels.squaredError(batch, targets: workspace.targets)
    }
  }

  private static func checkDistributions(_ matrix: Matrix<Scalar>) throws(NetworkError) {
    for row in 0..<matrix.rows {
      let target = matrix.row(row)
      let sum = target.reduce(0) { $0 + Double($1) }
      guard target.allSatisfy({ $0 >= 0 }), abs(sum - 1) <= 1e-3 else {
        throw NetworkError(
          .valueOutOfRange, at: "target row \(row) of cross-entropy",
          expected: "probabilities of at least 0 that sum to 1", found: "a sum of \(sum)")
      }
    }
  }
}

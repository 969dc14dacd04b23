/// A loss joined to a network and its targets, after all checks that they fit.
struct LossHead<Scalar: NetworkScalar>: Sendable {
  private enum Reference: Sendable {
    case labels([Int32])
    case values([Scalar])
  }

  private let loss: Loss
  private let reference: Reference
  private let width: Int
  /// How many layers run before the loss: all but the last if the loss contains it.
  let depth: Int
  /// Whether `LossSum.correct` means anything: it does where the targets are classes.
  let measuresAccuracy: Bool

  init(_ loss: Loss, architecture: Architecture<Scalar>, targets: Targets<Scalar>) throws(NetworkError) {
    guard targets.width == architecture.outputCount || Self.areSides(targets, of: loss, architecture) else {
      throw NetworkError(
        .countMismatch, at: "targets", expected: "as many as the network has outputs, \(architecture.outputCount)",
        found: "\(targets.width) classes or columns")
    }
    if let layer = loss.outputLayer, architecture.specifications.last != layer {
      throw NetworkError(
        .lossMismatch, at: loss.rawValue, expected: "a network whose last layer is \(layer.kind)",
        found: architecture.specifications.last?.kind ?? "no layer")
    }
    self.loss = loss
    width = architecture.outputCount
    depth = loss.outputLayer == nil ? architecture.layers.count : architecture.layers.count - 1
    switch targets {
    case .labels(let labels, _):
      reference = .labels(labels.map { Int32(truncatingIfNeeded: $0) })
      measuresAccuracy = true
    case .values(let matrix):
      switch loss {
      case .crossEntropy: try Self.checkDistributions(matrix)
      case .binaryCrossEntropy: try Self.checkProbabilities(matrix)
      case .squaredError: break
      }
      reference = .values(matrix.elements)
      measuresAccuracy = loss != .squaredError
    }
  }

  /// Copies the targets of the samples at `indices` into the workspace.
  func gatherTargets(_ indices: UnsafePointer<Int>, rows: Int, into workspace: Workspace<Scalar>) {
    switch reference {
    case .labels(let labels):
      for row in 0..<rows { unsafe workspace.labels[row] = unsafe labels[indices[row]] }
    case .values(let values):
      unsafe values.withUnsafeBufferPointer { source in
        guard let base = source.baseAddress else { return }
        for row in 0..<rows {
          unsafe (workspace.targets + row * width).update(from: base + indices[row] * width, count: width)
        }
      }
    }
  }

  /// Sums the loss of the rows after a forward pass of `depth` layers, and leaves ∂L/∂(their output) in
  /// the workspace, divided by `batchSize`.
  func measure(_ workspace: Workspace<Scalar>, rows: Int, batchSize: Int) -> LossSum {
    let kernels = Scalar.kernels.loops
    let batch = unsafe LossBatch(
      outputs: UnsafePointer(workspace.inputOfLayer(depth)), rows: rows, columns: width,
      gradientScale: 1 / Scalar(batchSize), gradient: workspace.gradients.0)
    switch (loss, reference) {
    case (.crossEntropy, .labels): return unsafe kernels.softmaxCrossEntropy(batch, labels: workspace.labels)
    case (.crossEntropy, .values): return unsafe kernels.softmaxCrossEntropy(batch, targets: workspace.targets)
    case (.binaryCrossEntropy, .labels): return unsafe kernels.sigmoidCrossEntropy(batch, labels: workspace.labels)
    case (.binaryCrossEntropy, .values): return unsafe kernels.sigmoidCrossEntropy(batch, targets: workspace.targets)
    case (.squaredError, .labels): return unsafe kernels.squaredError(batch, labels: workspace.labels)
    case (.squaredError, .values): return unsafe kernels.squaredError(batch, targets: workspace.targets)
    }
  }

  /// Whether the targets are the two sides of a single output.
  private static func areSides(_ targets: Targets<Scalar>, of loss: Loss, _ architecture: Architecture<Scalar>) -> Bool
  {
    guard case .labels(_, classes: 2) = targets else { return false }
    return loss == .binaryCrossEntropy && architecture.outputCount == 1
  }

  private static func checkProbabilities(_ matrix: Matrix<Scalar>) throws(NetworkError) {
    guard let index = matrix.elements.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) else { return }
    throw NetworkError(
      .lossMismatch, at: "target row \(index / matrix.columns) of binary cross-entropy",
      expected: "probabilities from 0 to 1", found: "\(matrix.elements[index])")
  }

  private static func checkDistributions(_ matrix: Matrix<Scalar>) throws(NetworkError) {
    for row in 0..<matrix.rows {
      let target = matrix.row(row)
      let sum = target.reduce(0) { $0 + Double($1) }
      guard target.allSatisfy({ $0 >= 0 }), abs(sum - 1) <= 1e-3 else {
        throw NetworkError(
          .lossMismatch, at: "target row \(row) of cross-entropy",
          expected: "probabilities of at least 0 that sum to 1",
          found: target.contains { $0 < 0 } ? "a number below 0" : "a sum of \(sum)")
      }
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The losses of some rows, with their derivatives. `Loss` has the formulas.
protocol LossKernels<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  /// Softmax and cross-entropy in one, for index labels. See `LossBatch`.
  func softmaxCrossEntropy(
    _ batch: LossBatch<Scalar>, labels: UnsafePointer<Int32>
  ) -> LossSum

  /// Softmax and cross-entropy in one, for target distributions. See `LossBatch`.
  func softmaxCrossEntropy(
    _ batch: LossBatch<Scalar>, targets: UnsafePointer<Scalar>
  ) -> LossSum

  /// ½ Σ (y − t)² with t the one-hot vector of a label.
  func squaredError(_ batch: LossBatch<Scalar>, labels: UnsafePointer<Int32>) -> LossSum

  /// ½ Σ (y − t)².
  func squaredError(_ batch: LossBatch<Scalar>, targets: UnsafePointer<Scalar>) -> LossSum

  /// Sigmoid and cross-entropy in one, for labels. See `binaryCrossEntropyOfLabelsLoop`.
  func sigmoidCrossEntropy(_ batch: LossBatch<Scalar>, labels: UnsafePointer<Int32>) -> LossSum

  /// Sigmoid and cross-entropy in one, for rows of targets. See `binaryCrossEntropyOfTargetsLoop`.
  func sigmoidCrossEntropy(_ batch: LossBatch<Scalar>, targets: UnsafePointer<Scalar>) -> LossSum
}

extension FloatKernels {
  func softmaxCrossEntropy(_ batch: LossBatch<Float>, labels: UnsafePointer<Int32>) -> LossSum {
    unsafe powers(batch.outputs, batch.rows, batch.columns, batch.gradient)
    return unsafe crossEntropyOfLabelsLoop(batch, labels) { log($0) }
  }

  func softmaxCrossEntropy(_ batch: LossBatch<Float>, targets: UnsafePointer<Float>) -> LossSum {
    unsafe powers(batch.outputs, batch.rows, batch.columns, batch.gradient)
    return unsafe crossEntropyOfTargetsLoop(batch, targets) { log($0) }
  }

  func squaredError(_ batch: LossBatch<Float>, labels: UnsafePointer<Int32>) -> LossSum {
    unsafe squaredErrorOfLabelsLoop(batch, labels)
  }

  func squaredError(_ batch: LossBatch<Float>, targets: UnsafePointer<Float>) -> LossSum {
    unsafe squaredErrorOfTargetsLoop(batch, targets)
  }

  func sigmoidCrossEntropy(_ batch: LossBatch<Float>, labels: UnsafePointer<Int32>) -> LossSum {
    unsafe binaryCrossEntropyOfLabelsLoop(
      batch, labels, exponential: { exp($0) }, logarithmOfOnePlus: { log1p($0) })
  }

  func sigmoidCrossEntropy(_ batch: LossBatch<Float>, targets: UnsafePointer<Float>) -> LossSum {
    unsafe binaryCrossEntropyOfTargetsLoop(
      batch, targets, exponential: { exp($0) }, logarithmOfOnePlus: { log1p($0) })
  }
}

extension DoubleKernels {
  func softmaxCrossEntropy(_ batch: LossBatch<Double>, labels: UnsafePointer<Int32>) -> LossSum {
    unsafe powers(batch.outputs, batch.rows, batch.columns, batch.gradient)
    return unsafe crossEntropyOfLabelsLoop(batch, labels) { log($0) }
  }

  func softmaxCrossEntropy(_ batch: LossBatch<Double>, targets: UnsafePointer<Double>) -> LossSum {
    unsafe powers(batch.outputs, batch.rows, batch.columns, batch.gradient)
    return unsafe crossEntropyOfTargetsLoop(batch, targets) { log($0) }
  }

  func squaredError(_ batch: LossBatch<Double>, labels: UnsafePointer<Int32>) -> LossSum {
    unsafe squaredErrorOfLabelsLoop(batch, labels)
  }

  func squaredError(_ batch: LossBatch<Double>, targets: UnsafePointer<Double>) -> LossSum {
    unsafe squaredErrorOfTargetsLoop(batch, targets)
  }

  func sigmoidCrossEntropy(_ batch: LossBatch<Double>, labels: UnsafePointer<Int32>) -> LossSum {
    unsafe binaryCrossEntropyOfLabelsLoop(
      batch, labels, exponential: { exp($0) }, logarithmOfOnePlus: { log1p($0) })
  }

  func sigmoidCrossEntropy(_ batch: LossBatch<Double>, targets: UnsafePointer<Double>) -> LossSum {
    unsafe binaryCrossEntropyOfTargetsLoop(
      batch, targets, exponential: { exp($0) }, logarithmOfOnePlus: { log1p($0) })
  }
}

/// The rows that a loss looks at.
@safe
struct LossBatch<Scalar: NetworkScalar> {
  /// What the network gives: logits for the cross-entropies, otherwise outputs.
  var outputs: UnsafePointer<Scalar>
  var rows: Int
  var columns: Int
  /// 1 / N with N the size of the whole mini-batch, of which these rows may be a part.
  var gradientScale: Scalar
  /// Where ∂L/∂outputs goes. Always written; it serves as working space too.
  var gradient: UnsafeMutablePointer<Scalar>
}

/// The loss of some rows, before division by the batch size.
struct LossSum {
  var loss = 0.0
  /// Rows whose greatest output is at the place of the greatest target.
  var correct = 0
}

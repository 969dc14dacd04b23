/// Sigmoid and cross-entropy in one.
extension LossKernels {
  func sigmoidCrossEntropy(_ batch: LossBatch<Scalar>, labels: UnsafePointer<Int32>) -> LossSum {
    let single = batch.columns == 1
    return unsafe sigmoidCrossEntropy(
      batch,
      target: { row, column in unsafe Int(labels[row]) == (single ? 1 : column) ? 1 : 0 },
      isCorrect: { row, logits in
        let best = unsafe single ? (logits[0] > 0 ? 1 : 0) : indexOfMaximum(logits, count: batch.columns)
        return unsafe best == Int(labels[row])
      })
  }

  func sigmoidCrossEntropy(_ batch: LossBatch<Scalar>, targets: UnsafePointer<Scalar>) -> LossSum {
    unsafe sigmoidCrossEntropy(
      batch,
      target: { row, column in unsafe targets[row * batch.columns + column] },
      isCorrect: { row, logits in
        let target = unsafe targets + row * batch.columns
        for column in 0..<batch.columns where unsafe (logits[column] > 0) != (target[column] > 0.5) { return false }
        return true
      })
  }

  /// loss = Σ_k max(u_k, 0) − u_k t_k + log(1 + e^(−|u_k|)), the same as −Σ_k t_k log σ(u_k) + (1 − t_k) log(1 − σ(u_k))
  /// without a sigmoid inside a logarithm; ∂L/∂u = σ(u) − t.
  ///
  /// - Parameter target: t for a row and a column.
  /// - Parameter isCorrect: whether a row of logits is a right answer.
  @inline(__always)
  private func sigmoidCrossEntropy(
    _ batch: LossBatch<Scalar>, target: (_ row: Int, _ column: Int) -> Scalar,
    isCorrect: (_ row: Int, _ logits: UnsafePointer<Scalar>) -> Bool
  ) -> LossSum {
    var result = LossSum()
    for row in 0..<batch.rows {
      let logits = unsafe batch.outputs + row * batch.columns
      let gradient = unsafe batch.gradient + row * batch.columns
      if unsafe isCorrect(row, logits) { result.correct += 1 }
      for column in 0..<batch.columns {
        let logit = unsafe logits[column]
        let target = target(row, column)
        let power = exponential(-abs(logit))
        let larger = logit > 0 ? logit - logit * target : -(logit * target)
        result.loss += Double(larger + logarithmOfOnePlus(power))
        let probability = (logit < 0 ? power : 1) / (1 + power)
        unsafe gradient[column] = (probability - target) * batch.gradientScale
      }
    }
    return result
  }
}

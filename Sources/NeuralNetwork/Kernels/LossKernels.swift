/// The losses of some rows, with their derivatives. `Loss` has the formulas.
protocol LossKernels<Scalar>: RowKernels {
  /// eˣ, of one number.
  func exponential(_ x: Scalar) -> Scalar

  /// log x, of one number.
  func logarithm(_ x: Scalar) -> Scalar

  /// log(1 + x), of one number.
  func logarithmOfOnePlus(_ x: Scalar) -> Scalar

  /// Softmax and cross-entropy in one, for index labels. See `LossBatch`.
  func softmaxCrossEntropy(_ batch: LossBatch<Scalar>, labels: UnsafePointer<Int32>) -> LossSum

  /// Softmax and cross-entropy in one, for target distributions. See `LossBatch`.
  func softmaxCrossEntropy(_ batch: LossBatch<Scalar>, targets: UnsafePointer<Scalar>) -> LossSum

  /// ½ Σ (y − t)² with t the one-hot vector of a label.
  func squaredError(_ batch: LossBatch<Scalar>, labels: UnsafePointer<Int32>) -> LossSum

  /// ½ Σ (y − t)².
  func squaredError(_ batch: LossBatch<Scalar>, targets: UnsafePointer<Scalar>) -> LossSum

  /// Sigmoid and cross-entropy in one, for labels: one output is the probability of class 1; several are one for each
  /// class, against the one-hot vector.
  func sigmoidCrossEntropy(_ batch: LossBatch<Scalar>, labels: UnsafePointer<Int32>) -> LossSum

  /// Sigmoid and cross-entropy in one, for rows of targets: an answer is right if each output is on the side of ½ on
  /// which its target is.
  func sigmoidCrossEntropy(_ batch: LossBatch<Scalar>, targets: UnsafePointer<Scalar>) -> LossSum
}

extension LossKernels {
  /// loss = log Σ_k e^(u_k − max u) − (u_label − max u): the softmax is never inside a logarithm, so that no
  /// probability is rounded to 0 first.
  func softmaxCrossEntropy(_ batch: LossBatch<Scalar>, labels: UnsafePointer<Int32>) -> LossSum {
    unsafe powers(input: batch.outputs, rows: batch.rows, columns: batch.columns, output: batch.gradient)
    var result = LossSum()
    for row in 0..<batch.rows {
      let logits = unsafe batch.outputs + row * batch.columns
      let powers = unsafe batch.gradient + row * batch.columns
      let best = unsafe indexOfMaximum(logits, count: batch.columns)
      let label = unsafe Int(labels[row])
      var sum: Scalar = 0
      for column in 0..<batch.columns { unsafe sum += powers[column] }
      unsafe result.loss += Double(logarithm(sum) - (logits[label] - logits[best]))
      if best == label { result.correct += 1 }
      let factor = batch.gradientScale / sum
      for column in 0..<batch.columns { unsafe powers[column] *= factor }
      unsafe powers[label] -= batch.gradientScale
    }
    return result
  }

  /// The same for rows of target probabilities: loss = Σ_k t_k (log Σ − (u_k − max u)).
  func softmaxCrossEntropy(_ batch: LossBatch<Scalar>, targets: UnsafePointer<Scalar>) -> LossSum {
    unsafe powers(input: batch.outputs, rows: batch.rows, columns: batch.columns, output: batch.gradient)
    var result = LossSum()
    for row in 0..<batch.rows {
      let logits = unsafe batch.outputs + row * batch.columns
      let powers = unsafe batch.gradient + row * batch.columns
      let target = unsafe targets + row * batch.columns
      let best = unsafe indexOfMaximum(logits, count: batch.columns)
      var sum: Scalar = 0
      var targetSum: Scalar = 0
      for column in 0..<batch.columns {
        unsafe sum += powers[column]
        unsafe targetSum += target[column]
      }
      let logarithmOfSum = logarithm(sum)
      // A target of exactly 0 adds nothing, even where the logit is −∞.
      for column in 0..<batch.columns where unsafe target[column] != 0 {
        unsafe result.loss += Double(target[column] * (logarithmOfSum - (logits[column] - logits[best])))
      }
      // A NaN that meets only targets of 0 must not stay unseen.
      if !sum.isFinite { result.loss = .nan }
      if unsafe best == indexOfMaximum(target, count: batch.columns) { result.correct += 1 }
      let factor = targetSum * batch.gradientScale / sum
      for column in 0..<batch.columns {
        unsafe powers[column] = unsafe powers[column] * factor - target[column] * batch.gradientScale
      }
    }
    return result
  }

  func squaredError(_ batch: LossBatch<Scalar>, labels: UnsafePointer<Int32>) -> LossSum {
    var result = LossSum()
    for row in 0..<batch.rows {
      let outputs = unsafe batch.outputs + row * batch.columns
      let gradient = unsafe batch.gradient + row * batch.columns
      let label = unsafe Int(labels[row])
      var sum: Scalar = 0
      for column in 0..<batch.columns {
        let difference = unsafe outputs[column] - (column == label ? 1 : 0)
        sum += difference * difference
        unsafe gradient[column] = difference * batch.gradientScale
      }
      result.loss += 0.5 * Double(sum)
      if unsafe indexOfMaximum(outputs, count: batch.columns) == label { result.correct += 1 }
    }
    return result
  }

  func squaredError(_ batch: LossBatch<Scalar>, targets: UnsafePointer<Scalar>) -> LossSum {
    var result = LossSum()
    for row in 0..<batch.rows {
      let start = row * batch.columns
      var sum: Scalar = 0
      for index in start..<start + batch.columns {
        let difference = unsafe batch.outputs[index] - targets[index]
        sum += difference * difference
        unsafe batch.gradient[index] = difference * batch.gradientScale
      }
      result.loss += 0.5 * Double(sum)
    }
    return result
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

// Loops over the rows of a mini-batch: softmax and the losses, written once for both number types.

/// output ← input − (maximum of the row). `output` may be `input`.
@inline(__always)
func subtractMaximumLoop<Scalar: NetworkScalar>(
  _ input: UnsafePointer<Scalar>, _ rows: Int, _ columns: Int, _ output: UnsafeMutablePointer<Scalar>
) {
  for row in 0..<rows {
    let source = unsafe input + row * columns
    let target = unsafe output + row * columns
    let maximum = unsafe source[indexOfMaximum(source, columns)]
    for column in 0..<columns { unsafe target[column] = unsafe source[column] - maximum }
  }
}

/// The place of the greatest number; the first of equals.
@inline(__always)
func indexOfMaximum<Scalar: NetworkScalar>(_ values: UnsafePointer<Scalar>, _ count: Int) -> Int {
  var best = 0
  for index in 1..<max(count, 1) where unsafe values[index] > values[best] { best = index }
  return best
}

/// Divides each row by its sum.
@inline(__always)
func normalizeRowsLoop<Scalar: NetworkScalar>(
  _ values: UnsafeMutablePointer<Scalar>, _ rows: Int, _ columns: Int
) {
  for row in 0..<rows {
    let target = unsafe values + row * columns
    var sum: Scalar = 0
    for column in 0..<columns { unsafe sum += target[column] }
    let factor = 1 / sum
    for column in 0..<columns { unsafe target[column] *= factor }
  }
}

@inline(__always)
func softmaxBackwardLoop<Scalar: NetworkScalar>(
  _ output: UnsafePointer<Scalar>, _ outputGradient: UnsafePointer<Scalar>, _ rows: Int, _ columns: Int,
  _ inputGradient: UnsafeMutablePointer<Scalar>
) {
  for row in 0..<rows {
    let start = row * columns
    var sum: Scalar = 0
    for index in start..<start + columns { unsafe sum += outputGradient[index] * output[index] }
    for index in start..<start + columns {
      unsafe inputGradient[index] = unsafe output[index] * (outputGradient[index] - sum)
    }
  }
}

/// Turns the powers e^(u − max u) in `batch.gradient` into the gradient, and sums the loss, for labels.
///
/// loss = log Σ_k e^(u_k − max u) − (u_label − max u): the softmax is never inside a logarithm, so that no
/// probability is rounded to 0 first.
@inline(__always)
func crossEntropyOfLabelsLoop<Scalar: NetworkScalar>(
  _ batch: LossBatch<Scalar>, _ labels: UnsafePointer<Int32>, _ logarithm: (Scalar) -> Scalar
) -> LossSum {
  var result = LossSum()
  for row in 0..<batch.rows {
    let logits = unsafe batch.outputs + row * batch.columns
    let powers = unsafe batch.gradient + row * batch.columns
    let best = unsafe indexOfMaximum(logits, batch.columns)
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
@inline(__always)
func crossEntropyOfTargetsLoop<Scalar: NetworkScalar>(
  _ batch: LossBatch<Scalar>, _ targets: UnsafePointer<Scalar>, _ logarithm: (Scalar) -> Scalar
) -> LossSum {
  var result = LossSum()
  for row in 0..<batch.rows {
    let logits = unsafe batch.outputs + row * batch.columns
    let powers = unsafe batch.gradient + row * batch.columns
    let target = unsafe targets + row * batch.columns
    let best = unsafe indexOfMaximum(logits, batch.columns)
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
    if unsafe best == indexOfMaximum(target, batch.columns) { result.correct += 1 }
    let factor = targetSum * batch.gradientScale / sum
    for column in 0..<batch.columns {
      unsafe powers[column] = unsafe powers[column] * factor - target[column] * batch.gradientScale
    }
  }
  return result
}

@inline(__always)
func squaredErrorOfLabelsLoop<Scalar: NetworkScalar>(
  _ batch: LossBatch<Scalar>, _ labels: UnsafePointer<Int32>
) -> LossSum {
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
    if unsafe indexOfMaximum(outputs, batch.columns) == label { result.correct += 1 }
  }
  return result
}

@inline(__always)
func squaredErrorOfTargetsLoop<Scalar: NetworkScalar>(
  _ batch: LossBatch<Scalar>, _ targets: UnsafePointer<Scalar>
) -> LossSum {
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

/// The loops of optimisers, clipping and weight decay. `Optimizer` has the formulas.
protocol OptimizerKernels<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  /// √x, fit for loops that work on several numbers at a time.
  func squareRoot(_ x: Scalar) -> Scalar

  /// output ← factor · input. `output` may be `input`.
  func scale(
    _ input: UnsafePointer<Scalar>, by factor: Scalar, count: Int, output: UnsafeMutablePointer<Scalar>)

  /// output ← input, brought into −bound...bound; NaN stays NaN. `output` may be `input`.
  func clamp(
    _ input: UnsafePointer<Scalar>, to bound: Scalar, count: Int, output: UnsafeMutablePointer<Scalar>)

  /// output ← first + factor · second. `output` may be `first`.
  func addScaled(
    _ first: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>, factor: Scalar, count: Int,
    output: UnsafeMutablePointer<Scalar>)

  /// Σ x², in `Double`: the squares of numbers that `Float` can hold may be too great for it.
  func sumOfSquares(_ input: UnsafePointer<Scalar>, count: Int) -> Double

  /// parameters ← parameters − rate · gradients.
  func descend(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>, count: Int, rate: Scalar)

  /// v ← μ v + g, W ← W − η v, or W ← W − η (g + μ v) for Nesterov's.
  func descendWithMomentum(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>,
    velocities: UnsafeMutablePointer<Scalar>, count: Int, rate: Scalar, momentum: Scalar, isNesterov: Bool)

  /// s ← `kept` · s + `added` · g², W ← W − η g / (√s + ε).
  func descendByRoots(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>,
    squares: UnsafeMutablePointer<Scalar>, count: Int, rate: Scalar, kept: Scalar, added: Scalar, epsilon: Scalar)

  /// m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², W ← W − rate · m / (√s · rootFactor + ε).
  func adam(
    _ step: AdamStep<Scalar>, parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>,
    means: UnsafeMutablePointer<Scalar>, squares: UnsafeMutablePointer<Scalar>, count: Int)
}

extension OptimizerKernels {
  func scale(
    _ input: UnsafePointer<Scalar>, by factor: Scalar, count: Int, output: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count { unsafe output[index] = unsafe factor * input[index] }
  }

  func clamp(
    _ input: UnsafePointer<Scalar>, to bound: Scalar, count: Int, output: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count {
      let value = unsafe input[index]
      // Comparisons with NaN are false, so that it passes through to where divergence is noticed.
      let notTooGreat = value > bound ? bound : value
      unsafe output[index] = notTooGreat < -bound ? -bound : notTooGreat
    }
  }

  func addScaled(
    _ first: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>, factor: Scalar, count: Int,
    output: UnsafeMutablePointer<Scalar>
  ) {
    for index in 0..<count { unsafe output[index] = unsafe first[index] + factor * second[index] }
  }

  func sumOfSquares(_ input: UnsafePointer<Scalar>, count: Int) -> Double {
    // Eight sums, because the compiler may not reorder one.
    var sums = SIMD8<Double>()
    let whole = count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      let values = unsafe SIMD8<Double>(UnsafeRawPointer(input + start).loadUnaligned(as: SIMD8<Scalar>.self))
      sums += values * values
    }
    var sum = sums.sum()
    for index in whole..<count { unsafe sum += Double(input[index]) * Double(input[index]) }
    return sum
  }

  func descend(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>, count: Int, rate: Scalar
  ) {
    for index in 0..<count { unsafe parameters[index] -= rate * gradients[index] }
  }

  func descendWithMomentum(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>,
    velocities: UnsafeMutablePointer<Scalar>, count: Int, rate: Scalar, momentum: Scalar, isNesterov: Bool
  ) {
    if isNesterov {
      for index in 0..<count {
        let gradient = unsafe gradients[index]
        let velocity = unsafe momentum * velocities[index] + gradient
        unsafe velocities[index] = velocity
        unsafe parameters[index] -= rate * (gradient + momentum * velocity)
      }
    } else {
      for index in 0..<count {
        let velocity = unsafe momentum * velocities[index] + gradients[index]
        unsafe velocities[index] = velocity
        unsafe parameters[index] -= rate * velocity
      }
    }
  }

  func descendByRoots(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>,
    squares: UnsafeMutablePointer<Scalar>, count: Int, rate: Scalar, kept: Scalar, added: Scalar, epsilon: Scalar
  ) {
    for index in 0..<count {
      let gradient = unsafe gradients[index]
      let square = unsafe kept * squares[index] + added * (gradient * gradient)
      unsafe squares[index] = square
      unsafe parameters[index] -= rate * gradient / (squareRoot(square) + epsilon)
    }
  }

  func adam(
    _ step: AdamStep<Scalar>, parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>,
    means: UnsafeMutablePointer<Scalar>, squares: UnsafeMutablePointer<Scalar>, count: Int
  ) {
    for index in 0..<count {
      let gradient = unsafe gradients[index]
      let mean = unsafe step.beta1 * means[index] + step.firstShare * gradient
      let square = unsafe step.beta2 * squares[index] + step.secondShare * (gradient * gradient)
      unsafe means[index] = mean
      unsafe squares[index] = square
      unsafe parameters[index] -= step.rate * mean / (squareRoot(square) * step.rootFactor + step.epsilon)
    }
  }
}

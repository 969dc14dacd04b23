/// The loops of the activation functions whose derivatives follow from their output.
protocol ActivationKernels<Scalar>: FunctionKernels {
  /// output ← f(input), element by element. `output` may be `input`.
  func activate(
    _ function: ActivationFunction, input: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>)

  /// ∂L/∂input from ∂L/∂output and f's output y: all four derivatives are functions of y.
  /// `inputGradient` may be `outputGradient`.
  func activateBackward(
    _ function: ActivationFunction, output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
    count: Int, inputGradient: UnsafeMutablePointer<Scalar>)
}

extension ActivationKernels {
  func activate(
    _ function: ActivationFunction, input: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>
  ) {
    switch function {
    case .sigmoid: unsafe map(Sigmoid(), input, count: count, output: output)
    case .tanh: unsafe map(HyperbolicTangent(), input, count: count, output: output)
    case .relu:
      for index in 0..<count {
        let value = unsafe input[index]
        // Written so that NaN passes through: a rectifier must not hide it from the loss.
        unsafe output[index] = value <= 0 ? 0 : value
      }
    case .identity:
      if unsafe output != input { unsafe output.update(from: input, count: count) }
    }
  }

  func activateBackward(
    _ function: ActivationFunction, output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
    count: Int, inputGradient: UnsafeMutablePointer<Scalar>
  ) {
    switch function {
    case .sigmoid:
      for index in 0..<count {
        let value = unsafe output[index]
        unsafe inputGradient[index] = unsafe outputGradient[index] * (value * (1 - value))
      }
    case .relu:
      for index in 0..<count {
        // Loaded in any case, so that the loop has no branch.
        let gradient = unsafe outputGradient[index]
        unsafe inputGradient[index] = unsafe output[index] > 0 ? gradient : 0
      }
    case .tanh:
      for index in 0..<count {
        let value = unsafe output[index]
        unsafe inputGradient[index] = unsafe outputGradient[index] * (1 - value * value)
      }
    case .identity:
      if unsafe inputGradient != outputGradient { unsafe inputGradient.update(from: outputGradient, count: count) }
    }
  }
}

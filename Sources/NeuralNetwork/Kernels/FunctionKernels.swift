/// The loops of functions, whatever the number type. They belong to the functions, and are compiled for each of them; here
/// the number type chooses.
protocol FunctionKernels<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  /// output ← f(input), element by element. `output` may be `input`.
  func map(
    _ function: any VectorFunction, _ input: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>)

  /// inputGradient ← g · f′(input), element by element.
  func mapBackward(
    _ function: any ElementFunction, _ input: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>, count: Int,
    inputGradient: UnsafeMutablePointer<Scalar>)
}

extension FunctionKernels where Scalar == Float {
  func map(
    _ function: any VectorFunction, _ input: UnsafePointer<Float>, count: Int, output: UnsafeMutablePointer<Float>
  ) {
    unsafe function.map(input, count: count, output: output)
  }

  func mapBackward(
    _ function: any ElementFunction, _ input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, count: Int,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    unsafe function.mapBackward(input, outputGradient: outputGradient, count: count, inputGradient: inputGradient)
  }
}

extension FunctionKernels where Scalar == Double {
  func map(
    _ function: any VectorFunction, _ input: UnsafePointer<Double>, count: Int, output: UnsafeMutablePointer<Double>
  ) {
    unsafe function.map(input, count: count, output: output)
  }

  func mapBackward(
    _ function: any ElementFunction, _ input: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>, count: Int,
    inputGradient: UnsafeMutablePointer<Double>
  ) {
    unsafe function.mapBackward(input, outputGradient: outputGradient, count: count, inputGradient: inputGradient)
  }
}

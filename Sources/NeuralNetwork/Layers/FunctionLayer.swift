/// Applies a function to each value by itself; the shape stays. Unlike that of `ActivationLayer`, the derivative is one of
/// the input, which the backward pass reads.
struct FunctionLayer<Scalar: NetworkScalar>: Layer {
  let function: any ElementFunction
  let shape: [Int]

  var inputShape: [Int] { shape }
  var outputShape: [Int] { shape }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    unsafe Scalar.kernels.loops.map(function, pass.input, count: pass.rows * outputCount, output: pass.output)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = unsafe pass.inputGradient else { return }
    unsafe Scalar.kernels.loops.mapBackward(
      function, pass.input, outputGradient: pass.outputGradient, count: pass.rows * outputCount,
      inputGradient: inputGradient)
  }
}

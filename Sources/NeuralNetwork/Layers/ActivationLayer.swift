/// Applies one function to each value; the shape stays.
struct ActivationLayer<Scalar: NetworkScalar>: Layer {
  let function: ActivationFunction
  let shape: [Int]

  var inputShape: [Int] { shape }
  var outputShape: [Int] { shape }
  var memoryUse: MemoryUse {
    MemoryUse(worksInPlace: true, readsOutputInBackward: function != .identity)
  }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    unsafe Scalar.kernels.loops.activate(
      function, input: pass.input, count: pass.rows * outputCount, output: pass.output)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = unsafe pass.inputGradient else { return }
    unsafe Scalar.kernels.loops.activateBackward(
      function, output: pass.output, outputGradient: pass.outputGradient, count: pass.rows * outputCount,
      inputGradient: inputGradient)
  }
}

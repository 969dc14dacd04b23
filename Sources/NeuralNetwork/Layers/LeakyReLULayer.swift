/// x for x > 0, otherwise slope · x (Maas et al., 2013); the derivative at 0 is the slope.
struct LeakyReLULayer<Scalar: NetworkScalar>: Layer {
  let shape: [Int]
  /// At least 0, so that the sign of the output tells the sign of the input.
  let slope: Scalar

  var inputShape: [Int] { shape }
  var outputShape: [Int] { shape }
  var memoryUse: MemoryUse { MemoryUse(worksInPlace: true, readsOutputInBackward: true) }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    unsafe Scalar.kernels.loops.leakyRectify(
      pass.input, slope: slope, count: pass.rows * outputCount, output: pass.output)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = unsafe pass.inputGradient else { return }
    unsafe Scalar.kernels.loops.leakyRectifyBackward(
      output: pass.output, outputGradient: pass.outputGradient, slope: slope, count: pass.rows * outputCount,
      inputGradient: inputGradient)
  }
}

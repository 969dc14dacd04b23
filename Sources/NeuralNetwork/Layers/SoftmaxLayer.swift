/// y_i = e^(u_i) / Σ_k e^(u_k) over all values of a sample.
///
/// Backward, with g = ∂L/∂y: ∂L/∂u_i = y_i (g_i − Σ_k g_k y_k), which is the product of g with the Jacobian
/// ∂y_i/∂u_k = y_i (δ_ik − y_k).
struct SoftmaxLayer<Scalar: NetworkScalar>: Layer {
  let shape: [Int]

  var inputShape: [Int] { shape }
  var outputShape: [Int] { shape }
  var memoryUse: MemoryUse { MemoryUse(worksInPlace: true, readsOutputInBackward: true) }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    unsafe Scalar.kernels.loops.softmax(
      input: pass.input, rows: pass.rows, columns: outputCount, output: pass.output)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = unsafe pass.inputGradient else { return }
    unsafe Scalar.kernels.loops.softmaxBackward(
      output: pass.output, outputGradient: pass.outputGradient, rows: pass.rows, columns: outputCount,
      inputGradient: inputGradient)
  }
}

/// Y = X·W + b with X[N, in], W[in, out], b[out].
///
/// Backward, with G = ∂L/∂Y: ∂L/∂W = Xᵀ·G, ∂L/∂b = the sum of G's rows, ∂L/∂X = G·Wᵀ.
struct AffineLayer<Scalar: NetworkScalar>: Layer {
  let inputShape: [Int]
  let outputShape: [Int]
  let parameters: [ParameterSpecification]
  private let inputs: Int
  private let outputs: Int

  init(_ layer: FittedLayer) {
    inputShape = layer.inputShape
    outputShape = layer.outputShape
    parameters = layer.parameters
    inputs = inputShape.reduce(1, *)
    outputs = outputShape.reduce(1, *)
  }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    let kernels = Scalar.kernels.loops
    let weights = unsafe pass.parameters
    unsafe kernels.copyToRows(
      bias: weights + inputs * outputs, rows: pass.rows, columns: outputs, output: pass.output)
    unsafe kernels.multiply(
      MatrixProduct(
        left: pass.input, right: weights, rows: pass.rows, columns: outputs, inner: inputs, accumulation: 1,
        output: pass.output))
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    let kernels = Scalar.kernels.loops
    unsafe kernels.multiply(
      MatrixProduct(
        left: pass.input, leftTransposed: true, right: pass.outputGradient, rows: inputs, columns: outputs,
        inner: pass.rows, accumulation: 0, output: pass.parameterGradients))
    unsafe kernels.sumRows(
      matrix: pass.outputGradient, rows: pass.rows, columns: outputs,
      sums: pass.parameterGradients + inputs * outputs)
    if let inputGradient = unsafe pass.inputGradient {
      unsafe kernels.multiply(
        MatrixProduct(
          left: pass.outputGradient, right: pass.parameters, rightTransposed: true, rows: pass.rows,
          columns: inputs, inner: outputs, accumulation: 0, output: inputGradient))
    }
  }
}

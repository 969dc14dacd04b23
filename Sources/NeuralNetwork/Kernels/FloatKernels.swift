import COpenBLAS

/// The loops for `Float`, with vectors of eight for the exponential.
struct FloatKernels: Kernels {
  typealias Scalar = Float

  func multiply(_ product: MatrixProduct<Float>) {
    _ = SingleThreadedBLAS.isSet
    unsafe cblas_sgemm(
      CblasRowMajor, product.leftTransposed ? CblasTrans : CblasNoTrans,
      product.rightTransposed ? CblasTrans : CblasNoTrans, blasint(product.rows), blasint(product.columns),
      blasint(product.inner), 1, product.left,
      blasint(product.leftTransposed ? product.rows : product.inner), product.right,
      blasint(product.rightTransposed ? product.inner : product.columns), product.accumulation,
      product.output, blasint(product.columns))
  }

  func copyToRows(
    bias: UnsafePointer<Float>, rows: Int, columns: Int, output: UnsafeMutablePointer<Float>
  ) {
    unsafe copyToRowsLoop(bias, rows, columns, output)
  }

  func sumRows(
    matrix: UnsafePointer<Float>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Float>
  ) {
    unsafe sumRowsLoop(matrix, rows, columns, sums)
  }

  func activate(
    _ function: ActivationFunction, input: UnsafePointer<Float>, count: Int,
    output: UnsafeMutablePointer<Float>
  ) {
    switch function {
    case .sigmoid: unsafe mapVectors(input, count, output) { sigmoid($0) }
    case .tanh: unsafe mapVectors(input, count, output) { hyperbolicTangent($0) }
    case .relu: unsafe rectifyLoop(input, count, output)
    case .identity:
      if unsafe output != input { unsafe output.update(from: input, count: count) }
    }
  }

  func activateBackward(
    _ function: ActivationFunction, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
    count: Int, inputGradient: UnsafeMutablePointer<Float>
  ) {
    unsafe activateBackwardLoop(function, output, outputGradient, count, inputGradient)
  }

  func softmax(
    input: UnsafePointer<Float>, rows: Int, columns: Int, output: UnsafeMutablePointer<Float>
  ) {
    unsafe powers(input, rows, columns, output)
    unsafe normalizeRowsLoop(output, rows, columns)
  }

  func softmaxBackward(
    output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, rows: Int, columns: Int,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    unsafe softmaxBackwardLoop(output, outputGradient, rows, columns, inputGradient)
  }

  func gather(
    bytes: UnsafePointer<UInt8>, indices: UnsafePointer<Int>, rows: Int, columns: Int, scale: Float,
    offset: Float, output: UnsafeMutablePointer<Float>
  ) {
    unsafe gatherLoop(bytes, indices, rows, columns, scale, offset, output)
  }

  func gather(
    bytes: UnsafePointer<UInt8>, width: Int, indices: UnsafePointer<Int>, rows: Int, runs: ColumnRuns,
    scale: Float, offset: Float, output: UnsafeMutablePointer<Float>
  ) {
    unsafe gatherRunsLoop(bytes, width, indices, rows, runs, scale, offset, output)
  }

  func add(
    _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, count: Int,
    output: UnsafeMutablePointer<Float>
  ) {
    unsafe addLoop(first, second, count, output)
  }

  func descend(
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>, count: Int, rate: Float
  ) {
    unsafe descendLoop(parameters, gradients, count, rate)
  }

  /// output ← e^(input − maximum of the row). `output` may be `input`.
  func powers(
    _ input: UnsafePointer<Float>, _ rows: Int, _ columns: Int, _ output: UnsafeMutablePointer<Float>
  ) {
    unsafe subtractMaximumLoop(input, rows, columns, output)
    unsafe mapVectors(output, rows * columns, output) { exponentialOfNonPositive($0) }
  }
}

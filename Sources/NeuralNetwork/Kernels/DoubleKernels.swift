import COpenBLAS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The loops for `Double`, with the mathematical functions of the system.
struct DoubleKernels: Kernels {
  typealias Scalar = Double

  func multiply(_ product: MatrixProduct<Double>) {
    _ = SingleThreadedBLAS.isSet
    cblas_dgemm(
      CblasRowMajor, product.leftTransposed ? CblasTrans : CblasNoTrans,
      product.rightTransposed ? CblasTrans : CblasNoTrans, blasint(product.rows), blasint(product.columns),
      blasint(product.inner), 1, product.left,
      blasint(product.leftTransposed ? product.rows : product.inner), product.right,
      blasint(product.rightTransposed ? product.inner : product.columns), product.accumulation,
      product.output, blasint(product.columns))
  }

  func copyToRows(
    bias: UnsafePointer<Double>, rows: Int, columns: Int, output: UnsafeMutablePointer<Double>
  ) {
    copyToRowsLoop(bias, rows, columns, output)
  }

  func sumRows(
    matrix: UnsafePointer<Double>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Double>
  ) {
    sumRowsLoop(matrix, rows, columns, sums)
  }

  func activate(
    _ function: ActivationFunction, input: UnsafePointer<Double>, count: Int,
    output: UnsafeMutablePointer<Double>
  ) {
    switch function {
    case .sigmoid:
      for index in 0..<count { output[index] = sigmoid(input[index]) }
    case .tanh:
      for index in 0..<count { output[index] = tanh(input[index]) }
    case .relu: rectifyLoop(input, count, output)
    case .identity:
      if output != input { output.update(from: input, count: count) }
    }
  }

  func activateBackward(
    _ function: ActivationFunction, output: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>,
    count: Int, inputGradient: UnsafeMutablePointer<Double>
  ) {
    activateBackwardLoop(function, output, outputGradient, count, inputGradient)
  }

  func softmax(
    input: UnsafePointer<Double>, rows: Int, columns: Int, output: UnsafeMutablePointer<Double>
  ) {
    powers(input, rows, columns, output)
    normalizeRowsLoop(output, rows, columns)
  }

  func softmaxBackward(
    output: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>, rows: Int, columns: Int,
    inputGradient: UnsafeMutablePointer<Double>
  ) {
    softmaxBackwardLoop(output, outputGradient, rows, columns, inputGradient)
  }

  func gather(
    bytes: UnsafePointer<UInt8>, indices: UnsafePointer<Int>, rows: Int, columns: Int, scale: Double,
    offset: Double, output: UnsafeMutablePointer<Double>
  ) {
    gatherLoop(bytes, indices, rows, columns, scale, offset, output)
  }

  func gather(
    bytes: UnsafePointer<UInt8>, width: Int, indices: UnsafePointer<Int>, rows: Int, runs: ColumnRuns,
    scale: Double, offset: Double, output: UnsafeMutablePointer<Double>
  ) {
    gatherRunsLoop(bytes, width, indices, rows, runs, scale, offset, output)
  }

  func add(
    _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>, count: Int,
    output: UnsafeMutablePointer<Double>
  ) {
    addLoop(first, second, count, output)
  }

  func descend(
    parameters: UnsafeMutablePointer<Double>, gradients: UnsafePointer<Double>, count: Int, rate: Double
  ) {
    descendLoop(parameters, gradients, count, rate)
  }

  /// output ← e^(input − maximum of the row). `output` may be `input`.
  func powers(
    _ input: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ output: UnsafeMutablePointer<Double>
  ) {
    subtractMaximumLoop(input, rows, columns, output)
    for index in 0..<rows * columns { output[index] = exp(output[index]) }
  }
}

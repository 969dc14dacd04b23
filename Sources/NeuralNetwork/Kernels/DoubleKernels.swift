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
    unsafe cblas_dgemm(
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
    unsafe copyToRowsLoop(bias, rows, columns, output)
  }

  func sumRows(
    matrix: UnsafePointer<Double>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Double>
  ) {
    unsafe sumRowsLoop(matrix, rows, columns, sums)
  }

  func activate(
    _ function: ActivationFunction, input: UnsafePointer<Double>, count: Int,
    output: UnsafeMutablePointer<Double>
  ) {
    switch function {
    case .sigmoid:
      for index in 0..<count { unsafe output[index] = unsafe sigmoid(input[index]) }
    case .tanh:
      for index in 0..<count { unsafe output[index] = unsafe tanh(input[index]) }
    case .relu: unsafe rectifyLoop(input, count, output)
    case .identity:
      if unsafe output != input { unsafe output.update(from: input, count: count) }
    }
  }

  func activateBackward(
    _ function: ActivationFunction, output: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>,
    count: Int, inputGradient: UnsafeMutablePointer<Double>
  ) {
    unsafe activateBackwardLoop(function, output, outputGradient, count, inputGradient)
  }

  func softmax(
    input: UnsafePointer<Double>, rows: Int, columns: Int, output: UnsafeMutablePointer<Double>
  ) {
    unsafe powers(input, rows, columns, output)
    unsafe normalizeRowsLoop(output, rows, columns)
  }

  func softmaxBackward(
    output: UnsafePointer<Double>, outputGradient: UnsafePointer<Double>, rows: Int, columns: Int,
    inputGradient: UnsafeMutablePointer<Double>
  ) {
    unsafe softmaxBackwardLoop(output, outputGradient, rows, columns, inputGradient)
  }

  func gather(
    bytes: UnsafePointer<UInt8>, indices: UnsafePointer<Int>, rows: Int, columns: Int, scale: Double,
    offset: Double, output: UnsafeMutablePointer<Double>
  ) {
    unsafe gatherLoop(bytes, indices, rows, columns, scale, offset, output)
  }

  func gather(
    bytes: UnsafePointer<UInt8>, width: Int, indices: UnsafePointer<Int>, rows: Int, runs: ColumnRuns,
    scale: Double, offset: Double, output: UnsafeMutablePointer<Double>
  ) {
    unsafe gatherRunsLoop(bytes, width, indices, rows, runs, scale, offset, output)
  }

  func add(
    _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>, count: Int,
    output: UnsafeMutablePointer<Double>
  ) {
    unsafe addLoop(first, second, count, output)
  }

  func descend(
    parameters: UnsafeMutablePointer<Double>, gradients: UnsafePointer<Double>, count: Int, rate: Double
  ) {
    unsafe descendLoop(parameters, gradients, count, rate)
  }

  /// output ← e^(input − maximum of the row). `output` may be `input`.
  func powers(
    _ input: UnsafePointer<Double>, _ rows: Int, _ columns: Int, _ output: UnsafeMutablePointer<Double>
  ) {
    unsafe subtractMaximumLoop(input, rows, columns, output)
    for index in 0..<rows * columns { unsafe output[index] = unsafe exp(output[index]) }
  }
}

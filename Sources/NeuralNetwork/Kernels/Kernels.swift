/// The loops that take the time, for one number type.
///
/// `Float` and `Double` each have one conforming type, whose methods are specialised by the compiler. All
/// matrices are row-major. Pointers reach exactly as far as the counts say, and an output may not overlap
/// an input unless the method says so.
protocol Kernels<Scalar>: ConvolutionKernels, ElementwiseKernels, FunctionKernels, LossKernels, NormalizationKernels,
  OptimizerKernels, PoolingKernels
{
  /// C ← A·B + `accumulation` · C, with A or B transposed when asked.
  func multiply(_ product: MatrixProduct<Scalar>)

  /// Writes `bias` into each row of `output`.
  func copyToRows(
    bias: UnsafePointer<Scalar>, rows: Int, columns: Int, output: UnsafeMutablePointer<Scalar>)

  /// sums[c] ← Σ_r matrix[r, c].
  func sumRows(
    matrix: UnsafePointer<Scalar>, rows: Int, columns: Int, sums: UnsafeMutablePointer<Scalar>)

  /// output ← f(input), element by element. `output` may be `input`.
  func activate(
    _ function: ActivationFunction, input: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>)

  /// ∂L/∂input from ∂L/∂output and f's output y: all four derivatives are functions of y.
  /// `inputGradient` may be `outputGradient`.
  func activateBackward(
    _ function: ActivationFunction, output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>,
    count: Int, inputGradient: UnsafeMutablePointer<Scalar>)

  /// Softmax of each row, after subtraction of the row's maximum. `output` may be `input`.
  func softmax(
    input: UnsafePointer<Scalar>, rows: Int, columns: Int, output: UnsafeMutablePointer<Scalar>)

  /// ∂L/∂u_i = y_i (g_i − Σ_k g_k y_k) for each row, with y the softmax and g = ∂L/∂y. `inputGradient` may be
  /// `outputGradient`.
  func softmaxBackward(
    output: UnsafePointer<Scalar>, outputGradient: UnsafePointer<Scalar>, rows: Int, columns: Int,
    inputGradient: UnsafeMutablePointer<Scalar>)

  /// output[r, c] ← scale · bytes[indices[r], c] + offset.
  func gather(
    bytes: UnsafePointer<UInt8>, indices: UnsafePointer<Int>, rows: Int, columns: Int, scale: Scalar,
    offset: Scalar, output: UnsafeMutablePointer<Scalar>)

  /// output[r, c] ← scale · bytes[indices[r], the c-th column of the runs] + offset.
  func gather(
    bytes: UnsafePointer<UInt8>, width: Int, indices: UnsafePointer<Int>, rows: Int, runs: ColumnRuns,
    scale: Scalar, offset: Scalar, output: UnsafeMutablePointer<Scalar>)

  /// output ← first + second. `output` may be `first`.
  func add(
    _ first: UnsafePointer<Scalar>, _ second: UnsafePointer<Scalar>, count: Int,
    output: UnsafeMutablePointer<Scalar>)

  /// parameters ← parameters − rate · gradients.
  func descend(
    parameters: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>, count: Int, rate: Scalar)
}

/// One matrix product C[rows, columns] ← A·B + accumulation · C over `inner` terms.
@safe
struct MatrixProduct<Scalar: NetworkScalar> {
  /// A, stored as [rows, inner], or as [inner, rows] if `leftTransposed`.
  var left: UnsafePointer<Scalar>
  var leftTransposed = false
  /// B, stored as [inner, columns], or as [columns, inner] if `rightTransposed`.
  var right: UnsafePointer<Scalar>
  var rightTransposed = false
  var rows: Int
  var columns: Int
  var inner: Int
  /// 0 overwrites C, 1 adds to it.
  var accumulation: Scalar
  var output: UnsafeMutablePointer<Scalar>
}

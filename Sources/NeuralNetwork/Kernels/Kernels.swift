/// The loops that take the time, for one number type.
///
/// `Float` and `Double` each have one conforming type. The loops are default implementations of the protocols that this one
/// is made of: the compiler specialises them for `FloatKernels` and `DoubleKernels`, which conform in this module and add
/// only what differs between the two.
///
/// All matrices are row-major. Pointers reach exactly as far as the counts say, and an output may not overlap an input
/// unless the method says so.
protocol Kernels<Scalar>: ActivationKernels, ConvolutionKernels, ElementwiseKernels, FunctionKernels, GatherKernels,
  LossKernels, NormalizationKernels, OptimizerKernels, PoolingKernels, RowKernels
{
  /// C ← A·B + `accumulation` · C, with A or B transposed when asked.
  func multiply(_ product: MatrixProduct<Scalar>)
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

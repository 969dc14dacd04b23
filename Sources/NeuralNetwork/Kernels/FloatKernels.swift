import CInstructions
import COpenBLAS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What `Float` has of its own: matrix products, vectorised pooling, and the mathematical functions of the system.
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

  @inline(__always)
  func exponential(_ x: Float) -> Float { exp(x) }

  @inline(__always)
  func logarithm(_ x: Float) -> Float { log(x) }

  @inline(__always)
  func logarithmOfOnePlus(_ x: Float) -> Float { log1p(x) }

  @inline(__always)
  func squareRoot(_ x: Float) -> Float { nnkit_square_root_float(x) }
}

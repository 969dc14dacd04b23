import CInstructions
import COpenBLAS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What `Double` has of its own: matrix products and the mathematical functions of the system.
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

  @inline(__always)
  func exponential(_ x: Double) -> Double { exp(x) }

  @inline(__always)
  func logarithm(_ x: Double) -> Double { log(x) }

  @inline(__always)
  func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }

  @inline(__always)
  func squareRoot(_ x: Double) -> Double { nnkit_square_root_double(x) }
}

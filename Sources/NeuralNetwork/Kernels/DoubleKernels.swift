import CInstructions
import LinearAlgebra

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
    unsafe BLAS.shared.doubleProduct(
      BLAS.rowMajor, BLAS.transposition(product.leftTransposed), BLAS.transposition(product.rightTransposed),
      CInt(product.rows), CInt(product.columns), CInt(product.inner), 1, product.left,
      CInt(product.leftTransposed ? product.rows : product.inner), product.right,
      CInt(product.rightTransposed ? product.inner : product.columns), product.accumulation, product.output,
      CInt(product.columns))
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

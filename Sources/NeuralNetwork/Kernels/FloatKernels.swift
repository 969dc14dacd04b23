import CInstructions
import LinearAlgebra

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
    unsafe BLAS.shared.singleProduct(
      BLAS.rowMajor, BLAS.transposition(product.leftTransposed), BLAS.transposition(product.rightTransposed),
      CInt(product.rows), CInt(product.columns), CInt(product.inner), 1, product.left,
      CInt(product.leftTransposed ? product.rows : product.inner), product.right,
      CInt(product.rightTransposed ? product.inner : product.columns), product.accumulation, product.output,
      CInt(product.columns))
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

import MachineLimits
import Threads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The matrix products of OpenBLAS, which is loaded when the first of them is needed.
///
/// It is not linked: a program that multiplies nothing then starts without it, in less time and with less memory. And it
/// must be asked for with care, for OpenBLAS tries again and again, forever, where the system gives it no memory.
@safe
package struct BLAS: @unchecked Sendable {
  /// C ← α A·B + β C as `cblas_sgemm` and `cblas_dgemm` have it: order, transposition of A and of B, rows, columns,
  /// inner, α, A and its row stride, B and its row stride, β, C and its row stride.
  package typealias SingleProduct =
    @convention(c) (
      CInt, CInt, CInt, CInt, CInt, CInt, Float, UnsafePointer<Float>, CInt, UnsafePointer<Float>, CInt, Float,
      UnsafeMutablePointer<Float>, CInt
    ) -> Void
  package typealias DoubleProduct =
    @convention(c) (
      CInt, CInt, CInt, CInt, CInt, CInt, Double, UnsafePointer<Double>, CInt, UnsafePointer<Double>, CInt, Double,
      UnsafeMutablePointer<Double>, CInt
    ) -> Void

  /// `CblasRowMajor`.
  package static let rowMajor: CInt = 101
  /// `CblasTrans` or `CblasNoTrans`.
  package static func transposition(_ isTransposed: Bool) -> CInt { isTransposed ? 112 : 111 }

  package let singleProduct: SingleProduct
  package let doubleProduct: DoubleProduct
  let library: OpenBLASLibrary

  /// What OpenBLAS maps for each thread that is inside a product: 128 MiB of addresses, hardly any of it used.
  package static let addressesPerThread = 128 << 20
  /// What the library itself takes, with those that it needs.
  private static let addressesOfLibrary = 96 << 20

  private static let loaded = Result { () throws(BLASError) in try BLAS(OpenBLASLibrary.open()) }
  /// How many threads have room for their products by now.
  private static let preparedThreads = Lock(0)

  /// The library, once `prepare` has returned.
  package static var shared: BLAS {
    switch loaded {
    case .success(let library): library
    case .failure(let error): preconditionFailure("products without preparation: \(error)")
    }
  }

  /// Loads the library, unless it is there, and sees to it that so many threads can multiply at the same time.
  ///
  /// - Throws: `BLASError` if the library is not installed, or the system has no memory for it.
  package static func prepare(threads: Int) throws(BLASError) {
    let error: BLASError? = preparedThreads.withLock { prepared in
      guard threads > prepared else { return nil }
      let needed = (prepared == 0 ? addressesOfLibrary : 0) + (threads - prepared) * addressesPerThread
      guard AvailableMemory.has(byteCount: 0, addressSpace: needed) else { return .noMemory(byteCount: needed) }
      switch loaded {
      case .failure(let error): return error
      case .success(let blas):
        blas.library.reserveBuffers(threads)
        prepared = threads
        return nil
      }
    }
    if let error { throw error }
  }

  private init(_ library: OpenBLASLibrary) throws(BLASError) {
    self.library = library
    unsafe singleProduct = unsafeBitCast(try library.symbol("cblas_sgemm"), to: SingleProduct.self)
    unsafe doubleProduct = unsafeBitCast(try library.symbol("cblas_dgemm"), to: DoubleProduct.self)
    library.useOneThread()
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// OpenBLAS as the system has it installed; on Apple's systems Accelerate where there is none.
@safe
struct OpenBLASLibrary: @unchecked Sendable {
  private let handle: UnsafeMutableRawPointer

  #if canImport(Darwin)
    private static let names = [
      "/opt/homebrew/opt/openblas/lib/libopenblas.dylib", "/usr/local/opt/openblas/lib/libopenblas.dylib",
      "libopenblas.dylib", "/System/Library/Frameworks/Accelerate.framework/Accelerate",
    ]
  #else
    private static let names = ["libopenblas.so.0", "libopenblas.so"]
  #endif

  /// Loads the first of the known names that is there.
  static func open() throws(BLASError) -> OpenBLASLibrary {
    // The pool shares out the work itself; threads of the library would take their memory as it is loaded, and try for
    // ever where there is none.
    unsafe setenv("OPENBLAS_NUM_THREADS", "1", 1)
    var reasons: [String] = []
    for name in names {
      if let handle = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) { return unsafe OpenBLASLibrary(handle: handle) }
      if let reason = unsafe dlerror() { reasons.append(unsafe String(cString: reason)) }
    }
    throw .notInstalled(reason: reasons.first ?? "no reason given")
  }

  /// The address of a function.
  func symbol(_ name: String) throws(BLASError) -> UnsafeMutableRawPointer {
    guard let address = unsafe dlsym(handle, name) else { throw .noFunction(name) }
    return unsafe address
  }

  /// Two levels of threads would fight for the processors.
  func useOneThread() {
    guard let address = unsafe dlsym(handle, "openblas_set_num_threads") else { return }
    unsafe unsafeBitCast(address, to: (@convention(c) (CInt) -> Void).self)(1)
  }

  /// Has the buffers of so many simultaneous products made now, while there is room for them.
  ///
  /// OpenBLAS keeps the buffers that it has given back. Without these functions it makes them in the first products.
  func reserveBuffers(_ count: Int) {
    typealias Allocate = @convention(c) (CInt) -> UnsafeMutableRawPointer?
    typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Void
    guard let allocate = unsafe dlsym(handle, "blas_memory_alloc"), let free = unsafe dlsym(handle, "blas_memory_free")
    else { return }
    let buffers = unsafe (0..<count).map { _ in unsafe unsafeBitCast(allocate, to: Allocate.self)(0) }
    for index in unsafe buffers.indices { unsafe unsafeBitCast(free, to: Free.self)(buffers[index]) }
  }
}

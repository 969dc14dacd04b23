#if !canImport(CryptoKit)
  import MachineLimits

  #if canImport(Glibc)
    import Glibc
  #elseif canImport(Musl)
    import Musl
  #endif

  /// The hash functions of OpenSSL's libcrypto, which is loaded when the first of them is needed.
  ///
  /// It is not linked: a program that hashes nothing starts without it, in less time and with less memory. The library is
  /// where the system's own tools are, and building it as a dependency would take longer than building all of this.
  @safe
  struct OpenSSLLibrary: @unchecked Sendable {
    typealias NewContext = @convention(c) () -> OpaquePointer?
    typealias FreeContext = @convention(c) (OpaquePointer?) -> Void
    typealias Begin = @convention(c) (OpaquePointer?, OpaquePointer?, OpaquePointer?) -> CInt
    typealias Update = @convention(c) (OpaquePointer?, UnsafeRawPointer?, Int) -> CInt
    typealias Finish =
      @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<CUnsignedInt>?) -> CInt
    private typealias Function = @convention(c) () -> OpaquePointer?
    private typealias Fetch =
      @convention(c) (OpaquePointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?) -> OpaquePointer?

    /// What the library takes, and a little room: it does not say what it lacks where it gets no more.
    private static let addresses = 16 << 20
    private static let names = ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so"]

    let newContext: NewContext
    let freeContext: FreeContext
    let begin: Begin
    let update: Update
    let finish: Finish
    /// SHA-256 itself.
    let function: OpaquePointer

    private static let loaded = Result { () throws(HashingError) in try unsafe OpenSSLLibrary(open()) }

    /// The library, loaded once.
    static func shared() throws(HashingError) -> OpenSSLLibrary { try loaded.get() }

    private static func open() throws(HashingError) -> UnsafeMutableRawPointer {
      guard AvailableMemory.has(byteCount: 0, addressSpace: addresses) else { throw .noMemory(byteCount: addresses) }
      var reasons: [String] = []
      for name in names {
        if let handle = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) { return unsafe handle }
        if let reason = unsafe dlerror() { reasons.append(unsafe String(cString: reason)) }
      }
      throw .notInstalled(reason: reasons.first ?? "no reason given")
    }

    private init(_ handle: UnsafeMutableRawPointer) throws(HashingError) {
      func address(_ name: String) throws(HashingError) -> UnsafeMutableRawPointer {
        guard let address = unsafe dlsym(handle, name) else { throw .noFunction(name) }
        return unsafe address
      }
      unsafe newContext = unsafeBitCast(try address("EVP_MD_CTX_new"), to: NewContext.self)
      unsafe freeContext = unsafeBitCast(try address("EVP_MD_CTX_free"), to: FreeContext.self)
      unsafe begin = unsafeBitCast(try address("EVP_DigestInit_ex"), to: Begin.self)
      unsafe update = unsafeBitCast(try address("EVP_DigestUpdate"), to: Update.self)
      unsafe finish = unsafeBitCast(try address("EVP_DigestFinal_ex"), to: Finish.self)
      // From version 3 on a function is looked up by its name, each time anew unless that has been done.
      var function: OpaquePointer?
      if let fetch = unsafe dlsym(handle, "EVP_MD_fetch") {
        unsafe function = unsafeBitCast(fetch, to: Fetch.self)(nil, "SHA256", nil)
      } else {
        unsafe function = unsafeBitCast(try address("EVP_sha256"), to: Function.self)()
      }
      guard let function = unsafe function else { throw .failed("EVP_MD_fetch") }
      unsafe self.function = function
    }
  }
#endif

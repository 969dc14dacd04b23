#if !canImport(CryptoKit)
  /// The state of a message that OpenSSL hashes.
  @safe
  struct OpenSSLContext: ~Copyable {
    private let library: OpenSSLLibrary
    private let context: OpaquePointer

    private init(_ library: OpenSSLLibrary, _ context: OpaquePointer) {
      self.library = library
      unsafe self.context = context
    }

    deinit { unsafe library.freeContext(context) }

    /// One in which a message has begun.
    static func begun() throws(HashingError) -> OpenSSLContext {
      let library = try OpenSSLLibrary.shared()
      guard let pointer = unsafe library.newContext() else { throw .failed("EVP_MD_CTX_new") }
      let context = unsafe OpenSSLContext(library, pointer)
      try context.begin()
      return context
    }

    /// Begins a message.
    func begin() throws(HashingError) {
      guard unsafe library.begin(context, library.function, nil) == 1 else { throw .failed("EVP_DigestInit_ex") }
    }

    /// Takes in more of the message.
    func update(_ bytes: UnsafeRawBufferPointer) throws(HashingError) {
      guard unsafe library.update(context, bytes.baseAddress, bytes.count) == 1 else {
        throw .failed("EVP_DigestUpdate")
      }
    }

    /// Ends the message.
    func finish() throws(HashingError) -> SHA256Digest {
      var (digest, isDone) = (SHA256Digest.zero, false)
      unsafe withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { bytes in
        isDone = unsafe library.finish(context, bytes.baseAddress, nil) == 1
        if isDone { digest = unsafe SHA256Digest(UnsafeRawBufferPointer(bytes)) }
      }
      guard isDone else { throw .failed("EVP_DigestFinal_ex") }
      return digest
    }
  }
#endif

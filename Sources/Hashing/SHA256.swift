#if canImport(CryptoKit)
  import CryptoKit
#endif

/// SHA-256 (FIPS 180-4) of one message after another, computed by CryptoKit on Apple's systems and by OpenSSL elsewhere:
/// both use the processor's instructions for it.
package struct SHA256: ~Copyable {
  #if canImport(CryptoKit)
    private var function = CryptoKit.SHA256()

    /// Begins a message.
    package init() throws(HashingError) {}

    /// Takes in more of the message. O(n).
    package mutating func update(_ bytes: UnsafeRawBufferPointer) throws(HashingError) {
      unsafe function.update(bufferPointer: bytes)
    }

    /// Ends the message, and begins another.
    package mutating func finish() throws(HashingError) -> SHA256Digest {
      let digest = function.finalize()
      function = CryptoKit.SHA256()
      return digest.withUnsafeBytes { unsafe SHA256Digest($0) }
    }
  #else
    private let context: OpenSSLContext

    /// Begins a message.
    ///
    /// - Throws: `HashingError` if OpenSSL is not installed, or will not hash.
    package init() throws(HashingError) { context = try OpenSSLContext.begun() }

    /// Takes in more of the message. O(n).
    package mutating func update(_ bytes: UnsafeRawBufferPointer) throws(HashingError) {
      try unsafe context.update(bytes)
    }

    /// Ends the message, and begins another.
    package mutating func finish() throws(HashingError) -> SHA256Digest {
      let digest = try context.finish()
      try context.begin()
      return digest
    }
  #endif

  /// Takes in more of the message. O(n).
  package mutating func update(_ bytes: [UInt8]) throws(HashingError) {
    var failure: HashingError?
    unsafe bytes.withUnsafeBytes { bytes in
      do throws(HashingError) { try unsafe update(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// The digest of a message; any other that was begun is ended by it.
  package mutating func digest(of bytes: [UInt8]) throws(HashingError) -> SHA256Digest {
    try update(bytes)
    return try finish()
  }
}

/// Why nothing can be hashed on this machine.
public enum HashingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The library could not be loaded.
  case notInstalled(reason: String)
  /// The library lacks a function.
  case noFunction(String)
  /// The system does not give the library the addresses that it needs.
  case noMemory(byteCount: Int)
  /// A function of the library refused to work, for want of memory or because the system forbids SHA-256.
  case failed(String)

  /// One line: what has to be there, what is there, and what to do.
  public var description: String {
    switch self {
    case .notInstalled(let reason):
      "cannot hash: expected libcrypto of OpenSSL 1.1 or later, found none that loads (\(reason)); install it, as with "
        + "`apt-get install openssl`"
    case .noFunction(let name):
      "cannot hash: expected libcrypto of OpenSSL 1.1 or later, found one without \(name); install another version"
    case .noMemory(let byteCount):
      "cannot hash: expected room for OpenSSL, \(byteCount >> 20) MiB of addresses, found less; raise the limit of this "
        + "process (`ulimit -v`, `ulimit -d`)"
    case .failed(let name): "cannot hash: expected SHA-256 of OpenSSL to work, found that \(name) failed"
    }
  }
}

/// Why matrices cannot be multiplied on this machine.
package enum BLASError: Error, Equatable, CustomStringConvertible {
  /// The library could not be loaded.
  case notInstalled(reason: String)
  /// The library lacks a function.
  case noFunction(String)
  /// The system does not give the library the addresses that it needs.
  case noMemory(byteCount: Int)
  /// An iteration of a function did not come to an end.
  case notConverged(String)

  package var description: String { "expected \(expected), found \(found)" }

  /// What has to be there.
  package var expected: String {
    switch self {
    case .notInstalled: "the library OpenBLAS"
    case .noFunction(let name): "an OpenBLAS with the function \(name)"
    case .notConverged(let name): "\(name) of OpenBLAS to converge"
    case .noMemory(let byteCount): "room for matrix products, \(byteCount >> 20) MiB of addresses"
    }
  }

  /// What is there, and what to do.
  package var found: String {
    switch self {
    case .notInstalled(let reason):
      "none (\(reason)); install it, as with `apt-get install libopenblas0` or `brew install openblas`"
    case .noFunction: "one without it; install another version"
    case .notConverged: "that it does not"
    case .noMemory: "less; use fewer threads, or raise the limit of this process (`ulimit -v`, `ulimit -d`)"
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The processors of this machine.
package enum Processors {
  /// How many are online, as many as a pool may have workers: 1...`WorkerPool.maximum`.
  package static var count: Int { max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), WorkerPool.maximum)) }
}

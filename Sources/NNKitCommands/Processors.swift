import NeuralNetwork

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The processors of this machine.
enum Processors {
  /// How many are online, as many as threads may be used.
  static var count: Int {
    min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), TrainingConfiguration.maximumThreads)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a process has written so far, collected from both of its pipes while it runs, so that neither fills up.
package struct OutputCollector {
  package private(set) var standardOutput: [UInt8] = []
  package private(set) var standardError: [UInt8] = []
  private let clock = ContinuousClock()

  /// Reads until both pipes are at their end.
  ///
  /// - Parameter observe: called whenever something has arrived.
  /// - Returns: false when the time was over first.
  mutating func collect(
    from process: ChildProcess, timeLimit: Duration, observe: (OutputCollector) -> Void
  ) -> Bool {
    let deadline = clock.now + timeLimit
    var open = [process.standardOutput, process.standardError]
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while !open.isEmpty {
      guard clock.now < deadline else { return false }
      var waiting = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&waiting, nfds_t(waiting.count), 50) > 0 else { continue }
      for entry in waiting where entry.revents != 0 {
        let count = read(entry.fd, &block, block.count)
        if count > 0 {
          if entry.fd == process.standardOutput {
            standardOutput += block[..<count]
          } else {
            standardError += block[..<count]
          }
        } else if count == 0 || errno != EINTR {
          open.removeAll { $0 == entry.fd }
        }
      }
      observe(self)
    }
    return true
  }
}

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C: the first asks for an orderly end, the second ends the process at once.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Whether the user asked to stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  static func install() {
    // The first use of a global initialises it, which must not happen inside the handler.
    requested.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] where !isIgnored(number) {
      _ = signal(number) { number in
        // Only what is safe inside a signal handler: an atomic store, and the way back to the default action.
        Interruption.requested.store(true, ordering: .relaxed)
        _ = signal(number, SIG_DFL)
      }
    }
  }

  /// Whether this process was started with the signal ignored, as shells do for jobs in the background.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return withUnsafeBytes(of: &action) { bytes in
      withUnsafeBytes(of: SIG_IGN) { ignore in bytes.prefix(ignore.count).elementsEqual(ignore) }
    }
  }
}

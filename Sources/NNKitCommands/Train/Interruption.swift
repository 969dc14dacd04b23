import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C, and the signals that ask a process to end: the first asks for an orderly end, the second ends the process at once.
enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// Whether the user asked to stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  static func install() {
    // The first use of a global initialises it, which must not happen inside the handler.
    requested.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
      _ = signal(number) { number in
        // Only what is safe inside a signal handler: an atomic store, the way back to the default action, and write(2).
        Interruption.requested.store(true, ordering: .relaxed)
        _ = signal(number, SIG_DFL)
        let notice: StaticString =
          "\nfinishing the mini-batch, then saving; press Ctrl-C again to stop without saving\n"
        _ = unsafe write(STDERR_FILENO, notice.utf8Start, notice.utf8CodeUnitCount)
      }
    }
  }

  /// Whether this process was started with the signal ignored, as shells do for jobs in the background.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(number, nil, &action) == 0 else { return false }
    return unsafe withUnsafeBytes(of: &action) { bytes in
      unsafe withUnsafeBytes(of: SIG_IGN) { ignore in unsafe bytes.prefix(ignore.count).elementsEqual(ignore) }
    }
  }
}

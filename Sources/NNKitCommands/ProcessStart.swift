import MachineLimits
import Threads

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What has to be settled before anything else runs.
enum ProcessStart {
  static func prepare() {
    // A file that is opened while a standard descriptor is closed would take its place, and our messages.
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = unsafe open("/dev/null", O_RDWR)
    }
    // A reader that went away, or a limit on the size of files, is an error of that write, and no reason to lose
    // what was trained.
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
    ProcessLimits.shareAllocator()
  }

  /// Calls `body`, on a thread of its own where the stack of this one is too small (`ulimit -s`).
  static func runWithAmpleStack(_ body: @escaping @Sendable () -> Void) {
    guard ProcessLimits.hasLittleStack else { return body() }
    // Without the thread the small stack is the only one.
    guard let thread = try? SystemThread(body) else { return body() }
    thread.join()
  }

  /// Ends the process by the signal that would have ended it already without `prepare()`.
  static func endByBrokenPipe() {
    _ = signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
  }
}

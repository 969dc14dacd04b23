import Threads

#if canImport(Glibc)
  package import Glibc
#elseif canImport(Musl)
  package import Musl
#else
  package import Darwin
#endif

/// A process of its own group, with pipes for its output and a file for its input.
package struct ChildProcess {
  package struct Failure: Error {
    package let call: String
    package let errorNumber: Int32
  }

  package let identifier: pid_t
  package let standardOutput: Int32
  package let standardError: Int32

  /// Tests run side by side: between the creation of a pipe and its close-on-exec flag, no other child may start, or
  /// it would hold the pipe open.
  private static let spawning = Lock(())

  /// - Parameter input: the path of what the process reads as its standard input.
  package init(
    executable: String, arguments: [String], environment: [String: String], folder: String, input: String
  ) throws {
    self = try ChildProcess.spawning.withLock { _ in
      let output = try ChildProcess.pipe()
      let error = try ChildProcess.pipe()
      defer {
        close(output.writing)
        close(error.writing)
      }
      #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
      #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
      #endif
      posix_spawn_file_actions_init(&actions)
      posix_spawnattr_init(&attributes)
      defer {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
      }
      posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
      posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
      posix_spawn_file_actions_adddup2(&actions, error.writing, STDERR_FILENO)

      // A test run in the background ignores Ctrl-C; its children here must not inherit that.
      var signals = sigset_t()
      sigemptyset(&signals)
      posix_spawnattr_setsigmask(&attributes, &signals)
      for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, number) }
      posix_spawnattr_setsigdefault(&attributes, &signals)
      posix_spawnattr_setpgroup(&attributes, 0)
      posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

      // The shell changes the folder, then becomes the program: there is no portable call for it.
      let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder, executable]
      var words = (shell + arguments).map { strdup($0) } + [nil]
      var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
      defer { for text in words + variables { free(text) } }
      var identifier: pid_t = 0
      let number = posix_spawn(&identifier, shell[0], &actions, &attributes, &words, &variables)
      guard number == 0 else { throw Failure(call: "posix_spawn \(executable)", errorNumber: number) }
      return ChildProcess(
        identifier: identifier, standardOutput: output.reading, standardError: error.reading)
    }
  }

  private init(identifier: pid_t, standardOutput: Int32, standardError: Int32) {
    self.identifier = identifier
    self.standardOutput = standardOutput
    self.standardError = standardError
  }

  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [0, 0]
    #if canImport(Glibc)
      let status = Glibc.pipe(&ends)
    #elseif canImport(Musl)
      let status = Musl.pipe(&ends)
    #else
      let status = Darwin.pipe(&ends)
    #endif
    guard status == 0 else { throw Failure(call: "pipe", errorNumber: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Sends a signal to the process and to what it started.
  package func send(_ number: Int32) { _ = kill(-identifier, number) }

  /// Waits for the end, and returns the exit code or the number of the signal that ended it.
  package func wait() throws -> (exitCode: Int32?, signal: Int32?) {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 {
      guard errno == EINTR else { throw Failure(call: "waitpid", errorNumber: errno) }
    }
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8 & 0xFF, nil) : (nil, signal)
  }
}

import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A program that was run to its end or until the time was over, and what it cost.
struct Run {
  enum Ending: Equatable, CustomStringConvertible {
    case exit(Int32)
    case signal(Int32)
    case timeOver

    var description: String {
      switch self {
      case .exit(let code): "exit \(code)"
      case .signal(let number): "signal \(number)"
      case .timeOver: "not ended in time"
      }
    }
  }

  let ending: Ending
  /// Seconds until it ended.
  let wall: Double
  /// Seconds of all its threads: other processes on the machine change it less.
  let cpu: Double
  /// The most memory that it had at once, in bytes.
  let peak: Int
  let output: Stream
  let errors: Stream

  /// What came through a pipe. The beginning is kept: it may be large, and our own memory is small for a reason.
  struct Stream: Equatable {
    var beginning: [UInt8] = []
    var count = 0
    var lines = 0
    /// Of all bytes (FNV-1a).
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func append(_ bytes: ArraySlice<UInt8>) {
      if beginning.count < 1 << 17 { beginning += bytes }
      count += bytes.count
      for byte in bytes {
        if byte == 10 { lines += 1 }
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
    }
  }

  var errorText: String { String(decoding: errors.beginning, as: UTF8.self) }
  var outputText: String { String(decoding: output.beginning, as: UTF8.self) }

  /// - Parameter environment: variables besides the path.
  init(
    _ executable: String, _ arguments: [String], in folder: String, timeLimit: Duration,
    environment: [String: String] = [:]
  ) throws {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    // The report of a crash takes seconds, and is none of the program's own words.
    let variables = ["PATH": path, "SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }
    let clock = ContinuousClock()
    let start = clock.now
    let process = try ChildProcess(
      executable: executable, arguments: arguments, environment: variables, folder: folder, input: "/dev/null")
    var streams = [Stream(), Stream()]
    let isOver = !Run.collect(process, into: &streams, until: start + timeLimit)
    if isOver { process.send(SIGKILL) }
    var (status, usage): (Int32, rusage) = (0, rusage())
    while wait4(process.identifier, &status, 0, &usage) < 0, errno == EINTR {}
    wall = (clock.now - start) / .seconds(1)
    close(process.standardOutput)
    close(process.standardError)
    let signal = status & 0x7F
    ending = isOver ? .timeOver : signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
    cpu = Run.seconds(usage.ru_utime) + Run.seconds(usage.ru_stime)
    #if canImport(Darwin)
      peak = Int(usage.ru_maxrss)
    #else
      peak = Int(usage.ru_maxrss) << 10
    #endif
    (output, errors) = (streams[0], streams[1])
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

  /// Reads both pipes to their ends; false when the time was over first.
  private static func collect(
    _ process: ChildProcess, into streams: inout [Stream], until deadline: ContinuousClock.Instant
  ) -> Bool {
    let pipes = [process.standardOutput, process.standardError]
    var open = [0, 1]
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while !open.isEmpty {
      guard ContinuousClock().now < deadline else { return false }
      var waiting = open.map { pollfd(fd: pipes[$0], events: Int16(POLLIN), revents: 0) }
      guard poll(&waiting, nfds_t(waiting.count), 50) > 0 else { continue }
      for (entry, stream) in zip(waiting, open) where entry.revents != 0 {
        let count = read(entry.fd, &block, block.count)
        if count > 0 {
          streams[stream].append(block[..<count])
        } else if count == 0 || errno != EINTR {
          open.removeAll { $0 == stream }
        }
      }
    }
    return true
  }
}

/// Why the examination itself cannot go on.
struct StressFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

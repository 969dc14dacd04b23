#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How long an input may take: a time for all, and more for each of its bytes.
///
/// Time is that of the process on processors, so that others at work on the machine do not count. It is that of a program
/// with Address Sanitizer and the checks of a debug build.
enum TimeAllowance {
  /// What each input may take, in seconds. What was measured is less than a tenth of a second.
  private static let base = 0.25
  /// What it may take besides for each byte.
  private static let perByte = 10e-6
  /// An input that takes too long gets another chance or two: the machine may have been busy.
  private static let attempts = 3

  // libFuzzer calls on one thread, and takes a C function, which holds no values.
  nonisolated(unsafe) static var examine: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt = { _, _ in 0 }

  static func measure(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let allowed = base + perByte * Double(count)
    var (result, least) = (CInt(0), Double.infinity)
    for _ in 0..<attempts where least > allowed {
      let beginning = processorTime()
      result = examine(start, count)
      least = min(least, processorTime() - beginning)
    }
    require(least <= allowed, "\(least) s for \(count) bytes, which may take \(allowed) s")
    return result
  }

  /// The seconds that the process has run on all processors.
  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

import CFuzzer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bridge to libFuzzer.
package enum Fuzzer {
  /// Calls `examine` with one input after another, as the arguments of the program say, and ends the program.
  ///
  /// An input that takes longer than `TimeAllowance` grants one of its size is a finding.
  package static func run(
    _ examine: @escaping @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> Never {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    TimeAllowance.examine = examine
    exit(LLVMFuzzerRunDriver(&count, &arguments) { TimeAllowance.measure($0, $1) })
  }

  /// A copy of an input.
  package static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// Bytes changed by one of libFuzzer's own mutations, which know what comparisons failed, and the dictionary.
  package static func mutated(_ bytes: [UInt8], growth: Int = 256) -> [UInt8] {
    var buffer = bytes + [UInt8](repeating: 0, count: growth)
    let count = buffer.withUnsafeMutableBufferPointer { LLVMFuzzerMutate($0.baseAddress, bytes.count, $0.count) }
    return Array(buffer.prefix(count))
  }

  /// Puts a mutated input where libFuzzer wants it; when it is too long, the old one is mutated byte by byte.
  package static func deliver(
    _ bytes: [UInt8], to data: UnsafeMutablePointer<UInt8>, count: Int, capacity: Int
  ) -> Int {
    guard bytes.count <= capacity else { return LLVMFuzzerMutate(data, count, capacity) }
    data.update(from: bytes, count: bytes.count)
    return bytes.count
  }
}

/// Ends the program with a message, which libFuzzer reports as a finding, unless the condition holds.
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}

/// The value of an expression that must not throw.
package func requireNoError<Value, Failure: Error>(
  _ message: @autoclosure () -> String, _ body: () throws(Failure) -> Value
) -> Value {
  do throws(Failure) { return try body() } catch { fatalError("\(message()): \(error)") }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The system calls under names that the types of this folder do not shadow with methods of their own.
enum SystemCall {
  /// The most bytes that one call is asked to move: Darwin refuses more than `Int32.max`.
  static let largestTransfer = 1 << 30

  static func read(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
    #elseif canImport(Musl)
      Musl.read(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
    #else
      Darwin.read(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
    #endif
  }

  static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
    #else
      Darwin.write(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
    #endif
  }

  static func close(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #elseif canImport(Musl)
      Musl.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }

  static func rename(_ old: String, _ new: String) -> Int32 {
    #if canImport(Glibc)
      Glibc.rename(old, new)
    #elseif canImport(Musl)
      Musl.rename(old, new)
    #else
      Darwin.rename(old, new)
    #endif
  }

  /// The `errno` of the call that failed last on this thread.
  static var lastError: Int32 { errno }
}

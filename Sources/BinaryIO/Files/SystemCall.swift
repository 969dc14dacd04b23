#if canImport(Glibc)
  import CLinux
  import Glibc
#elseif canImport(Musl)
  import CLinux
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
      unsafe Glibc.read(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
    #elseif canImport(Musl)
      Musl.read(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
    #else
      Darwin.read(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
    #endif
  }

  static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(descriptor, bytes.baseAddress, min(bytes.count, largestTransfer))
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
      unsafe Glibc.rename(old, new)
    #elseif canImport(Musl)
      Musl.rename(old, new)
    #else
      Darwin.rename(old, new)
    #endif
  }

  /// Renames a file, and fails with EEXIST where `rename` would replace another.
  static func renameWithoutReplacing(_ old: String, _ new: String) -> Int32 {
    #if canImport(Darwin)
      renamex_np(old, new, UInt32(RENAME_EXCL))
    #else
      unsafe nnkit_rename_without_replacing(old, new)
    #endif
  }

  /// Creates a file without a name in `folder`: nothing of it outlives the process unless it is given one.
  static func createUnnamed(inFolder folder: String, mode: mode_t) -> Int32 {
    #if canImport(Darwin)
      errno = ENOTSUP
      return -1
    #else
      let descriptor = unsafe open(folder, O_WRONLY | O_CLOEXEC | nnkit_open_unnamed, mode)
      // Without /proc it could be written, and never be given a name.
      guard descriptor >= 0, unsafe access(descriptorPath(descriptor), F_OK) != 0 else { return descriptor }
      _ = close(descriptor)
      errno = ENOENT
      return -1
    #endif
  }

  /// Gives a name to a file without one; fails with EEXIST where another exists.
  static func nameUnnamed(_ descriptor: Int32, _ path: String) -> Int32 {
    unsafe linkat(AT_FDCWD, descriptorPath(descriptor), AT_FDCWD, path, AT_SYMLINK_FOLLOW)
  }

  private static func descriptorPath(_ descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

  /// Waits until the bytes of a file are on the device.
  static func synchronize(_ descriptor: Int32) -> Int32 {
    #if canImport(Darwin)
      // Darwin's fsync(2) leaves them in the cache of the device; not every file system offers more.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
    #endif
    return fsync(descriptor)
  }

  /// The `errno` of the call that failed last on this thread.
  static var lastError: Int32 { errno }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The path of a file that is removed when it is no longer needed.
final class ScratchFile {
  let path: String

  /// - Parameter folder: where it is; nil for the folder that the environment names for temporary files.
  init(in folder: String?, suffix: String) {
    let folder = unsafe folder ?? getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    path = "\(folder)/nnkit-bench-\(getpid())\(suffix)"
  }

  deinit { unsafe unlink(path) }
}

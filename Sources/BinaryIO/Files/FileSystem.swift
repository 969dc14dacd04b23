#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Questions about paths, asked before work begins so that hours of it do not end in a refusal.
package enum FileSystem {
  /// Throws what `AtomicFileWriter.create` would throw, leaving nothing behind.
  package static func checkWritable(_ path: String, replacing: Bool) throws(FileError) {
    guard path != "-" else { return }
    var status = stat()
    if unsafe stat(path, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
      // Opening a pipe, and closing it again, would be the end of it for its reader.
      guard unsafe access(path, W_OK) == 0 else {
        throw FileError(operation: .create, path: path, errorNumber: SystemCall.lastError)
      }
      return
    }
    _ = try AtomicFileWriter.create(path: path, replacing: replacing)
  }

  /// Whether two paths lead to one file, through links too. Where nothing exists yet, what would be created counts.
  package static func isSameFile(_ first: String, _ second: String) -> Bool {
    guard first != "-", second != "-" else { return false }
    switch (identity(first), identity(second)) {
    case (let one?, let other?): return one == other
    case (nil, nil):
      let (one, other) = (FilePath.split(FilePath.resolved(first)), FilePath.split(FilePath.resolved(second)))
      guard let folder = identity(one.folder) else { return false }
      return one.name == other.name && folder == identity(other.folder)
    default: return false
    }
  }

  /// What tells a file or a folder from all others; nil where nothing exists.
  private static func identity(_ path: String) -> Identity? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? Identity(device: status.st_dev, number: status.st_ino) : nil
  }

  private struct Identity: Equatable {
    let device: dev_t
    let number: ino_t
  }

  /// Whether something exists at `path`.
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether `path` is a folder.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in the folder at `path`, sorted.
  package static func names(inFolder path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(path) else {
      throw FileError(operation: .open, path: path, errorNumber: SystemCall.lastError)
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

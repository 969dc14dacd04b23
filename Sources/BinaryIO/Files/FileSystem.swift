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
    if stat(path, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
      // Opening a pipe, and closing it again, would be the end of it for its reader.
      guard access(path, W_OK) == 0 else {
        throw FileError(operation: .create, path: path, errorNumber: SystemCall.lastError)
      }
      return
    }
    _ = try AtomicFileWriter.create(path: path, replacing: replacing)
  }

  /// Whether two paths lead to one file, through links too. A path where nothing stands is no file.
  package static func isSameFile(_ first: String, _ second: String) -> Bool {
    var (one, other) = (stat(), stat())
    guard first != "-", second != "-", stat(first, &one) == 0, stat(second, &other) == 0 else { return false }
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino
  }

  /// Whether something stands at `path`.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether `path` is a folder.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in the folder at `path`, sorted.
  package static func names(inFolder path: String) throws(FileError) -> [String] {
    guard let folder = opendir(path) else {
      throw FileError(operation: .open, path: path, errorNumber: SystemCall.lastError)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

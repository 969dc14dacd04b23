import BinaryIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of its own for one test, removed with all that is in it when the test is over.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws(FileError) {
    var template = Array("/tmp/nnkit-tests-XXXXXX".utf8CString)
    guard let created = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } })
    else {
      throw FileError(operation: .create, path: "/tmp", reason: .system(errno))
    }
    path = String(cString: created)
  }

  deinit { TemporaryFolder.removeAll(in: path) }

  private static func removeAll(in folder: String) {
    _ = chmod(folder, 0o700)
    for name in (try? FileSystem.names(inFolder: folder)) ?? [] {
      let path = folder + "/" + name
      // unlink(2) fails for folders, and removes links without following them.
      if unlink(path) != 0 { removeAll(in: path) }
    }
    _ = rmdir(folder)
  }

  /// Whether a folder here can hold files without a name.
  static let hasUnnamedFiles: Bool = {
    #if os(Linux)
      guard let folder = try? TemporaryFolder() else { return false }
      // O_TMPFILE, which Swift does not show.
      let descriptor = open(folder.path, O_WRONLY | O_DIRECTORY | 0o20000000, 0o600)
      guard descriptor >= 0 else { return false }
      return close(descriptor) == 0
    #else
      return false
    #endif
  }()

  /// The path of `name` in the folder.
  func file(_ name: String) -> String { path + "/" + name }

  /// The names in the folder, sorted.
  func names() throws(FileError) -> [String] { try FileSystem.names(inFolder: path) }

  /// Writes a file the plain way, without the code under test.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws(FileError) -> String {
    let path = file(name)
    guard let stream = fopen(path, "wb") else {
      throw FileError(operation: .create, path: path, reason: .system(errno))
    }
    defer { fclose(stream) }
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else {
      throw FileError(operation: .write, path: path, reason: .system(errno))
    }
    return path
  }

  /// Reads a file the plain way, without the code under test.
  func read(_ name: String) throws(FileError) -> [UInt8] {
    guard let stream = fopen(file(name), "rb") else {
      throw FileError(operation: .open, path: file(name), reason: .system(errno))
    }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    while true {
      let byte = getc(stream)
      if byte == EOF { return bytes }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
  }
}

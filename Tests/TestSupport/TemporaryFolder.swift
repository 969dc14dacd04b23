package import BinaryIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of its own for one test, removed with all that is in it when the test is over.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws(FileError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/nnkit-tests-XXXXXX").utf8CString)
    guard let created = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } })
    else {
      throw FileError(operation: .create, path: parent, reason: .system(errno))
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

  /// Whether a folder here can hold files without a name, as in most of Linux's file systems.
  package static let hasUnnamedFiles: Bool = {
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
  package func file(_ name: String) -> String { path + "/" + name }

  /// The names in the folder, sorted.
  package func names() throws(FileError) -> [String] { try FileSystem.names(inFolder: path) }

  /// Writes a file the plain way, without the code under test.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws(FileError) -> String {
    let path = file(name)
    guard let stream = fopen(path, "wb") else {
      throw FileError(operation: .create, path: path, reason: .system(errno))
    }
    let isWritten = fwrite(bytes, 1, bytes.count, stream) == bytes.count
    // What is left in the buffer of the stream is written only now.
    guard fclose(stream) == 0, isWritten else {
      throw FileError(operation: .write, path: path, reason: .system(errno))
    }
    return path
  }

  /// Reads a file of the folder the plain way, without the code under test.
  package func read(_ name: String) throws(FileError) -> [UInt8] { try TemporaryFolder.bytes(file(name)) }

  /// Reads a file the plain way, without the code under test.
  package static func bytes(_ path: String) throws(FileError) -> [UInt8] {
    guard let stream = fopen(path, "rb") else {
      throw FileError(operation: .open, path: path, reason: .system(errno))
    }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&block, 1, block.count, stream)
      bytes += block[..<count]
      guard count < block.count else { continue }
      guard ferror(stream) == 0 else { throw FileError(operation: .read, path: path, reason: .system(errno)) }
      return bytes
    }
  }
}

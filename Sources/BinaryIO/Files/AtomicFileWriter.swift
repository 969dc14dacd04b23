#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a file so that a crash at any point leaves the old file or the complete new one.
///
/// Bytes go to a temporary file in the same folder. `commit()` synchronises it, gives it the permission bits of
/// the file that it replaces, renames it into place and synchronises the folder. A writer that ends without
/// `commit()` removes its temporary file. A device or a named pipe cannot be replaced: bytes go straight to it.
package struct AtomicFileWriter: ByteSink, ~Copyable {
  private let path: String
  /// Nil when the bytes go straight to a device or a named pipe.
  private let temporaryPath: String?
  private let folder: String
  private let replacing: Bool
  private var sink: DescriptorSink

  /// Creates the temporary file beside `path`.
  ///
  /// - Parameter replacing: whether a regular file that stands at `path` may be replaced. Without it both this
  ///   function and `commit()` refuse with `.alreadyExists`.
  package static func create(path: String, replacing: Bool) throws(FileError) -> AtomicFileWriter {
    guard !path.isEmpty else { throw FileError(operation: .create, path: path, reason: .notFound) }
    var status = stat()
    var mode: mode_t?
    if stat(path, &status) == 0 {
      let kind = status.st_mode & S_IFMT
      guard kind != S_IFDIR else {
        throw FileError(operation: .create, path: path, reason: .isDirectory)
      }
      // Nothing is lost by writing to a device or a pipe.
      guard kind == S_IFREG else { return try openInPlace(path) }
      guard replacing else { throw FileError(operation: .create, path: path, reason: .alreadyExists) }
      mode = status.st_mode & 0o7777
    }
    // A link stays a link: what it points to is replaced.
    let target = resolvedTarget(of: path)
    let (folder, _) = split(target)
    // Not made from the name, which may have its full length already.
    let stem = "\(folder == "/" ? "" : folder)/.nnkit.\(getpid())"
    let (sink, temporaryPath) = try createTemporary(stem: stem, for: path)
    if let mode { _ = fchmod(sink.descriptor, mode) }
    return AtomicFileWriter(
      path: target, temporaryPath: temporaryPath, folder: folder, replacing: replacing, sink: sink)
  }

  private init(
    path: String, temporaryPath: String?, folder: String, replacing: Bool, sink: DescriptorSink
  ) {
    self.path = path
    self.temporaryPath = temporaryPath
    self.folder = folder
    self.replacing = replacing
    self.sink = sink
  }

  private static func openInPlace(_ path: String) throws(FileError) -> AtomicFileWriter {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileError(operation: .create, path: path, errorNumber: SystemCall.lastError)
    }
    return AtomicFileWriter(
      path: path, temporaryPath: nil, folder: "", replacing: true,
      sink: DescriptorSink(descriptor: descriptor, path: path))
  }

  /// The folder and the name within it.
  private static func split(_ path: String) -> (folder: String, name: String) {
    // Bytes, not characters: a combining mark at the start of a name would hide the slash before it.
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }

  /// What `path` stands for once links are followed, also when the last of them points to nothing yet.
  private static func resolvedTarget(of path: String) -> String {
    var path = path
    for _ in 0..<40 {
      if let resolved = realpath(path, nil) {
        defer { free(resolved) }
        return String(cString: resolved)
      }
      var destination = [UInt8](repeating: 0, count: Int(PATH_MAX))
      let count = destination.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { readlink(path, $0, buffer.count) } ?? -1
      }
      guard count > 0 else { return path }
      let link = String(decoding: destination[..<count], as: UTF8.self)
      path = link.utf8.first == UInt8(ascii: "/") ? link : split(path).folder + "/" + link
    }
    return path
  }

  private static func createTemporary(
    stem: String, for path: String
  ) throws(FileError) -> (DescriptorSink, temporaryPath: String) {
    for attempt in 0..<100 {
      let candidate = "\(stem).\(attempt).tmp"
      let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (DescriptorSink(descriptor: descriptor, path: path), candidate) }
      guard SystemCall.lastError == EEXIST else { break }
    }
    throw FileError(operation: .create, path: path, errorNumber: SystemCall.lastError)
  }

  deinit {
    _ = SystemCall.close(sink.descriptor)
    // After a commit the name is gone, and this fails harmlessly.
    if let temporaryPath { _ = unlink(temporaryPath) }
  }

  /// Appends all of `bytes` to the temporary file.
  package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try sink.write(bytes)
  }

  /// Makes the new file durable and puts it in place.
  package consuming func commit() throws(FileError) {
    guard let temporaryPath else { return }  // a device or a pipe has nothing to put in place
    guard fsync(sink.descriptor) == 0 else {
      throw FileError(operation: .synchronize, path: path, errorNumber: SystemCall.lastError)
    }
    if replacing {
      guard SystemCall.rename(temporaryPath, path) == 0 else {
        throw FileError(operation: .rename, path: path, errorNumber: SystemCall.lastError)
      }
    } else {
      // link(2) refuses a name that appeared meanwhile, where rename(2) would replace it.
      guard link(temporaryPath, path) == 0 else {
        throw FileError(operation: .create, path: path, errorNumber: SystemCall.lastError)
      }
    }
    let folderDescriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard folderDescriptor >= 0 else { return }  // a folder may be writable but not readable
    defer { _ = SystemCall.close(folderDescriptor) }
    guard fsync(folderDescriptor) == 0 || SystemCall.lastError == EINVAL else {
      throw FileError(operation: .synchronize, path: folder, errorNumber: SystemCall.lastError)
    }
  }
}

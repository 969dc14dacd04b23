#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes a file so that a crash at any point leaves the old file or the complete new one.
///
/// Bytes go to a temporary file in the same folder, which has the permission bits of the file that it replaces.
/// `commit()` synchronises it, puts it in place and synchronises the folder. A writer that ends without `commit()`
/// leaves nothing behind. A device or a named pipe cannot be replaced: bytes go straight to it.
package struct AtomicFileWriter: ByteSink, ~Copyable {
  private let path: String
  private let target: String
  private let replacing: Bool
  private let operations: FileOperations
  private var file: UnfinishedFile
  private var sink: DescriptorSink
  /// Whether bytes go straight to a device or a named pipe.
  private let isInPlace: Bool

  private init(
    path: String, target: String, replacing: Bool, isInPlace: Bool, _ file: consuming UnfinishedFile,
    _ operations: FileOperations
  ) {
    sink = DescriptorSink(descriptor: file.descriptor, path: path, operations)
    self.path = path
    self.target = target
    self.replacing = replacing
    self.isInPlace = isInPlace
    self.file = file
    self.operations = operations
  }

  /// Creates the temporary file next to `path`.
  ///
  /// - Parameter replacing: whether an existing regular file at `path` may be replaced. Without it both this
  ///   function and `commit()` refuse with `.alreadyExists`, and this one with `.replacementInevitable` where the
  ///   file system cannot promise that.
  package static func create(path: String, replacing: Bool) throws(FileError) -> AtomicFileWriter {
    guard !path.isEmpty else { throw FileError(operation: .create, path: path, reason: .notFound) }
    let operations = FileOperations()
    do throws(SystemError) {
      var mode: mode_t?
      if let status = try operations.inspect(path) {
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw SystemError(number: EISDIR)
        case S_IFREG:
          guard replacing else { throw SystemError(number: EEXIST) }
          mode = status.st_mode & 0o7777
        default:
          // Nothing is lost by writing to a device or a pipe.
          let file = try UnfinishedFile.device(path, operations)
          return AtomicFileWriter(
            path: path, target: path, replacing: replacing, isInPlace: true, file, operations)
        }
      }
      // A link stays a link: what it points to is replaced.
      let target = FilePath.resolved(path)
      let folder = FilePath.split(target).folder
      let file = try UnfinishedFile.create(inFolder: folder, mode: mode, replacing: replacing, operations)
      return AtomicFileWriter(path: path, target: target, replacing: replacing, isInPlace: false, file, operations)
    } catch {
      throw FileError(operation: .create, path: path, error)
    }
  }

  /// Appends all of `bytes` to the temporary file.
  package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try unsafe sink.write(bytes)
  }

  /// Makes the new file durable and puts it in place.
  ///
  /// After an error the old file is there, with one exception: when the folder cannot be synchronised, the new one is
  /// in place, complete, and may be gone after a power failure.
  package consuming func commit() throws(FileError) {
    var operation = FileError.Operation.synchronize
    do throws(SystemError) {
      try file.synchronize()
      if isInPlace { return }
      // Opened first: what cannot be made durable is not put in place.
      let folder = try operations.openFolder(FilePath.split(target).folder)
      defer { if let folder { operations.close(folder) } }
      operation = replacing ? .rename : .create
      try file.put(at: target, replacing: replacing)
      operation = .synchronize
      if let folder { try operations.synchronizeFolder(folder) }
    } catch {
      throw FileError(operation: operation, path: path, error)
    }
  }
}

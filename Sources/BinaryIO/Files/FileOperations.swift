#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A system call that failed.
struct SystemError: Error {
  /// The system's error number.
  let number: Int32
  /// What that means, where it means something else than usual.
  var reason: FileError.Reason?
}

/// The system calls that a save makes, each of which a test can let fail.
package struct FileOperations: Sendable {
  /// What a call is for.
  package enum Call: String, CaseIterable, Sendable {
    case inspect, createUnnamed, create, openDevice, setMode, write, synchronize
    case name, rename, renameWithoutReplacing, link, remove, openFolder, synchronizeFolder, close

    /// Whether POSIX lets a signal interrupt the call before it has done anything, so that it is made again.
    /// `close` is not among them: what it has closed is gone, and the number may be another file's by then.
    fileprivate var isRepeated: Bool {
      switch self {
      case .createUnnamed, .create, .openDevice, .openFolder, .setMode, .write, .synchronize, .synchronizeFolder: true
      case .inspect, .name, .rename, .renameWithoutReplacing, .link, .remove, .close: false
      }
    }
  }

  /// What a test lets happen in place of a call, or in addition to it.
  package enum Fault: Sendable {
    /// Nothing is done, and the call fails with that number.
    case error(Int32)
    /// The call is made, and then reported as failed with that number.
    case errorAfterwards(Int32)
    /// At most this many bytes are written.
    case shortWrite(Int)
  }

  /// Asked before each call of the saves that begin while it is set; nil lets the call be made as it is.
  @TaskLocal package static var faults: (@Sendable (Call) -> Fault?)?

  private let faults = FileOperations.faults

  init() {}

  /// Makes a call, which may move `limit` bytes.
  @discardableResult
  private func perform(_ call: Call, _ body: (_ limit: Int) -> Int) throws(SystemError) -> Int {
    while true {
      var number: Int32?
      var limit = SystemCall.largestTransfer
      var isMade = true
      switch faults?(call) {
      case .error(let injected): (number, isMade) = (injected, false)
      case .errorAfterwards(let injected): number = injected
      case .shortWrite(let count): limit = count
      case nil: break
      }
      let result = isMade ? body(limit) : -1
      if number == nil, result >= 0 { return result }
      let error = SystemError(number: number ?? SystemCall.lastError)
      guard call.isRepeated, error.number == EINTR else { throw error }
    }
  }

  /// What is at `path`; nil when nothing is.
  func inspect(_ path: String) throws(SystemError) -> stat? {
    var status = stat()
    do { try perform(.inspect) { _ in unsafe Int(stat(path, &status)) } } catch {
      if error.number == ENOENT { return nil }
      throw error
    }
    return status
  }

  /// Opens what is no regular file, for writing.
  func openDevice(_ path: String) throws(SystemError) -> Int32 {
    Int32(try perform(.openDevice) { _ in unsafe Int(open(path, O_WRONLY | O_CLOEXEC)) })
  }

  /// Creates a file that must not be there yet, for writing.
  func create(_ path: String, mode: mode_t) throws(SystemError) -> Int32 {
    Int32(try perform(.create) { _ in unsafe Int(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)) })
  }

  /// Creates a file without a name, for writing: nothing of it outlives the process unless it is given one.
  func createUnnamed(inFolder folder: String, mode: mode_t) throws(SystemError) -> Int32 {
    Int32(try perform(.createUnnamed) { _ in Int(SystemCall.createUnnamed(inFolder: folder, mode: mode)) })
  }

  /// Gives a name to a file without one. Fails with EEXIST where something exists.
  func name(_ descriptor: Int32, _ path: String) throws(SystemError) {
    try perform(.name) { _ in Int(SystemCall.nameUnnamed(descriptor, path)) }
  }

  func setMode(_ descriptor: Int32, _ mode: mode_t) throws(SystemError) {
    try perform(.setMode) { _ in Int(fchmod(descriptor, mode)) }
  }

  /// Writes some of `bytes`, and returns how many.
  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    try perform(.write) { unsafe SystemCall.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes.prefix($0))) }
  }

  /// Waits until the bytes of a file are on the device.
  func synchronize(_ descriptor: Int32) throws(SystemError) {
    try perform(.synchronize) { _ in Int(SystemCall.synchronize(descriptor)) }
  }

  func rename(_ old: String, _ new: String) throws(SystemError) {
    try perform(.rename) { _ in Int(SystemCall.rename(old, new)) }
  }

  /// Renames a file. Fails with EEXIST where `rename` would replace another, and where the file system has no such call.
  func renameWithoutReplacing(_ old: String, _ new: String) throws(SystemError) {
    try perform(.renameWithoutReplacing) { _ in Int(SystemCall.renameWithoutReplacing(old, new)) }
  }

  /// Gives a file a second name. Fails with EEXIST where something exists.
  func addName(_ old: String, _ new: String) throws(SystemError) {
    try perform(.link) { _ in unsafe Int(link(old, new)) }
  }

  func remove(_ path: String) throws(SystemError) {
    try perform(.remove) { _ in unsafe Int(unlink(path)) }
  }

  /// Opens a folder to synchronise it; nil if it cannot be read, as a folder may be writable and not readable.
  func openFolder(_ path: String) throws(SystemError) -> Int32? {
    do { return Int32(try perform(.openFolder) { _ in unsafe Int(open(path, O_RDONLY | O_CLOEXEC)) }) } catch {
      if error.number == EACCES { return nil }
      throw error
    }
  }

  /// Waits until the names in a folder are on the device.
  func synchronizeFolder(_ descriptor: Int32) throws(SystemError) {
    do { try perform(.synchronizeFolder) { _ in Int(SystemCall.synchronize(descriptor)) } } catch {
      if [EINVAL, ENOTSUP, EOPNOTSUPP].contains(error.number) { return }  // not every file system has that for folders
      throw error
    }
  }

  /// Closes a file whose bytes need nothing more: they have been synchronised, or are not wanted.
  func close(_ descriptor: Int32) {
    do { try perform(.close) { _ in Int(SystemCall.close(descriptor)) } } catch {
      // What a late write error could tell, `synchronize` has told. Trying again might close another file.
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is being written. Unless it is put in place, nothing of it remains.
///
/// Where the system has files without a name (Linux's `O_TMPFILE`), it is one until it is complete, and so disappears
/// with a process that is killed. Elsewhere it is named `.nnkit.RANDOM.tmp`, and stays when the process is killed.
/// Such files are never removed by others: on a shared folder no one can tell whether their writer still lives.
struct UnfinishedFile: ~Copyable {
  private enum Place {
    case unnamed
    case temporary(String)
    case final
  }

  let descriptor: Int32
  private let folder: String
  private let operations: FileOperations
  private var place: Place

  private init(descriptor: Int32, folder: String, operations: FileOperations, place: Place) {
    self.descriptor = descriptor
    self.folder = folder
    self.operations = operations
    self.place = place
  }

  deinit {
    operations.close(descriptor)
    if case .temporary(let path) = place { try? operations.remove(path) }
  }

  /// Opens a device or a pipe, which is written to from its current position.
  static func device(_ path: String, _ operations: FileOperations) throws(SystemError) -> UnfinishedFile {
    UnfinishedFile(descriptor: try operations.openDevice(path), folder: "", operations: operations, place: .final)
  }

  /// Creates an empty file in `folder`.
  ///
  /// - Parameters:
  ///   - mode: the permission bits; nil for those that new files get.
  ///   - replacing: whether it may later be put in another's place. If not, it is made sure now that the file system
  ///     can keep the other, so that the work in between is not lost.
  static func create(
    inFolder folder: String, mode: mode_t?, replacing: Bool, _ operations: FileOperations
  ) throws(SystemError) -> UnfinishedFile {
    // Never more than the bits of the old file, whose content may be private.
    let initialMode = mode.map { $0 & 0o777 } ?? 0o666
    var file: UnfinishedFile
    if let descriptor = try? operations.createUnnamed(inFolder: folder, mode: initialMode) {
      file = UnfinishedFile(descriptor: descriptor, folder: folder, operations: operations, place: .unnamed)
    } else {
      // The many reasons that make files without names impossible are no errors; any other appears again here.
      let (descriptor, path) = try temporary(inFolder: folder) { (path) throws(SystemError) in
        try operations.create(path, mode: initialMode)
      }
      file = UnfinishedFile(descriptor: descriptor, folder: folder, operations: operations, place: .temporary(path))
      if !replacing { try file.rehearse() }
    }
    if let mode { try file.setMode(mode) }
    return file
  }

  /// What `make` makes of a name in `folder` that is not taken, and the name.
  private static func temporary<Result>(
    inFolder folder: String, _ make: (String) throws(SystemError) -> Result
  ) throws(SystemError) -> (Result, path: String) {
    var attempts = 0
    while true {
      // Not made from the name of the file, which may have its full length already; nor from the number of the
      // process, which another host that shares the folder may have given as well.
      let path = "\(folder == "/" ? "" : folder)/.nnkit.\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
      do { return (try make(path), path) } catch {
        attempts += 1
        guard error.number == EEXIST, attempts < 100 else { throw error }
      }
    }
  }

  private func setMode(_ mode: mode_t) throws(SystemError) {
    do { try operations.setMode(descriptor, mode) } catch {
      // There are file systems without permission bits.
      guard [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS].contains(error.number) else { throw error }
    }
  }

  /// Moves the file, still empty, to another temporary name in the way that will put it in place.
  private mutating func rehearse() throws(SystemError) {
    guard case .temporary(let old) = place else { return }
    let (isMoved, new) = try UnfinishedFile.temporary(inFolder: folder) { (path) throws(SystemError) in
      try moveWithoutReplacing(old, path)
    }
    place = .temporary(new)
    if !isMoved { try operations.remove(old) }
  }

  /// Gives the file at `old` the name `new`, if that is free, and returns whether it has lost the old one by that.
  private func moveWithoutReplacing(_ old: String, _ new: String) throws(SystemError) -> Bool {
    do {
      try operations.renameWithoutReplacing(old, new)
      return true
    } catch {
      guard [EINVAL, ENOSYS, ENOTSUP, EOPNOTSUPP].contains(error.number) else { throw error }
    }
    do { try operations.addName(old, new) } catch {
      guard [EPERM, ENOSYS, ENOTSUP, EOPNOTSUPP].contains(error.number) else { throw error }
      throw SystemError(number: error.number, reason: .replacementInevitable)
    }
    return false
  }

  /// Waits until the bytes are on the device. A device or a pipe may have no such thing.
  func synchronize() throws(SystemError) {
    do { try operations.synchronize(descriptor) } catch {
      if case .final = place, [EINVAL, ENOTSUP, EROFS].contains(error.number) { return }
      throw error
    }
  }

  /// Gives the file its final name. Fails with EEXIST where something exists that must not be replaced.
  mutating func put(at path: String, replacing: Bool) throws(SystemError) {
    switch place {
    case .final: return
    case .unnamed:
      do {
        try operations.name(descriptor, path)
        place = .final
        return
      } catch {
        guard replacing, error.number == EEXIST else { throw error }
      }
      // No call replaces a file by one without a name: complete as it is, it gets one for a moment.
      let (_, name) = try UnfinishedFile.temporary(inFolder: folder) { (name) throws(SystemError) in
        try operations.name(descriptor, name)
      }
      place = .temporary(name)
      try operations.rename(name, path)
      place = .final
    case .temporary(let name):
      if replacing {
        try operations.rename(name, path)
        place = .final
      } else if try moveWithoutReplacing(name, path) {
        place = .final
      }
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An operation of the file system that failed: what was tried, on which path, and why.
public struct FileError: Error, Equatable, Sendable {
  /// What was tried.
  public enum Operation: String, Sendable {
    case open, inspect, read, create, write, synchronize, rename
  }

  /// Why it failed, in the few kinds that a caller treats differently.
  public enum Reason: Equatable, Sendable {
    case notFound
    case isDirectory
    case permissionDenied
    case alreadyExists
    case noSpace
    /// The file system has no way to create a file that protects another file of its name from being replaced.
    case replacementInevitable
    /// Files of the format that was asked for can be read, not written.
    case formatIsReadOnly
    /// Any other failure, with the system's error number.
    case system(Int32)
  }

  /// What was tried.
  public let operation: Operation
  /// The path as the caller gave it, `-` for a standard stream.
  public let path: String
  /// Why it failed.
  public let reason: Reason

  /// An error with its evidence.
  public init(operation: Operation, path: String, reason: Reason) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  package init(operation: Operation, path: String, errorNumber: Int32) {
    let reason: Reason =
      switch errorNumber {
      case ENOENT, ENOTDIR: .notFound
      case EISDIR: .isDirectory
      case EACCES, EPERM, EROFS: .permissionDenied
      case EEXIST: .alreadyExists
      case ENOSPC, EDQUOT: .noSpace
      default: .system(errorNumber)
      }
    self.init(operation: operation, path: path, reason: reason)
  }

  init(operation: Operation, path: String, _ error: SystemError) {
    if let reason = error.reason {
      self.init(operation: operation, path: path, reason: reason)
    } else {
      self.init(operation: operation, path: path, errorNumber: error.number)
    }
  }
}

extension FileError: CustomStringConvertible {
  /// One line: operation, path and cause.
  public var description: String {
    let name =
      switch (path, operation) {
      case ("", _): "a file without a name"
      case ("-", .open), ("-", .inspect), ("-", .read): "standard input"
      case ("-", _): "standard output"
      default: path
      }
    let cause =
      switch reason {
      case .notFound: "no such file or folder"
      case .isDirectory: "it is a folder, not a file"
      case .permissionDenied: "permission denied"
      case .alreadyExists: "it exists already"
      case .noSpace: "no space left on the device or in the quota"
      case .replacementInevitable: "its file system cannot keep a file of that name that appears meanwhile"
      case .formatIsReadOnly: "files of its format can be read, not written"
      case .system(let number): unsafe "\(String(cString: strerror(number))) (error \(number))"
      }
    return "cannot \(operation.rawValue) \(name): \(cause)"
  }
}

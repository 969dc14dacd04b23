public import BinaryIO

/// Why IDX data could not be read, written or used, with the evidence.
public struct IDXError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, CaseIterable, Sendable {
    /// The file system refused an operation; `fileError` says which and why.
    case file = "file"
    /// The file has no bytes, or is a gzip file of no bytes.
    case emptyFile = "empty-file"
    /// The file does not start with two zero bytes.
    case notIDX = "not-idx"
    /// The third byte is none of the six element types.
    case unknownElementType = "unknown-element-type"
    /// There is no dimension, or there are more than 255.
    case invalidRank = "invalid-rank"
    /// A dimension or the size that the dimensions ask for is out of range.
    case dimensionOverflow = "dimension-overflow"
    /// The file ends inside its header.
    case truncatedHeader = "truncated-header"
    /// The file holds fewer elements than its header declares.
    case truncatedData = "truncated-data"
    /// The file goes on after the last element.
    case trailingBytes = "trailing-bytes"
    /// The gzip stream is cut short, breaks its rules or fails its checksum.
    case damagedGzip = "damaged-gzip"
    /// The system has no memory for the elements, or for the compression library.
    case outOfMemory = "out-of-memory"
    /// The elements are of a type that cannot be used for the purpose.
    case wrongElementType = "wrong-element-type"
    /// The array has a rank that cannot be used for the purpose.
    case wrongRank = "wrong-rank"
    /// The dimensions ask for another number of elements than there are.
    case elementCountMismatch = "element-count-mismatch"
    /// There are not as many labels as images.
    case itemCountMismatch = "item-count-mismatch"
    /// A label is negative.
    case negativeLabel = "negative-label"
    /// A number that has to be finite is NaN or infinite.
    case notFinite = "not-finite"
    /// A count given by the caller is out of range.
    case invalidArgument = "invalid-argument"
    /// The path of a data folder leads to something else.
    case notAFolder = "not-a-folder"
    /// A data folder lacks a file.
    case missingFile = "missing-file"
    /// A data folder has several files for one purpose.
    case ambiguousFile = "ambiguous-file"
  }

  /// What kind of failure it is.
  public let code: Code
  /// The file or folder, `-` for a standard stream; nil for arrays in memory.
  public private(set) var path: String?
  /// The position in bytes: in the file, or in its inflated content when the file is gzip-compressed. For
  /// `.damagedGzip` it tells how much of the content had been read intact.
  public let offset: Int?
  /// What should have been there.
  public let expected: String
  /// What was there.
  public let found: String
  /// The operation that failed, for the code `file`.
  public let fileError: FileError?

  init(_ code: Code, path: String? = nil, offset: Int? = nil, expected: String, found: String) {
    self.code = code
    self.path = path
    self.offset = offset
    self.expected = expected
    self.found = found
    fileError = nil
  }

  init(_ error: FileError) {
    code = .file
    path = error.path
    offset = nil
    expected = "to \(error.operation.rawValue) \(error.path)"
    found = error.description
    fileError = error
  }

  init(_ failure: GzipReader.Failure, path: String, offset: Int) {
    switch failure {
    case .file(let error): self.init(error)
    case .stream(let error): self.init(error, path: path, offset: offset)
    }
  }

  init(_ failure: ContentStream.Failure, path: String, offset: Int) {
    switch failure {
    case .file(let error): self.init(error)
    case .gzip(let error): self.init(error, path: path, offset: offset)
    case .outOfMemory(let byteCount):
      self.init(.outOfMemory, path: path, offset: offset, expected: "memory for \(byteCount) bytes", found: "less")
    }
  }

  private init(_ error: CompressionError, path: String, offset: Int) {
    let whole = "a whole gzip stream"
    switch error {
    case .outOfMemory:
      self.init(.outOfMemory, path: path, offset: offset, expected: "memory for zlib", found: "none left")
    case .truncated:
      self.init(.damagedGzip, path: path, offset: offset, expected: whole, found: "the end of the file")
    case .damaged(let message):
      self.init(.damagedGzip, path: path, offset: offset, expected: whole, found: message)
    case .wrongSize(let expected, let found):
      self.init(
        .damagedGzip, path: path, offset: offset, expected: "\(expected) bytes", found: "\(found) bytes")
    case .trailingBytes(let count):
      self.init(
        .damagedGzip, path: path, offset: offset, expected: "the end of the file", found: "\(count) more bytes")
    }
  }

  /// The same error with the path filled in, where it was not known when the error arose.
  func at(path: String) -> IDXError {
    var error = self
    error.path = error.path ?? path
    return error
  }
}

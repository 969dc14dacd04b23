public import BinaryIO

/// Why an `.npy` file could not be read, written or used, with the evidence.
public struct NPYError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, CaseIterable, Sendable {
    /// The file system refused an operation; `fileError` says which and why.
    case file = "file"
    /// The file does not start with NumPy's signature.
    case notNPY = "not-npy"
    /// The version of the format is none of 1.0, 2.0 and 3.0.
    case unsupportedVersion = "unsupported-version"
    /// The header is no dictionary of `descr`, `fortran_order` and `shape`, or is longer than allowed.
    case invalidHeader = "invalid-header"
    /// The elements are of a type that is not read: Python objects, text, dates, records.
    case unsupportedType = "unsupported-type"
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
    /// A number does not fit in the type that is asked for.
    case outOfRange = "out-of-range"
    /// The dimensions ask for another number of elements than there are.
    case elementCountMismatch = "element-count-mismatch"
    /// A count given by the caller is out of range.
    case invalidArgument = "invalid-argument"
  }

  /// What kind of failure it is.
  public let code: Code
  /// The file, `-` for a standard stream; nil for arrays in memory.
  public private(set) var path: String?
  /// The position in bytes: in the file, or in its inflated content when the file is gzip-compressed.
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

  init(_ failure: ContentStream.Failure, path: String, offset: Int) {
    switch failure {
    case .file(let error): self.init(error)
    case .gzip(.outOfMemory):
      self.init(.outOfMemory, path: path, offset: offset, expected: "memory for zlib", found: "none left")
    case .gzip(let error):
      self.init(.damagedGzip, path: path, offset: offset, expected: "a whole gzip stream", found: "\(error)")
    case .outOfMemory(let byteCount):
      self.init(.outOfMemory, path: path, offset: offset, expected: "memory for \(byteCount) bytes", found: "less")
    }
  }

  /// The same error with the path filled in, where it was not known when the error arose.
  func at(path: String) -> NPYError {
    var error = self
    error.path = error.path ?? path
    return error
  }
}

extension NPYError: CustomStringConvertible {
  /// One line: file, what is wrong, where, expected, found, and what to do.
  public var description: String {
    if let fileError { return fileError.description }
    let file = path.map { "\($0): " } ?? ""
    let place = offset.map { " (offset \($0))" } ?? ""
    return "\(file)\(summary)\(place): expected \(expected), found \(found); \(advice)"
  }

  private var summary: String {
    switch code {
    case .file: "file error"
    case .notNPY: "not an .npy file"
    case .unsupportedVersion: "unsupported version of the .npy format"
    case .invalidHeader: "invalid .npy header"
    case .unsupportedType: "unsupported element type"
    case .dimensionOverflow: "dimensions out of range"
    case .truncatedHeader: "the file ends inside its header"
    case .truncatedData: "the file ends before its last element"
    case .trailingBytes: "bytes are left over after the last element"
    case .damagedGzip: "damaged gzip data"
    case .outOfMemory: "out of memory"
    case .wrongElementType: "wrong element type"
    case .outOfRange: "a number is out of range"
    case .elementCountMismatch: "dimensions and elements disagree"
    case .invalidArgument: "invalid argument"
    }
  }

  private var advice: String {
    switch code {
    case .file: "check the path and its permissions"
    case .notNPY: "write it with numpy.save"
    case .unsupportedVersion, .invalidHeader: "write the file again with numpy.save"
    case .unsupportedType: "save an array of numbers, as with numpy.save(path, array.astype(\"float32\"))"
    case .dimensionOverflow: "correct the shape"
    case .truncatedHeader, .truncatedData, .damagedGzip: "copy or download the file again"
    case .trailingBytes: "the file is damaged, or holds several arrays: save one array in each file"
    case .outOfMemory: "free some memory and try again"
    case .wrongElementType, .outOfRange: "convert the elements first, with array.astype"
    case .elementCountMismatch: "correct the shape or the elements"
    case .invalidArgument: "correct the argument"
    }
  }
}

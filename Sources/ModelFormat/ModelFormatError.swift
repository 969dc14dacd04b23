public import BinaryIO

/// Why a model could not be read or written, with the evidence.
public struct ModelFormatError: Error, Equatable, Sendable {
  /// The kinds of failure. Their raw values are stable and appear in the test vectors.
  public enum Code: String, CaseIterable, Sendable {
    /// The file could not be opened, read or written; `fileError` says why.
    case file = "file"
    /// The signature is not that of a model file.
    case notAModel = "not-a-model"
    /// The file ends before it should.
    case truncated = "truncated"
    /// The file goes on after its end, or a section after its content.
    case trailingBytes = "trailing-bytes"
    /// The major version is not that of this library: a newer one, or a draft from before 1.0.
    case unsupportedVersion = "unsupported-version"
    /// A required section is not known to this version.
    case unsupportedSection = "unsupported-section"
    /// A checksum does not match: the file is damaged.
    case checksumMismatch = "checksum-mismatch"
    /// Headers, index and trailer contradict one another.
    case inconsistentLayout = "inconsistent-layout"
    /// A compressed stream is damaged or has the wrong size.
    case damagedStream = "damaged-stream"
    /// A structured value breaks the encoding's rules.
    case malformedValue = "malformed-value"
    /// A structured value lacks a field, or has one of the wrong type.
    case invalidField = "invalid-field"
    /// A name, shape, type, value or number of bytes that no tensor can have.
    case invalidTensor = "invalid-tensor"
    /// Two tensors have the same name.
    case duplicateTensor = "duplicate-tensor"
    /// The history's columns contradict one another.
    case invalidHistory = "invalid-history"
    /// The file asks for more than the limits allow.
    case limitExceeded = "limit-exceeded"
    /// A file of another format, sound or not, uses something of it that this library does not know.
    case unsupported = "unsupported"
    /// No tensor of that name exists.
    case noSuchTensor = "no-such-tensor"
  }

  /// What kind of failure it is.
  public let code: Code
  /// The file, when there is one.
  public private(set) var path: String?
  /// The four letters of the section, or `header`, `index`, `trailer`.
  public private(set) var section: String?
  /// The tensor's name.
  public private(set) var tensor: String?
  /// The position in the file, in bytes.
  public private(set) var offset: Int?
  /// What should have been there.
  public let expected: String
  /// What was there.
  public let found: String
  /// The operation that failed, for the code `file`.
  public let fileError: FileError?
  /// What to do, where that does not follow from the code.
  private var specialAdvice: String?

  package init(
    _ code: Code, section: String? = nil, tensor: String? = nil, offset: Int? = nil, expected: String,
    found: String, advice: String? = nil
  ) {
    self.code = code
    self.section = section
    self.tensor = tensor
    self.offset = offset
    self.expected = expected
    self.found = found
    specialAdvice = advice
    fileError = nil
  }

  package init(_ error: FileError) {
    code = .file
    path = error.path
    expected = ""
    found = ""
    specialAdvice = nil
    fileError = error
  }

  /// The same error with the places filled in that were not known where it arose.
  package func at(
    path: String? = nil, section: String? = nil, tensor: String? = nil, offset: Int? = nil
  ) -> ModelFormatError {
    var error = self
    error.path = error.path ?? path
    error.section = error.section ?? section
    error.tensor = error.tensor ?? tensor
    error.offset = error.offset ?? offset
    return error
  }

  /// The same error with other advice.
  package func advising(_ advice: String) -> ModelFormatError {
    var error = self
    error.specialAdvice = advice
    return error
  }
}

extension ModelFormatError: CustomStringConvertible {
  /// One line: file, what is wrong, where, expected, found, and what to do.
  public var description: String {
    if let fileError { return fileError.description + (specialAdvice.map { "; " + $0 } ?? "") }
    var text = path.map { "\($0): " } ?? ""
    text += summary
    var place: [String] = []
    if let section { place.append("section \(section)") }
    if let tensor { place.append("tensor \(ByteName(tensor).quoted)") }
    if let offset { place.append("offset \(offset)") }
    if !place.isEmpty { text += " (" + place.joined(separator: ", ") + ")" }
    text += ": expected \(expected), found \(found)"
    if let advice { text += "; " + advice }
    return text
  }

  private var summary: String {
    switch code {
    case .file: "file error"
    case .notAModel: "not a model"
    case .truncated: "the file is cut short"
    case .trailingBytes: "bytes are left over"
    case .unsupportedVersion: "the format version is not supported"
    case .unsupportedSection: "a required section is unknown"
    case .checksumMismatch: "checksum mismatch"
    case .inconsistentLayout: "the layout contradicts itself"
    case .damagedStream: "damaged compressed data"
    case .malformedValue: "malformed structured value"
    case .invalidField: "invalid field"
    case .invalidTensor: "invalid tensor"
    case .duplicateTensor: "duplicate tensor name"
    case .invalidHistory: "invalid training history"
    case .limitExceeded: "a limit is exceeded"
    case .unsupported: "not supported"
    case .noSuchTensor: "no such tensor"
    }
  }

  /// What to do next; nil where nothing general can be said, as of most values that were never in a file.
  public var advice: String? {
    if let specialAdvice { return specialAdvice }
    switch code {
    case .truncated, .checksumMismatch, .damagedStream, .trailingBytes:
      return "the file is damaged: copy or download it again"
    case .inconsistentLayout:
      return "the file is damaged or was written wrongly: copy it again, or write it again"
    case .malformedValue, .invalidField, .invalidTensor, .duplicateTensor, .invalidHistory:
      // No checksum was wrong, or there is none: these bytes are what someone wrote.
      return path == nil ? nil : "the program that wrote the file is at fault: write it again with another version"
    case .notAModel: return "give a model: .nnk, .safetensors, .npz, .pt, .onnx or .gguf"
    case .unsupportedVersion: return "read it with an nnkit that knows the version"
    case .unsupported: return path == nil ? nil : "write the file without it"
    case .unsupportedSection: return "read it with the program that wrote it"
    case .limitExceeded: return "raise the limit if you trust the file"
    case .noSuchTensor: return path == nil ? nil : "`nnkit inspect` lists the tensors of a file"
    // What to do about a file depends on the reason.
    case .file: return nil
    }
  }
}

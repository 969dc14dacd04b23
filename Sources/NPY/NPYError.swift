/// Why an `.npy` header could not be read, with the evidence.
public struct NPYError: Error, Equatable, Sendable {
  /// The kinds of failure.
  public enum Code: String, CaseIterable, Sendable {
    /// The bytes do not start with NumPy's signature.
    case notNPY = "not-npy"
    /// The version of the format is none of 1.0, 2.0 and 3.0.
    case unsupportedVersion = "unsupported-version"
    /// The header is longer than allowed.
    case headerTooLong = "header-too-long"
    /// The header is no dictionary of `descr`, `fortran_order` and `shape`.
    case invalidHeader = "invalid-header"
    /// The elements are of a type that is not read: Python objects, text, dates, records.
    case unsupportedType = "unsupported-type"
    /// The size that the dimensions ask for is out of range.
    case dimensionOverflow = "dimension-overflow"
    /// Text is no Unicode, or has another size than its header says.
    case invalidText = "invalid-text"
    /// There are fewer bytes than the header has.
    case truncatedHeader = "truncated-header"
  }

  /// What kind of failure it is.
  public let code: Code
  /// The position in bytes from the beginning of the header.
  public let offset: Int
  /// What should have been there.
  public let expected: String
  /// What was there.
  public let found: String
  /// What to do, where there is something better to say than to write the file again.
  public let advice: String?

  init(_ code: Code, offset: Int, expected: String, found: String, advice: String? = nil) {
    self.code = code
    self.offset = offset
    self.expected = expected
    self.found = found
    self.advice = advice
  }
}

extension NPYError: CustomStringConvertible {
  /// One line: where, expected, found, and what to do.
  public var description: String {
    "at offset \(offset): expected \(expected), found \(found)\(advice.map { "; " + $0 } ?? "")"
  }
}

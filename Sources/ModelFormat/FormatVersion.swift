/// The version of the file format.
public struct FormatVersion: Equatable, Sendable, CustomStringConvertible {
  /// Readers refuse a major version newer than their own.
  public let major: UInt16
  /// A newer minor version only adds what older readers may pass over.
  public let minor: UInt16

  /// The version that this library writes.
  public static let current = FormatVersion(major: 0, minor: 2)

  /// Whether this library reads files of this version: before 1.0 its own only, since layouts may still change.
  public var isSupported: Bool { self == .current }

  /// `major.minor`
  public var description: String { "\(major).\(minor)" }
}

/// The version of the file format.
public struct FormatVersion: Equatable, Sendable, CustomStringConvertible {
  /// What files of one major version have in common never changes; readers refuse every other one.
  public let major: UInt16
  /// A newer minor version adds what older readers may pass over, or refuse by name.
  public let minor: UInt16

  /// The version that this library writes.
  public static let current = FormatVersion(major: 1, minor: 0)

  /// Whether this library reads files of this version: every minor version of its own major version, newer ones too.
  public var isSupported: Bool { major == FormatVersion.current.major }

  /// Whether a later version than this library knows.
  var isNewer: Bool { (major, minor) > (FormatVersion.current.major, FormatVersion.current.minor) }

  /// `major.minor`
  public var description: String { "\(major).\(minor)" }
}

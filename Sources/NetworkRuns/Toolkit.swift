/// What models say that they were written by.
package enum Toolkit {
  /// The version of this package.
  package static let version = "0.1.0"
  /// The value of the metadata entry `generator`.
  package static var generator: String { "nnkit \(version)" }
}

/// The files of this repository that tests need.
package enum Repository {
  /// The path of a file or folder, given from the top of the repository.
  package static func path(_ relative: String) -> String { (top + [relative]).joined(separator: "/") }

  private static let top = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).map(
    String.init)
}

import TestSupport
import Testing

extension TemporaryFolder {
  /// What `nnkit landscape` says in JSON, run in this folder.
  func landscape(_ arguments: [String]) throws -> [String: Any] {
    try Program.json(["landscape"] + arguments, in: self)
  }
}

import Formatting
import ModelExchange
import ModelFormat
import ModelInspection

/// The digest of a file.
struct FileDigest: TextReport {
  let path: String
  let format: FileFormat
  let digest: ModelDigest
  let scope: ModelDigest.Scope
  /// Whether each tensor has a line too.
  let listsTensors: Bool

  /// Reads all tensors of a file.
  ///
  /// - Throws: any error of the file; `HashingError` where nothing can be hashed.
  init(path: String, scope: ModelDigest.Scope, listsTensors: Bool) throws {
    let file = try ModelFiles.open(path, dropping: [.history, .trainingState])
    self.path = path
    format = file.format
    digest = try FileDigest.digest(of: file)
    self.scope = scope
    self.listsTensors = listsTensors
  }

  /// The digest of a model.
  static func digest(of source: any ModelSource) throws -> ModelDigest {
    do { return try ModelDigest(of: source) } catch {
      switch error {
      case .model(let error): throw error
      case .hashing(let error): throw error
      }
    }
  }

  func text(for display: Display) -> String {
    var lines = [DigestLine(digest: digest[scope], path: path, tensor: nil)]
    if listsTensors {
      lines += digest.tensors.map { DigestLine(digest: $0.digest, path: path, tensor: $0.tensor.name) }
    }
    return lines.map { $0.text + "\n" }.joined()
  }
}

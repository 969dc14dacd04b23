import Hashing
import ModelFormat
import ModelInspection

/// The digests of several files. The JSON form has schema 1; property names become snake case.
struct DigestReport: Report, Encodable {
  struct Tensor: Encodable {
    let name: String
    let type: String
    let shape: [Int]
    let digest: String
  }

  /// A digest for each scope.
  struct Digests: Encodable {
    let tensors: String
    let topology: String
    let metadata: String

    init(_ digest: ModelDigest) {
      tensors = digest[.tensors].description
      topology = digest[.topology].description
      metadata = digest[.metadata].description
    }
  }

  struct File: Encodable {
    let path: String
    let ok: Bool
    let format: String?
    /// That of the scope.
    let digest: String?
    let digests: Digests?
    let tensors: [Tensor]?
    /// Why there is none.
    let problem: String?
  }

  let schema = 1
  let ok: Bool
  let algorithm = "sha256"
  let scope: String
  let files: [File]

  init(_ files: [File], scope: ModelDigest.Scope) {
    ok = files.allSatisfy(\.ok)
    self.scope = scope.rawValue
    self.files = files
  }

  var document: DigestReport { self }

  /// The lines of each file are printed as soon as they are known.
  func text(for display: Display) -> String { "" }
}

extension DigestReport.File {
  init(_ file: FileDigest) {
    self.init(
      path: file.path, ok: true, format: file.format.name, digest: file.digest[file.scope].description,
      digests: DigestReport.Digests(file.digest),
      tensors: file.listsTensors
        ? file.digest.tensors.map { tensor in
          DigestReport.Tensor(
            name: tensor.tensor.name, type: tensor.tensor.typeName, shape: tensor.tensor.shape,
            digest: tensor.digest.description)
        } : nil, problem: nil)
  }

  init(path: String, problem: String) {
    self.init(path: path, ok: false, format: nil, digest: nil, digests: nil, tensors: nil, problem: problem)
  }
}

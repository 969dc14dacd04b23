import BinaryIO
import Formatting
import Hashing
import ModelInspection

/// What became of a line of digests. Its JSON form has property names in snake case.
struct CheckedDigest: Encodable {
  let path: String
  let tensor: String?
  let ok: Bool
  /// What the digest turned out to be of: `tensor`, or a scope.
  let scope: String?
  let expected: String
  let found: String?
  /// Why there is nothing to compare.
  let problem: String?

  /// Compares a line with the model that it names.
  init(_ line: DigestLine, _ digest: ModelDigest) {
    path = line.path
    tensor = line.tensor
    expected = line.digest.description
    if let tensor = line.tensor {
      let found = digest.digest(ofTensorNamed: tensor)
      ok = found == line.digest
      scope = "tensor"
      self.found = found?.description
      problem = found == nil ? "there is no such tensor" : nil
    } else {
      let scope = ModelDigest.Scope.allCases.first { digest[$0] == line.digest }
      ok = scope != nil
      self.scope = scope?.rawValue
      found = digest[scope ?? .tensors].description
      problem = nil
    }
  }

  /// A line whose model cannot be read.
  init(_ line: DigestLine, problem: String) {
    path = line.path
    tensor = line.tensor
    ok = false
    scope = nil
    expected = line.digest.description
    found = nil
    self.problem = problem
  }
}

extension CheckedDigest: TextReport {
  func text(for display: Display) -> String {
    let place = Text.escaped(path + (tensor.map { ": tensor \(ByteName($0).quoted)" } ?? ""))
    if ok { return "\(place): \(display.style.green("ok"))\(parts.map { ", " + $0 } ?? "")\n" }
    let message = problem.map { Text.escaped($0) } ?? "expected the digest \(expected), found \(found ?? "none")"
    return display.style.red("\(place): \(message)") + "\n"
  }

  /// What the digest is of, where that is more than the tensors.
  private var parts: String? {
    switch scope.flatMap(ModelDigest.Scope.init(rawValue:)) {
    case .topology: "with topology"
    case .metadata: "with topology and metadata"
    case .tensors, nil: nil
    }
  }
}

/// What became of all lines. The JSON form has schema 1.
struct DigestCheckReport: Report, Encodable {
  let schema = 1
  let ok: Bool
  let checks: [CheckedDigest]

  init(_ checks: [CheckedDigest]) {
    ok = checks.allSatisfy(\.ok)
    self.checks = checks
  }

  var document: DigestCheckReport { self }

  /// Each line is printed as soon as it is checked.
  func text(for display: Display) -> String { "" }
}

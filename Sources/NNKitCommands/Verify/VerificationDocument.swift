import ModelFormat

/// The JSON form of verifications (schema 1). Property names become snake case.
struct VerificationDocument: Encodable {
  struct Problem: Encodable {
    /// The code of the error, or `structure`.
    let code: String
    let section: String?
    let tensor: String?
    let offset: Int?
    let expected: String?
    let found: String?
    let message: String
  }

  struct File: Encodable {
    let path: String
    let ok: Bool
    let format: String?
    let version: String?
    let bytes: Int?
    /// How many files the model is made of, where they are several.
    let files: Int?
    let checksums: Bool?
    let tensors: Int?
    let sections: Int?
    let trainingState: Bool?
    let problems: [Problem]
  }

  let schema = 1
  let ok: Bool
  let files: [File]

  init(_ verifications: [Verification]) {
    ok = verifications.allSatisfy(\.isSound)
    files = verifications.map { verification in
      let file = verification.file
      return File(
        path: verification.path, ok: verification.isSound, format: file?.format.name,
        version: file?.versionText, bytes: file?.fileSize,
        files: file.map(\.fileCount).flatMap { $0 > 1 ? $0 : nil }, checksums: file?.format.hasChecksums,
        tensors: file?.tensors.count, sections: file?.sectionCount,
        trainingState: file?.hasTrainingState, problems: verification.problems.map(Problem.init))
    }
  }
}

extension VerificationDocument.Problem {
  fileprivate init(_ problem: Verification.Problem) {
    let error = problem.error
    self.init(
      code: error?.code.rawValue ?? "structure", section: error?.section, tensor: error?.tensor,
      offset: error?.offset, expected: error?.fileError == nil ? error?.expected : nil,
      found: error?.fileError == nil ? error?.found : nil, message: problem.message)
  }
}

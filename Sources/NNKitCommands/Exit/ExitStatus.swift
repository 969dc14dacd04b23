/// The exit codes of the contract: those of BSD's `sysexits.h`, and `diff`'s own.
enum ExitStatus {
  static let success: Int32 = 0
  /// `diff`: the models differ.
  static let different: Int32 = 1
  /// `diff`: anything that prevented the comparison.
  static let trouble: Int32 = 2
  static let usage: Int32 = 64
  static let badData: Int32 = 65
  static let missingInput: Int32 = 66
  static let internalError: Int32 = 70
  static let cannotCreate: Int32 = 73
  static let inputOutput: Int32 = 74
  static let interrupted: Int32 = 130

  /// The code that counts where several files were looked at: bad data is what was looked for, so it comes before files
  /// that could not be looked at. Nil where all is well.
  static func first(of codes: [Int32]) -> Int32? {
    let failures = codes.filter { $0 != success }
    return failures.contains(badData) ? badData : failures.first
  }
}

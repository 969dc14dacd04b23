import Foundation
import TestSupport

/// Runs `specs/reader/read_nnk.py`.
enum PythonReader {
  /// What the reader prints of files: a line for each.
  static func read(_ files: [String], _ options: [String] = []) throws -> (exitCode: Int32?, lines: [Data]) {
    let outcome = try Python.run([Repository.path("specs/reader/read_nnk.py")] + options + ["--"] + files)
    return (outcome.exitCode, outcome.standardOutput.split(separator: 0x0A).map { Data($0) })
  }
}

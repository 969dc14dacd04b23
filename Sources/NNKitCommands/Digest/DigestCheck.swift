import ArgumentParser
import BinaryIO
import Formatting
import Hashing
import ModelExchange
import ModelFormat
import ModelInspection

/// Checks models against the lines of digests that were printed before.
struct DigestCheck {
  /// More is no list of digests.
  private static let largestList = 1 << 28

  private let output: OutputOptions

  init(_ output: OutputOptions) { self.output = output }

  /// Checks the models of all lines, those of one model one after the other.
  func run(_ lists: [String]) throws {
    var lines: [(path: String, lines: [DigestLine])] = []
    var places: [ByteName: Int] = [:]
    for list in lists {
      for line in try DigestCheck.lines(of: list) {
        let place = places[ByteName(line.path), default: lines.count]
        if place == lines.count {
          places[ByteName(line.path)] = place
          lines.append((line.path, []))
        }
        lines[place].lines.append(line)
      }
    }
    var (checked, codes): ([CheckedDigest], [Int32]) = ([], [])
    for (path, lines) in lines {
      let (results, code) = try DigestCheck.check(lines, path: path)
      for result in results { try output.printPart(result) }
      checked += results
      if code != ExitStatus.success { codes.append(code) }
    }
    try output.printDocument(DigestCheckReport(checked))
    if let code = ExitStatus.first(of: codes) { throw ExitCode(code) }
  }

  private static func check(
    _ lines: [DigestLine], path: String
  ) throws -> (results: [CheckedDigest], exitCode: Int32) {
    do {
      let file = try ModelFiles.open(path, dropping: [.history, .trainingState])
      let digest = try FileDigest.digest(of: file)
      let results = lines.map { CheckedDigest($0, digest) }
      return (results, results.allSatisfy(\.ok) ? ExitStatus.success : ExitStatus.badData)
    } catch {
      let failure = CommandFailure(error)
      guard failure.isOfFile else { throw failure }
      return (lines.map { CheckedDigest($0, problem: failure.message) }, failure.exitCode)
    }
  }

  /// The lines of a list, of which there must be one at least.
  private static func lines(of path: String) throws -> [DigestLine] {
    guard let bytes = try FileInput(path: path).readAll(after: [], maximumCount: largestList) else {
      throw CommandFailure.badData("\(path): expected at most \(largestList) bytes of digests, found more")
    }
    var lines: [DigestLine] = []
    var number = 0
    for text in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      // Of Windows, where lines end in two characters.
      let text = text.last == UInt8(ascii: "\r") ? text.dropLast() : text
      if text.isEmpty { continue }
      guard let string = String(validating: text, as: UTF8.self), let line = DigestLine(string[...]) else {
        throw CommandFailure.badData(
          "\(path): line \(number): expected 64 hexadecimal digits, two spaces and a file, found "
            + ByteName(String(decoding: text.prefix(400), as: UTF8.self)).quoted)
      }
      lines.append(line)
    }
    guard !lines.isEmpty else { throw CommandFailure.badData("\(path): expected lines with digests, found none") }
    return lines
  }
}

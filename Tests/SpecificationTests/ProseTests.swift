import Foundation
import ModelFormat
import Testing

/// The prose says what the library does.
struct ProseTests {
  private let prose: [String]

  init() throws {
    let text = try String(contentsOf: specificationFolder.appending(path: "format.md"), encoding: .utf8)
    prose = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func theAnnotatedDumpIsTheFileThatItSays() throws {
    let start = try #require(prose.firstIndex(of: "```hexdump")) + 1
    let end = try #require(prose[start...].firstIndex(of: "```"))
    var dumped: [UInt8] = []
    for line in prose[start..<end] {
      let parts = line.split(separator: "|", maxSplits: 1)
      try #require(parts.count == 2, "\(line)")
      let isExplained = parts[1].contains { $0 != " " }
      #expect(isExplained, "\(line)")
      let fields = parts[0].split(separator: " ")
      #expect(fields.first.flatMap { Int($0, radix: 16) } == dumped.count, "\(line)")
      for field in fields.dropFirst() {
        let byte = try #require(UInt8(field, radix: 16), "\(line)")
        dumped.append(byte)
      }
    }
    let file = try bytes(ofVector: "valid/tiny.nnk")
    #expect(dumped == file)
  }

  /// The first two cells of the table's rows whose first cell is code, in the section of that title.
  private func rows(of section: String) throws -> [(name: String, text: String)] {
    let start = try #require(prose.firstIndex(of: section)) + 1
    let lines = prose[start...].prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("| `") }
    return lines.map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      return (cells[0].filter { $0 != "`" }, cells[1])
    }
  }

  @Test func itsTableOfErrorsHasEveryCodeOnceInTheLibrarysOrder() throws {
    let found = try rows(of: "## 11. Errors").map(\.name)
    #expect(found == ModelFormatError.Code.allCases.map(\.rawValue))
  }

  @Test func itsLimitsAreTheLibrarysDefaults() throws {
    let limits = DecodingLimits()
    var expected: [String: Int] = [:]
    for (name, limit) in DecodingLimits.named { expected[name] = limits[keyPath: limit] }
    var found: [String: Int] = [:]
    for (name, text) in try rows(of: "## 12. Limits") {
      found[name] = Int(text.prefix { $0 != "(" }.filter(\.isNumber))
    }
    #expect(found == expected)
  }

  @Test func titleVectorsAndLibraryAreOfOneVersion() throws {
    #expect(prose.first == "# The nnkit model file format, version \(FormatVersion.current)")
  }

  @Test func itsLinksInsideOfTheTextLeadSomewhere() throws {
    let anchors = prose.filter { $0.hasPrefix("#") }.map { heading in
      heading.drop { $0 == "#" || $0 == " " }.lowercased().filter { $0.isLetter || $0.isNumber || " -".contains($0) }
        .replacingOccurrences(of: " ", with: "-")
    }
    let links = prose.flatMap { line in line.components(separatedBy: "](#").dropFirst().map { $0.prefix { $0 != ")" } }
    }
    #expect(links.count > 10)
    for link in links { #expect(anchors.contains(String(link))) }
  }
}

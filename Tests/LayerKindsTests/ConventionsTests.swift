import Foundation
import LayerKinds
import TestSupport
import Testing

/// `specs/conventions.md` says of every kind what the table says.
struct ConventionsTests {
  /// The section on layer kinds, as the cells of its rows.
  private static let rows = Result {
    let text = try String(contentsOfFile: Repository.path("specs/conventions.md"), encoding: .utf8)
    let section = try #require(text.components(separatedBy: "\n## 3. ").last?.components(separatedBy: "\n## ").first)
    return section.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// The rows of a kind with so many cells: its own, and those below it whose first cell is empty.
  private func rows(of kind: LayerKind, cells: Int) throws -> [[String]] {
    let rows = try Self.rows.get().filter { $0.count == cells }
    let start = try #require(rows.firstIndex { $0[0] == "`\(kind.rawValue)`" }, "\(kind)")
    return [rows[start]] + rows[(start + 1)...].prefix { $0[0].isEmpty }
  }

  @Test(arguments: LayerKind.allCases)
  func theDocumentHasEveryFieldWithTypeDefaultAndRange(kind: LayerKind) throws {
    let expected = kind.definition.fields.enumerated().map { index, field in
      let absent =
        switch field.absent {
        case .none: ""
        case .value(.integer(let value)): "\(value)"
        case .value(.number(let value)): value.short
        case .fieldBefore: "`\(kind.definition.fields[index - 1].name)`"
        }
      let range =
        switch field.values {
        case .integers(.dimension), .integers(.positive): "from 1"
        case .integers(.below(let other)): "from 0, below `\(other)`"
        case .numbers(.closed(let first, let last)): "from \(first.short) to \(last.short)"
        case .numbers(.halfOpen(let first, let end)): "from \(first.short), below \(end.short)"
        case .numbers(.above(let bound)): "above \(bound.short)"
        case .numbers(.atLeast(let least)): "from \(least.short)"
        }
      return ["`\(field.name)`", field.isInteger ? "integer" : "number", absent, range]
    }
    let found = try rows(of: kind, cells: 5).map { row in
      // What follows a semicolon is said of nnkit alone.
      row[1...3] + [row[4].components(separatedBy: ";")[0]]
    }
    #expect(found.map { Array($0) } == (expected.isEmpty ? [["", "", "", ""]] : expected))
  }

  @Test(arguments: LayerKind.allCases)
  func theDocumentHasEveryRoleAndAFormula(kind: LayerKind) throws {
    let row = try #require(rows(of: kind, cells: 4).first)
    #expect(!row[1].isEmpty && !row[2].isEmpty)
    let roles = row[3].matches(of: /`([a-z_]+)`/).map { String($0.1) }
    #expect(roles == kind.definition.tensors.map(\.role))
  }
}

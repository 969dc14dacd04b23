import Foundation
import IDX
import NeuralNetwork
import TestSupport
import Testing

@testable import NetworkRuns

/// `specs/conventions.md` names what the library writes, and nothing else.
struct ConventionsTests {
  private let lines: [String]

  init() throws {
    let text = try String(contentsOfFile: Repository.path("specs/conventions.md"), encoding: .utf8)
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The cells of the rows of a section's table.
  private func rows(_ section: String) throws -> [[String]] {
    let start = try #require(lines.firstIndex { $0.hasPrefix("## ") && $0.hasSuffix(section) }) + 1
    return lines[start...].prefix { !$0.hasPrefix("## ") }.filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  private func code(_ name: String) -> String { "`\(name)`" }

  @Test func everyMetadataEntryStandsThereWithItsTypeAndNoOther() throws {
    var expected: [String: String] = [:]
    for key in Mirror(reflecting: MetadataKeys.all).children {
      let entry = try #require(key.value as? any NamedEntry)
      #expect(expected.updateValue(entry.storedType, forKey: code(entry.name)) == nil, "\(entry.name) twice")
    }
    for setting in Optimizer.Name.allCases.flatMap({ Optimizer($0).settings }) {
      expected[code("training." + setting.name)] = Double.storedType
    }
    let rows = try rows("Metadata")
    #expect(rows.allSatisfy { $0.count == 5 && !$0[3].isEmpty })
    #expect(rows.count == expected.count)
    #expect(Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first }) == expected)
  }

  @Test func everyHistoryColumnStandsThereInItsOrder() throws {
    #expect(try rows("History columns").map { $0[0] } == HistoryColumn.allCases.map { code($0.rawValue) })
  }

  @Test func everyLossStandsThereWithItsLastLayer() throws {
    let rows = try rows("Losses")
    #expect(rows.map { $0[0] } == Loss.allCases.map { code($0.rawValue) })
    #expect(rows.map { $0[2] } == Loss.allCases.map { $0.outputLayer.map { code($0.kind) } ?? "any" })
  }

  @Test func everyValueThatIsANameStandsThere() throws {
    let rows = try rows("Metadata")
    func expect(_ names: [String], in entry: String) {
      let meaning = rows.first { $0[0] == code(entry) }?[3] ?? ""
      for name in names { #expect(meaning.contains(code(name)), "\(name) in \(entry)") }
    }
    expect(MissingValues.allCases.map(\.rawValue), in: "data.missing_values")
    expect(TrainingTask.Name.allCases.map(\.rawValue), in: "training.task")
    expect(Sampling.allCases.map(\.rawValue), in: "training.sampling")
    expect(Optimizer.Name.allCases.map(\.rawValue), in: "training.optimizer")
    expect(IDXElementType.allCases.map { "\($0)" }, in: "data.element_type")
  }

  @Test func theLinksLeadSomewhere() throws {
    let anchors = lines.filter { $0.hasPrefix("#") }.map { heading in
      heading.drop { $0 == "#" || $0 == " " }.lowercased().filter { $0.isLetter || $0.isNumber || " -".contains($0) }
        .replacingOccurrences(of: " ", with: "-")
    }
    let links = lines.flatMap { $0.components(separatedBy: "](#").dropFirst().map { $0.prefix { $0 != ")" } } }
    #expect(links.count >= 9)
    for link in links { #expect(anchors.contains(String(link)), "\(link)") }
  }
}

/// A key of any type.
private protocol NamedEntry {
  var name: String { get }
  var storedType: String { get }
}

extension MetadataKey: NamedEntry {}

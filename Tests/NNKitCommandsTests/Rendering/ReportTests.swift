import ArgumentParser
import Pages
import TestSupport
import Testing

@testable import NNKitCommands

/// Reports in their forms, and pages in files.
struct ReportTests {
  private let plain = Display(stream: .error, style: Style(.never, isTerminal: false))
  private let page = Page(title: "title", heading: "heading", parts: [])

  @Test func severalFilesAreALineEachAndOneDocument() throws {
    let report = VerificationReport(verifications: ["no/such/file", "nor/this"].map(Verification.init(path:)))
    let lines = report.text(for: plain).split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains("no/such/file: ") && lines[1].contains("nor/this: "))
    let document = report.document
    #expect(!document.ok && document.files.map(\.path) == ["no/such/file", "nor/this"])
  }

  @Test func aPageReplacesAFileOnlyIfItMay() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("page.html")
    #expect(try PageFile(nil, replacing: false, inputs: []) == nil)
    try #require(try PageFile(path, replacing: false, inputs: [])).save(page)
    #expect(try folder.read("page.html") == Array(page.html.utf8))
    #expect(throws: (any Error).self) { try PageFile(path, replacing: false, inputs: []) }
    #expect(throws: CommandFailure.self) { try PageFile(path, replacing: true, inputs: [path]) }
    #expect(try PageFile(path, replacing: true, inputs: []) != nil)
  }

  @Test func aPageAndJSONDoNotShareStandardOutput() throws {
    let json = try OutputOptions.parse(["--json"])
    #expect(throws: (any Error).self) { try PageFile.validate("-", json) }
    try PageFile.validate("page.html", json)
    try PageFile.validate("-", OutputOptions.parse([]))
  }
}

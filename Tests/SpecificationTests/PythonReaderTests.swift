import Foundation
import ModelFormat
import TestSupport
import Testing

/// The reader in Python, written from the prose, agrees.
@Suite(.enabled(if: Python.isAvailable))
struct PythonReaderTests {
  private struct Refusal: Decodable {
    let error: ErrorPlace
  }

  @Test func withTheContentOfEveryValidVector() throws {
    let groups = Dictionary(grouping: try #require(manifest).valid) { $0.limits ?? [:] }
    for (limits, entries) in groups {
      let options = ["--values"] + limits.map { "--limit=\($0)=\($1)" }
      let (exitCode, lines) = try PythonReader.read(entries.map { vector($0.file).path }, options)
      #expect(exitCode == 0)
      try #require(lines.count == entries.count)
      for (entry, line) in zip(entries, lines) {
        let expected: Content = try decoded(entry.content)
        let found: Content = try decoded(line)
        #expect(found == expected, "\(entry.file)")
      }
    }
  }

  @Test func withCodeSectionAndTensorOfEveryInvalidVector() throws {
    let groups = Dictionary(grouping: try #require(manifest).invalid) { $0.limits ?? [:] }
    for (limits, entries) in groups {
      let options = limits.map { "--limit=\($0)=\($1)" }
      let (exitCode, lines) = try PythonReader.read(entries.map { vector($0.file).path }, options)
      #expect(exitCode == 65)
      try #require(lines.count == entries.count)
      for (entry, line) in zip(entries, lines) {
        let refusal: Refusal = try decoded(line)
        #expect(refusal.error == entry.place, "\(entry.file)")
      }
    }
  }

  /// What the library wrote, read by the other reader, against `expected`.
  private func compare(_ files: [(bytes: [UInt8], expected: Content, name: String)]) throws {
    let folder = try TemporaryFolder()
    let paths = try files.enumerated().map { number, file in try folder.write(file.bytes, to: "\(number).nnk") }
    let (exitCode, lines) = try PythonReader.read(paths, ["--values"])
    #expect(exitCode == 0)
    try #require(lines.count == files.count)
    for (file, line) in zip(files, lines) {
      let found: Content = try decoded(line)
      #expect(found == file.expected, "\(file.name)")
    }
  }

  @Test func withTheLibrarysOwnFilesOfEveryValidVector() throws {
    var files: [(bytes: [UInt8], expected: Content, name: String)] = []
    for entry in try #require(manifest).valid {
      let model = try ModelReader(bytes: try bytes(ofVector: entry.file)).model()
      let expected: Content = try decoded(entry.content)
      for compression in Compression.allCases {
        files.append((try model.encoded(compression: compression), expected.copied, "\(entry.file) \(compression)"))
      }
    }
    try compare(files)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func withRandomModelsThatTheLibraryWrote(seed: UInt64) throws {
    var random = RandomModels(seed: seed)
    var files: [(bytes: [UInt8], expected: Content, name: String)] = []
    for number in 0..<8 {
      let model = try random.model()
      for compression in Compression.allCases {
        // The expectation comes from the model in memory, not from a file.
        let bytes = try model.encoded(compression: compression)
        files.append((bytes, Content(model), "seed \(seed), model \(number), \(compression)"))
      }
    }
    try compare(files)
  }

  @Test(arguments: Compression.allCases)
  func withATensorOfSeveralChunks(compression: Compression) throws {
    var random = RandomModels(seed: 99)
    let model = try Model(topology: nil, tensors: [try random.weights(count: 132_000)])
    try compare([(try model.encoded(compression: compression), Content(model), "\(compression)")])
  }

  @Test func thatTheGeneratorStillMakesTheVectorsThatAreHere() throws {
    let outcome = try Python.run([Repository.path("specs/generate_vectors.py"), "--check"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
  }
}

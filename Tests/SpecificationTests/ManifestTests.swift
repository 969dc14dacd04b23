import Foundation
import ModelFormat
import Testing

/// The vectors are complete.
struct ManifestTests {
  @Test func theManifestCanBeReadIsOfThisVersionAndListsEnough() throws {
    let manifest: Manifest = try decoded("manifest.json")
    #expect(manifest.version == FormatVersion.current.description)
    #expect(manifest.valid.count >= 20)
    #expect(manifest.invalid.count >= 100)
  }

  @Test func everyVectorIsInTheManifest() throws {
    let manifest: Manifest = try decoded("manifest.json")
    for (folder, listed) in [
      ("valid", manifest.valid.flatMap { [$0.file, $0.content] }), ("invalid", manifest.invalid.map(\.file)),
    ] {
      let present = try FileManager.default.contentsOfDirectory(atPath: vector(folder).path(percentEncoded: false))
      #expect(Set(present.map { "\(folder)/\($0)" }) == Set(listed))
      #expect(Set(listed).count == listed.count)
    }
  }

  @Test func everyCodeThatAFileCanCauseIsCausedByAVectorAndNoOther() throws {
    let manifest: Manifest = try decoded("manifest.json")
    let possible = ModelFormatError.Code.allCases.filter { ![.file, .unsupported, .noSuchTensor].contains($0) }
    #expect(Set(manifest.invalid.map(\.code)) == Set(possible.map(\.rawValue)))
  }

  /// The valid vectors together use every element type, coding and kind of section.
  @Test func theValidVectorsTogetherUseEveryElementType() throws {
    let manifest: Manifest = try decoded("manifest.json")
    var (types, sections): (Set<String>, Set<String>) = ([], [])
    for entry in manifest.valid {
      let content: Content = try decoded(entry.content)
      types.formUnion((content.tensors + (content.trainingState?.tensors ?? [])).map(\.type))
      if content.topology != nil { sections.insert("TOPO") }
      if !content.metadata.isEmpty { sections.insert("mETA") }
      if !content.history.isEmpty { sections.insert("hIST") }
      if content.trainingState != nil { sections.insert("tRST") }
      if content.unknownSections.contains(where: \.safeToCopy) { sections.insert("safe to copy") }
      if content.unknownSections.contains(where: { !$0.safeToCopy }) { sections.insert("not safe to copy") }
    }
    #expect(types == Set(DataType.allCases.map(\.rawValue)))
    #expect(sections == ["TOPO", "mETA", "hIST", "tRST", "safe to copy", "not safe to copy"])
  }
}

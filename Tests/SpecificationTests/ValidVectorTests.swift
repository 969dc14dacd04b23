import Foundation
import ModelFormat
import Testing

struct ValidVectorTests {
  @Test(arguments: manifest?.valid ?? [])
  func theLibraryFindsWhatTheContentFileSays(vector entry: Manifest.Valid) throws {
    let expected: Content = try decoded(entry.content)
    let limits = try DecodingLimits(ofVector: entry.limits)
    #expect(try Content(ofFile: try bytes(ofVector: entry.file), limits: limits) == expected)
  }

  @Test(arguments: manifest?.valid ?? [])
  func loadedFromDiskItIsTheSameAsFromMemory(vector entry: Manifest.Valid) throws {
    let fromDisk = try Model(contentsOf: vector(entry.file).path(percentEncoded: false))
    let fromMemory = try ModelReader(bytes: try bytes(ofVector: entry.file)).model()
    #expect(fromDisk == fromMemory)
  }

  @Test(arguments: manifest?.valid ?? [], Compression.allCases)
  func savedAndLoadedAgainNothingHasChanged(vector entry: Manifest.Valid, compression: Compression) throws {
    let expected: Content = try decoded(entry.content)
    let model = try ModelReader(bytes: try bytes(ofVector: entry.file)).model()
    let saved = try model.encoded(compression: compression, threads: 2)
    #expect(try Content(ofFile: saved) == expected.copied)
    let again = try ModelReader(bytes: saved).model()
    #expect(again == model)
    #expect(try again.encoded(compression: compression, threads: 1) == saved)
  }
}

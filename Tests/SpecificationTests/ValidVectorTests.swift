import Foundation
import ModelFormat
import Testing

@Suite("Valid vectors")
struct ValidVectorTests {
  @Test("The library finds what the content file says", arguments: manifest?.valid ?? [])
  func content(vector entry: Manifest.Valid) throws {
    let expected: Content = try decoded(entry.content)
    let limits = try DecodingLimits(ofVector: entry.limits)
    #expect(try Content(ofFile: try bytes(ofVector: entry.file), limits: limits) == expected)
  }

  @Test("Loaded from disk it is the same as from memory", arguments: manifest?.valid ?? [])
  func disk(vector entry: Manifest.Valid) throws {
    let fromDisk = try Model(contentsOf: vector(entry.file).path(percentEncoded: false))
    let fromMemory = try ModelReader(bytes: try bytes(ofVector: entry.file)).model()
    #expect(fromDisk == fromMemory)
  }

  @Test("Saved and loaded again nothing has changed", arguments: manifest?.valid ?? [], Compression.allCases)
  func saving(vector entry: Manifest.Valid, compression: Compression) throws {
    let expected: Content = try decoded(entry.content)
    let model = try ModelReader(bytes: try bytes(ofVector: entry.file)).model()
    let saved = try model.encoded(compression: compression, threads: 2)
    #expect(try Content(ofFile: saved) == expected.copied)
    let again = try ModelReader(bytes: saved).model()
    #expect(again == model)
    #expect(try again.encoded(compression: compression, threads: 1) == saved)
  }
}

import Foundation
import ModelFormat
import Testing

/// What the manifest says of an error.
struct ErrorPlace: Decodable, Equatable {
  let code: String
  let section: Text?
  let tensor: Text?
}

extension Manifest.Invalid {
  var place: ErrorPlace { ErrorPlace(code: code, section: section, tensor: tensor) }
}

struct InvalidVectorTests {
  @Test(arguments: manifest?.invalid ?? [])
  func eachIsRefusedWithItsCodeSectionAndTensor(vector entry: Manifest.Invalid) throws {
    let limits = try DecodingLimits(ofVector: entry.limits)
    let file = try bytes(ofVector: entry.file)
    let error = #expect(throws: ModelFormatError.self) {
      try ModelReader(bytes: file, name: "vector", limits: limits).model()
    }
    guard let error else { return }
    let found = ErrorPlace(
      code: error.code.rawValue, section: error.section.map { Text($0) }, tensor: error.tensor.map { Text($0) })
    #expect(found == entry.place, "\(error)")
    #expect(error.path == "vector")
  }

  @Test(arguments: (manifest?.invalid ?? []).filter { $0.limits != nil && $0.code == "limit-exceeded" })
  func itIsTheLimitThatRefusesAVectorWithOne(vector entry: Manifest.Invalid) throws {
    let file = try bytes(ofVector: entry.file)
    #expect(throws: Never.self) { try ModelReader(bytes: file).model() }
  }
}

import Foundation
import ModelFormat
import TestSupport
import Testing

/// The folder `specs` of this repository.
let specificationFolder = URL(filePath: Repository.path("specs"))

/// What `vectors/manifest.json` lists.
struct Manifest: Decodable {
  struct Valid: Decodable, Sendable, CustomTestStringConvertible {
    let file: String
    let content: String
    let limits: [String: Int]?

    var testDescription: String { file }
  }

  struct Invalid: Decodable, Sendable, CustomTestStringConvertible {
    let file: String
    let code: String
    let section: Text?
    let tensor: Text?
    let limits: [String: Int]?

    var testDescription: String { file }
  }

  let version: String
  let valid: [Valid]
  let invalid: [Invalid]
}

/// The manifest, or nothing where it cannot be read: `ManifestTests` then fails.
let manifest: Manifest? = try? decoded("manifest.json")

/// A JSON file of the vectors.
func decoded<Value: Decodable>(_ file: String) throws -> Value {
  try decoded(Data(contentsOf: vector(file)))
}

func decoded<Value: Decodable>(_ json: Data) throws -> Value {
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(Value.self, from: json)
}

/// Where a file of the vectors is.
func vector(_ file: String) -> URL { specificationFolder.appending(path: "vectors").appending(path: file) }

func bytes(ofVector file: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: vector(file))) }

extension DecodingLimits {
  /// The defaults, but for the limits that a vector names.
  init(ofVector limits: [String: Int]?) throws {
    self.init()
    for (name, value) in limits ?? [:] {
      let isKnown = set(name, value)
      try #require(isKnown, "no limit \(name)")
    }
  }

  /// Sets limits by the names that the specification gives them. False for a name that it does not have.
  mutating func set(_ name: String, _ value: Int) -> Bool {
    guard let limit = DecodingLimits.named[name] else { return false }
    self[keyPath: limit] = value
    return true
  }

  static var named: [String: WritableKeyPath<DecodingLimits, Int>] {
    [
      "tensor_count": \.tensorCount, "rank": \.rank, "section_count": \.sectionCount, "chunk_size": \.chunkSize,
      "structured_section_size": \.structuredSectionSize, "total_tensor_size": \.totalTensorSize,
      "value_count": \.valueCount, "nesting": \.nesting,
    ]
  }
}

import BinaryIO
import Foundation
import ModelExchange
import ModelFormat
import ModelSamples
import TestSupport
import Testing

/// A file that another program wrote, and what it holds, as a script in `Tests/Oracles` recorded them.
struct RecordedFile: Decodable, Sendable, CustomTestStringConvertible {
  struct Tensor: Decodable, Equatable, Sendable {
    let name: String
    let type: String
    let shape: [Int]
    /// The elements as they are stored, in row-major order and little-endian.
    let bytes: String
  }

  /// A number, a string or a list of such.
  enum Value: Decodable, Sendable {
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case list([Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Bool.self) {
        self = .boolean(value)
      } else if let value = try? container.decode(Int.self) {
        self = .integer(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else if let value = try? container.decode(String.self) {
        self = .string(value)
      } else {
        self = .list(try container.decode([Value].self))
      }
    }

    /// The attribute is this value. JSON does not tell 1.0 from 1.
    func matches(_ attribute: AttributeValue) -> Bool {
      switch (self, attribute) {
      case (.boolean(let a), .boolean(let b)): a == b
      case (.integer(let a), .integer(let b)): a == b
      case (.integer(let a), .number(let b)): Double(a) == b
      case (.number(let a), .number(let b)): a == b
      case (.string(let a), .string(let b)): ByteName(a) == ByteName(b)
      case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { $0.matches($1) }
      default: false
      }
    }
  }

  let title: String
  let file: String
  let tensors: [Tensor]
  let metadata: [String: Value]
  let state: [Tensor]?
  let stateValues: [String: Value]?

  var testDescription: String { title }
  var bytes: [UInt8] { Data(base64Encoded: file).map { Array($0) } ?? [] }

  static func all(_ name: String) -> [RecordedFile] { (try? Oracle.recorded(name)) ?? [] }

  /// What is expected of the tensors of a source, as it is found.
  static func tensors(_ source: any ModelSource, state: Bool = false) throws -> [Tensor] {
    let contents = source.contents
    let descriptions = state ? contents.stateTensors : contents.tensors
    return try descriptions.enumerated().map { (place, tensor) in
      let values = try source.encodedValues(at: state ? contents.tensors.count + place : place)
      var bytes = [UInt8](repeating: 0xA5, count: values.byteCount)
      try bytes.withMutableBytes { (buffer) throws(ModelFormatError) in try values.read(at: 0, into: buffer) }
      return Tensor(
        name: tensor.name, type: tensor.typeName, shape: tensor.shape,
        bytes: hexadecimalText(bytes))
    }
  }

  /// Metadata that differ from what is expected.
  static func differences(_ attributes: Attributes, _ expected: [String: Value]) -> [String] {
    let names = Set(attributes.entries.map(\.name)).union(expected.keys)
    return names.filter { name in
      guard let attribute = attributes[name], let value = expected[name] else { return true }
      return !value.matches(attribute)
    }.sorted().map { "\($0): \(attributes[$0].map { "\($0)" } ?? "none")" }
  }

  /// Reads all values at once and in small parts from any place on, which must give the same.
  static func checkParts(_ source: any ModelSource, _ random: inout SplitMix64) throws {
    for place in source.contents.tensors.indices {
      let values = try source.encodedValues(at: place)
      var whole = [UInt8](repeating: 0xA5, count: values.byteCount)
      try whole.withMutableBytes { (buffer) throws(ModelFormatError) in try values.read(at: 0, into: buffer) }
      for _ in 0..<20 {
        let start = Int.random(in: 0...values.byteCount, using: &random)
        let count = Int.random(in: 0...(values.byteCount - start), using: &random)
        var part = [UInt8](repeating: 0x5A, count: count)
        try part.withMutableBytes { (buffer) throws(ModelFormatError) in try values.read(at: start, into: buffer) }
        #expect(part == Array(whole[start..<start + count]), "\(count) bytes at \(start) of tensor \(place)")
      }
    }
  }
}

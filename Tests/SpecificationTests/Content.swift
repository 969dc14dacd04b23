import ModelFormat

/// A string that equals another only byte by byte: Swift's own takes two spellings of one letter for the same.
struct Text: Decodable, Equatable, Sendable {
  let string: String

  init(_ string: String) { self.string = string }

  init(from decoder: any Decoder) throws {
    string = try decoder.singleValueContainer().decode(String.self)
  }

  static func == (left: Text, right: Text) -> Bool { left.string.utf8.elementsEqual(right.string.utf8) }
}

/// A 64-bit number, written as a string in JSON. Bits must be equal, except those of NaNs.
struct Number: Decodable, Equatable {
  let value: Double

  init(_ value: Double) { self.value = value }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    switch try container.decode(String.self) {
    case "NaN": value = .nan
    case "Infinity": value = .infinity
    case "-Infinity": value = -.infinity
    case "true": value = 1
    case "false": value = 0
    case let text:
      guard let number = Double(text) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no number")
      }
      value = number
    }
  }

  static func == (left: Number, right: Number) -> Bool {
    left.value.bitPattern == right.value.bitPattern || (left.value.isNaN && right.value.isNaN)
  }
}

/// What a file holds, as the content files of the vectors and the Python reader say it.
struct Content: Decodable, Equatable {
  enum Value: Equatable {
    case boolean(Bool)
    case integer(Int)
    case number(Number)
    case string(Text)
    case list([Value])
  }

  struct Attribute: Decodable, Equatable {
    let name: Text
    let value: Value
  }

  struct Topology: Decodable, Equatable {
    struct Preprocessing: Decodable, Equatable {
      let scale: Number
      let offset: Number
    }

    struct Parameter: Decodable, Equatable {
      let role: Text
      let tensor: Text
    }

    struct Layer: Decodable, Equatable {
      let kind: Text
      let name: Text
      let outputShape: [Int]
      let attributes: [Attribute]
      let parameters: [Parameter]
    }

    let inputShape: [Int]
    let preprocessing: Preprocessing
    let layers: [Layer]
    let loss: Text?
    let classNames: [Text]
  }

  struct Column: Decodable, Equatable {
    let name: Text
    let values: [Number]
  }

  struct Tensor: Decodable, Equatable {
    let name: Text
    let type: String
    let shape: [Int]
    let bytes: String
    let values: [Number]
  }

  struct State: Decodable, Equatable {
    let values: [Attribute]
    let tensors: [Tensor]
  }

  struct UnknownSection: Decodable, Equatable {
    let type: String
    let safeToCopy: Bool
    let payload: String
  }

  var version: String
  let topology: Topology?
  let metadata: [Attribute]
  let history: [Column]
  let tensors: [Tensor]
  let trainingState: State?
  var unknownSections: [UnknownSection]
}

extension Content.Value: Decodable {
  private enum Key: String, CodingKey {
    case boolean, integer, number, string, list
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    // Beside the name, an entry has one of these keys.
    guard container.allKeys.count == 1, let key = container.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "expected one kind, found \(container.allKeys)"))
    }
    switch key {
    case .boolean: self = .boolean(try container.decode(Bool.self, forKey: key))
    case .integer:
      let text = try container.decode(String.self, forKey: key)
      guard let integer = Int(text) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "\(text) is no integer")
      }
      self = .integer(integer)
    case .number: self = .number(try container.decode(Number.self, forKey: key))
    case .string: self = .string(try container.decode(Text.self, forKey: key))
    case .list: self = .list(try container.decode([Content.Value].self, forKey: key))
    }
  }
}

extension Content.Attribute {
  private enum Key: String, CodingKey {
    case name
  }

  init(from decoder: any Decoder) throws {
    name = try decoder.container(keyedBy: Key.self).decode(Text.self, forKey: .name)
    value = try Content.Value(from: decoder)
  }
}

import BinaryIO
import ModelSamples
import TestSupport
import Testing

@testable import ModelFormat

/// A reader written from the description alone agrees.
@Suite(.enabled(if: Python.isAvailable))
struct IndependentReaderTests {
  @Test(arguments: Compression.allCases)
  func theCompleteSampleAtEveryCompression(compression: Compression) throws {
    try expectAgreement(try SampleModels.complete(), compression)
  }

  @Test(arguments: 0..<8)
  func itAgreesOnRandomModels(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(7000 + seed))
    try expectAgreement(try SampleModels.random(&random), Compression.allCases[seed % 4])
  }

  @Test func everyElementTypeInPlanesOfEveryMethod() throws {
    var random = SplitMix64(seed: 21)
    let tensors = try DataType.allCases.map { type in
      try SampleModels.ramp(type.rawValue, type, count: 3000, &random)
    }
    for compression in [Compression.default, .best] {
      try expectAgreement(try Model(topology: nil, tensors: tensors), compression)
    }
  }

  @Test func aTensorOfSeveralChunksAndAModelOfNothing() throws {
    let values = (0..<300_000).map { Float($0).squareRoot() }
    try expectAgreement(
      try Model(topology: nil, tensors: [Tensor(name: "roots", shape: [300, 1000], values: values)]))
    try expectAgreement(try Model(topology: nil, tensors: []))
  }

  @Test func itRefusesWhatIsDamagedSoThatItsAgreementMeansSomething() throws {
    let folder = try TemporaryFolder()
    var bytes = try SampleModels.complete().encoded()
    bytes[bytes.count / 2] ^= 1
    let path = try folder.write(bytes, to: "damaged.nnk")
    let outcome = try IndependentReader.run(path)
    #expect(outcome.exitCode != 0)
    #expect(outcome.errors.hasPrefix("not a sound model: checksum"))
  }

  private func expectAgreement(
    _ model: Model, _ compression: Compression = .default, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = try TemporaryFolder()
    try model.save(to: folder.file("model.nnk"), compression: compression)
    let outcome = try IndependentReader.run(folder.file("model.nnk"))
    #expect(outcome.exitCode == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    // A comparison of whole texts: a failure should not print megabytes.
    let agrees = outcome.output == JSON.text(of: model) + "\n"
    #expect(agrees, "\(outcome.output.prefix(2000))", sourceLocation: sourceLocation)
  }
}

/// Runs `Tests/Oracles/read_nnk.py`.
enum IndependentReader {
  static func run(_ path: String) throws -> Outcome {
    try Python.run([Oracle.path("read_nnk.py"), path])
  }
}

/// What the script must print for a model.
private enum JSON {
  static func text(of model: Model) -> String {
    let others = model.unknownSections.map { "[\(quoted($0.type.description)),\(quoted(hexadecimalText($0.payload)))]" }
    let history = model.history.columns.isEmpty ? nil : model.history.structured
    let metadata = model.metadata.entries.isEmpty ? nil : model.metadata.structured
    let state = model.trainingState.map {
      "{\"values\":\(text(of: $0.values.structured)),\"tensors\":\(text(of: $0.tensors))}"
    }
    return "{\"version\":[1,0],\"topology\":\(text(of: model.topology?.structured)),\"history\":\(text(of: history)),"
      + "\"metadata\":\(text(of: metadata)),\"others\":[\(others.joined(separator: ","))],"
      + "\"tensors\":\(text(of: model.tensors)),\"state\":\(state ?? "null")}"
  }

  private static func text(of tensors: [Tensor]) -> String {
    let texts = tensors.map { tensor in
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      return "{\"name\":\(quoted(tensor.name)),\"type\":\(quoted(tensor.dataType.rawValue)),\"shape\":[\(shape)],"
        + "\"bytes\":\(quoted(hexadecimalText(tensor.bytes)))}"
    }
    return "[" + texts.joined(separator: ",") + "]"
  }

  private static func text(of value: StructuredValue?) -> String {
    switch value {
    case nil: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value):
      "{\"number\":\"\(hexadecimalText((value.isNaN ? 0x7FF8 << 48 : value.bitPattern).bigEndianBytes))\"}"
    case .string(let value): quoted(value)
    case .bytes(let value): "{\"bytes\":\"\(hexadecimalText(value))\"}"
    case .array(let elements): "[" + elements.map { text(of: $0) }.joined(separator: ",") + "]"
    case .object(let fields):
      "{" + fields.map { quoted($0.name) + ":" + text(of: $0.value) }.joined(separator: ",") + "}"
    }
  }

  /// A string as Python's `json.dumps` writes it.
  private static func quoted(_ string: String) -> String {
    var text = "\""
    for unit in string.utf16 {
      switch unit {
      case 0x22: text += "\\\""
      case 0x5C: text += "\\\\"
      case 0x0A: text += "\\n"
      case 0x0D: text += "\\r"
      case 0x09: text += "\\t"
      case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default: text += "\\u" + hexadecimalText([UInt8(unit >> 8), UInt8(unit & 0xFF)])
      }
    }
    return text + "\""
  }
}

extension UInt64 {
  fileprivate var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

import BinaryIO
import Testing

@testable import ModelFormat

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("A reader written from the description alone agrees", .enabled(if: IndependentReader.isAvailable))
struct IndependentReaderTests {
  @Test("The complete sample")
  func complete() throws { try expectAgreement(try SampleModels.complete()) }

  @Test("Random models", arguments: 0..<8)
  func random(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(7000 + seed))
    try expectAgreement(try SampleModels.random(&random))
  }

  @Test("A tensor of several chunks, and a model of nothing")
  func chunks() throws {
    let values = (0..<150_000).map { Double($0).squareRoot() }
    try expectAgreement(
      try Model(topology: nil, tensors: [Tensor(name: "roots", shape: [150, 1000], values: values)]))
    try expectAgreement(try Model(topology: nil, tensors: []))
  }

  @Test("It refuses what is damaged, so that its agreement means something")
  func refuses() throws {
    let folder = try TemporaryFolder()
    var bytes = try SampleModels.complete().encoded()
    bytes[bytes.count / 2] ^= 1
    let path = try folder.write(bytes, to: "damaged.nnk")
    let (status, text) = IndependentReader.run(path)
    #expect(status != 0)
    #expect(text.hasPrefix("not a sound model: checksum"))
  }

  private func expectAgreement(_ model: Model, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let folder = try TemporaryFolder()
    try model.save(to: folder.file("model.nnk"))
    let (status, text) = IndependentReader.run(folder.file("model.nnk"))
    #expect(status == 0, "\(text)", sourceLocation: sourceLocation)
    // A comparison of whole texts: a failure should not print megabytes.
    let agrees = text == JSON.text(of: model) + "\n"
    #expect(agrees, "\(text.prefix(2000))", sourceLocation: sourceLocation)
  }
}

/// Runs `Oracle/read_nnk.py`.
enum IndependentReader {
  private static let script: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    return parts.joined(separator: "/") + "/Oracle/read_nnk.py"
  }()

  static let isAvailable: Bool = output(of: "python3 -c 'print(6 * 7)' 2>&1") == (0, "42\n")

  static func run(_ path: String) -> (status: Int32, text: String) {
    output(of: "python3 '\(script)' '\(path)' 2>&1")
  }

  private static func output(of command: String) -> (Int32, String) {
    guard let pipe = popen(command, "r") else { return (-1, "") }
    var output: [UInt8] = []
    while true {
      let byte = getc(pipe)
      if byte == EOF { break }
      output.append(UInt8(truncatingIfNeeded: byte))
    }
    return (pclose(pipe), String(decoding: output, as: UTF8.self))
  }
}

/// What the script must print for a model.
private enum JSON {
  static func text(of model: Model) -> String {
    let others = model.unknownSections.map { "[\(quoted($0.type.description)),\(quoted(hexadecimalText($0.payload)))]" }
    let tensors = model.tensors.map { tensor in
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      return "{\"name\":\(quoted(tensor.name)),\"type\":\(quoted(tensor.dataType.rawValue)),\"shape\":[\(shape)],"
        + "\"bytes\":\(quoted(hexadecimalText(tensor.bytes)))}"
    }
    let history = model.history.columns.isEmpty ? nil : model.history.structured
    let metadata = model.metadata.entries.isEmpty ? nil : model.metadata.structured
    return "{\"version\":[0,1],\"topology\":\(text(of: model.topology?.structured)),\"history\":\(text(of: history)),"
      + "\"metadata\":\(text(of: metadata)),\"others\":[\(others.joined(separator: ","))],"
      + "\"tensors\":[\(tensors.joined(separator: ","))]}"
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

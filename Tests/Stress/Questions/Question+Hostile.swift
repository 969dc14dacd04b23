import BinaryIO
import ModelFormat

// Files that no writer of ours writes, most of them to be refused: however large they are, within a time that grows no
// faster than they do. Each format has its own.

extension Question {
  static let hostile = [
    Question("deep nesting", "arrays in each other", largest: 1 << 20, quick: 40_000, isOfFiles: true) {
      (count, sample) in
      sample.file = { format in try files[format.name]?.nesting(count) }
    },
    Question("repeated name", "fields of the same name", largest: 400_000, quick: 20_000, isOfFiles: true) {
      (count, sample) in
      sample.file = { format in try files[format.name]?.repetition(count) }
    },
    Question("great name", "KiB of a name", largest: 16 << 10, quick: 1 << 10, isOfFiles: true) { (count, sample) in
      sample.file = { format in try files[format.name]?.name(count << 10) }
    },
    Question("constant planes", "chunks of 8 MiB", largest: 64, quick: 8, missing: ["safetensors", "onnx"]) {
      (count, sample) in
      sample.file = { _ in
        var model = RawModel()
        let size = DecodingLimits().chunkSize
        model.addTensor(
          "constant", .uint8, shape: [count, size], chunkSize: size, chunk: RawModel.constantPlanes(.uint8))
        return try model.bytes()
      }
    },
    Question("small chunks", "chunks of a byte", largest: 100_000, quick: 4_000, missing: ["safetensors", "onnx"]) {
      (count, sample) in
      sample.file = { _ in
        var model = RawModel()
        model.addTensor("small", .uint8, shape: [count], chunkSize: 1, chunk: [0, 1])
        return try model.bytes()
      }
    },
  ]

  /// The files of a format. A new format is missing here until it has its own.
  struct Files: Sendable {
    let nesting: @Sendable (Int) throws -> [UInt8]
    let repetition: @Sendable (Int) throws -> [UInt8]
    let name: @Sendable (Int) throws -> [UInt8]
    /// A sound file with next to nothing in it, of a format that is only read.
    var little: [UInt8]?
  }

  static let files = textFiles.merging(archiveFiles) { (one, _) in one }

  private static let textFiles: [String: Files] = [
    "nnk": Files(
      nesting: { count in try metadata(object(["k"], value: [UInt8](repeating: 0x81, count: count) + [0])) },
      repetition: { count in try metadata(object([String](repeating: "k", count: count), value: [0])) },
      name: { count in try metadata(object([String(repeating: "n", count: count)], value: [0])) }),
    "safetensors": Files(
      nesting: { count in
        safetensors("{\"t\":" + String(repeating: "[", count: count) + String(repeating: "]", count: count) + "}")
      },
      repetition: { count in
        let field = "\"t\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}"
        return safetensors("{" + [String](repeating: field, count: count).joined(separator: ",") + "}")
      },
      name: { count in
        let name = String(repeating: "n", count: count)
        return safetensors("{\"\(name)\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")
      }),
    "gguf": Files(
      nesting: { count in gguf(metadata: 1, text("k") + (0..<count).flatMap { _ in little(9, 9, 1, 0) }.dropFirst(4)) },
      repetition: { count in gguf(metadata: count, (0..<count).flatMap { _ in text("k") + little(4, 1) }) },
      name: { count in gguf(tensors: 1, text(String(repeating: "n", count: count)) + little(0, 0, 0, 0)) },
      little: gguf()),
    "onnx": Files(
      // Lengths add up: deeper ones would be put together in a time that grows with the square.
      nesting: { count in
        onnx((0..<min(count, 10_000)).reduce([]) { (graph, _) in field(1, field(5, field(6, graph))) })
      },
      repetition: { count in
        onnx((0..<count).flatMap { _ in field(5, [0x08, 0x00, 0x10, 0x01] + field(8, [0x74])) })
      },
      name: { count in onnx(field(5, [0x08, 0x00, 0x10, 0x01] + field(8, [UInt8](repeating: 0x6E, count: count)))) }),
    "shards": Files(
      nesting: { count in
        index("{}", more: ",\"x\":" + String(repeating: "[", count: count) + String(repeating: "]", count: count))
      },
      repetition: { count in index("{" + [String](repeating: "\"t\":\"a\"", count: count).joined(separator: ",") + "}")
      },
      name: { count in index("{\"" + String(repeating: "n", count: count) + "\":\"a\"}") },
      little: index("{}")),
  ]

  /// A file of ONNX with such a graph.
  private static func onnx(_ graph: [UInt8]) -> [UInt8] { [0x08, 0x08] + field(7, graph) }

  /// A field of Protocol Buffers with bytes.
  private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    var (length, field) = (bytes.count, [number << 3 | 2])
    while length >= 0x80 {
      field.append(UInt8(length & 0x7F) | 0x80)
      length >>= 7
    }
    return field + [UInt8(length)] + bytes
  }

  /// A file of GGUF with so many tensors and metadata, which the caller has encoded.
  private static func gguf(tensors: Int = 0, metadata: Int = 0, _ bytes: some Sequence<UInt8> = [UInt8]()) -> [UInt8] {
    var writer = ByteWriter()
    writer.write("GGUF".utf8)
    writer.writeLittleEndian(3 as UInt32)
    writer.writeLittleEndian(UInt64(tensors))
    writer.writeLittleEndian(UInt64(metadata))
    writer.write(bytes)
    return writer.bytes
  }

  private static func text(_ text: String) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeLittleEndian(UInt64(text.utf8.count))
    writer.write(text.utf8)
    return writer.bytes
  }

  private static func little(_ numbers: UInt32...) -> [UInt8] {
    var writer = ByteWriter()
    for number in numbers { writer.writeLittleEndian(number) }
    return writer.bytes
  }

  private static func index(_ map: String, more: String = "") -> [UInt8] {
    Array("{\"weight_map\":\(map)\(more)}".utf8)
  }

  private static func metadata(_ value: [UInt8]) throws -> [UInt8] {
    var model = RawModel()
    try model.add("mETA", encoded: value)
    return try model.bytes()
  }

  /// The encoding of an object with the names in this order, each with the same value.
  private static func object(_ names: [String], value: [UInt8]) -> [UInt8] {
    shortest(names.count, major: 5) + names.flatMap { shortest($0.utf8.count, major: 3) + Array($0.utf8) + value }
  }

  /// A number as long as it has to be.
  private static func shortest(_ argument: Int, major: UInt8) -> [UInt8] {
    var writer = ByteWriter()
    switch argument {
    case ..<24: writer.write([major << 5 | UInt8(argument)])
    case ..<256: writer.write([major << 5 | 24, UInt8(argument)])
    case ..<65_536:
      writer.write([major << 5 | 25])
      writer.writeBigEndian(UInt16(argument))
    default:
      writer.write([major << 5 | 26])
      writer.writeBigEndian(UInt32(argument))
    }
    return writer.bytes
  }

  private static func safetensors(_ header: String) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeLittleEndian(UInt64(header.utf8.count))
    writer.write(header.utf8)
    return writer.bytes
  }
}

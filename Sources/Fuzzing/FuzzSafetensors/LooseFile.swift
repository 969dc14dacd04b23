import BinaryIO
import FuzzingSupport

@testable import ModelExchange
@testable import ModelFormat

/// A safetensors file taken apart without being checked, so that it can be changed and put together with a right length.
struct LooseFile {
  var header: [UInt8]
  var values: [UInt8]

  /// Nil for bytes that are shorter than the header they announce.
  init?(_ bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    guard let length = (try? reader.readBigEndian(UInt64.self))?.byteSwapped, length <= UInt64(reader.remaining)
    else { return nil }
    header = Array(bytes[8..<8 + Int(length)])
    values = Array(bytes[(8 + Int(length))...])
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.writeLittleEndian(UInt64(header.count))
    writer.write(header)
    writer.write(values)
    return writer.bytes
  }

  /// The header as a value; nil when it is no JSON.
  private var tree: StructuredValue? {
    try? StructuredValue(
      json: String(decoding: header, as: UTF8.self), name: "header", limits: ModelExamination.limits)
  }

  mutating func mutate(_ choices: inout SeededChoices) {
    switch choices.below(8) {
    case 0: values = Fuzzer.mutated(values)
    case 1...5:
      guard let tree else { fallthrough }
      header = Array(tree.mutated(&choices).json.utf8)
    default: header = Fuzzer.mutated(header)
    }
    if choices.below(4) > 0 { fitValues() }
  }

  /// Makes the values end where the last tensor ends.
  private mutating func fitValues() {
    guard case .object(let fields)? = tree else { return }
    let ends = fields.map { field in
      guard case .object(let parts) = field.value,
        case .array(let offsets)? = parts.first(where: { $0.name == "data_offsets" })?.value,
        case .integer(let end)? = offsets.last
      else { return 0 }
      return end
    }
    let size = min(max(ends.max() ?? 0, 0), 1 << 12)
    values = Array(values.prefix(size)) + [UInt8](repeating: 0, count: max(size - values.count, 0))
  }
}

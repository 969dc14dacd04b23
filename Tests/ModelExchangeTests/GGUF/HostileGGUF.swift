import BinaryIO
import ModelFormat
import Testing

@testable import ModelExchange

/// GGUF files that break the rules, each by one change of a small one, and what is said of them.
enum HostileGGUF {
  struct Case: Sendable, CustomTestStringConvertible {
    let title: String
    let code: ModelFormatError.Code
    var tensor: String?
    let expected: String
    let found: String
    let change: @Sendable (inout GGUFBytes) -> Void

    init(
      _ title: String, _ code: ModelFormatError.Code, tensor: String? = nil, expected: String, found: String,
      _ change: @escaping @Sendable (inout GGUFBytes) -> Void
    ) {
      (self.title, self.code, self.tensor, self.expected, self.found) = (title, code, tensor, expected, found)
      self.change = change
    }

    var testDescription: String { title }
  }

  private typealias B = GGUFBytes

  private static func array(_ kind: UInt32, _ count: UInt64, _ elements: [UInt8] = []) -> [UInt8] {
    B.little(kind) + B.little(count) + elements
  }

  private static let versions: [Case] = [
    Case("version 0", .unsupportedVersion, expected: "version 2 or 3 of GGUF", found: "0") { $0.version = 0 },
    Case("version 1", .unsupportedVersion, expected: "version 2 or 3 of GGUF", found: "1") { $0.version = 1 },
    Case("version 4", .unsupportedVersion, expected: "version 2 or 3 of GGUF", found: "4") { $0.version = 4 },
    Case("big-endian", .unsupported, expected: "a little-endian file", found: "a big-endian one of version 3") {
      $0.version = 0x0300_0000
    },
    Case("more tensors than bytes", .truncated, expected: "the number of tensors: at most 3,", found: "1000") {
      $0.tensorCount = 1000
    },
    Case(
      "as many tensors as can be written", .truncated, expected: "the number of tensors", found: "18446744073709551615"
    ) {
      $0.tensorCount = .max
    },
    Case("more metadata than bytes", .truncated, expected: "the number of metadata", found: "9223372036854775807") {
      $0.metadataCount = 1 << 63 - 1
    },
  ]

  private static let metadata: [Case] = [
    Case("a name longer than the file", .truncated, expected: "the length of the name of metadata", found: "1000000") {
      $0.metadata = [B.little(1_000_000 as UInt64) + [65, 0, 0, 0, 0, 0]]
    },
    Case("a name without bytes", .malformedValue, expected: "a name of 1 to 65535 bytes", found: "0 bytes") {
      $0.metadata = [B.metadata("", 0, [1])]
    },
    Case("a name that is no UTF-8", .malformedValue, expected: "the name of metadata in UTF-8", found: "other bytes") {
      $0.metadata = [B.string([0xC3, 0x28]) + B.little(0 as UInt32) + [1]]
    },
    Case("a name twice", .malformedValue, expected: "each name of metadata once", found: "\"a\" twice") {
      $0.metadata = [B.metadata("a", 0, [1]), B.metadata("a", 0, [1])]
    },
    Case("type 13", .malformedValue, expected: "a type of metadata, 0 to 12", found: "13") {
      $0.metadata = [B.metadata("a", 13, [1])]
    },
    Case("an array of type 13", .malformedValue, expected: "a type of metadata, 0 to 12", found: "13") {
      $0.metadata = [B.metadata("a", 9, array(13, 1, [1]))]
    },
    Case("a boolean of 2", .malformedValue, expected: "0 or 1 for a boolean", found: "2") {
      $0.metadata = [B.metadata("a", 7, [2])]
    },
    Case("a boolean of 2 in an array", .malformedValue, expected: "0 or 1 for a boolean", found: "2") {
      $0.metadata = [B.metadata("a", 9, array(7, 3, [0, 1, 2]))]
    },
    Case("a string that is no UTF-8", .malformedValue, expected: "a value of metadata in UTF-8", found: "other bytes") {
      $0.metadata = [B.metadata("a", 8, B.string([0xFF]))]
    },
    Case("a string longer than the file", .truncated, expected: "the length of a value of metadata", found: "4096") {
      $0.metadata = [B.metadata("a", 8, B.little(4096 as UInt64))]
    },
    Case(
      "an array longer than the file", .truncated, expected: "the number of elements of an array",
      found: "18446744073709551615"
    ) { $0.metadata = [B.metadata("a", 9, array(0, .max))] },
    Case(
      "an array of numbers whose size overflows", .truncated, expected: "the number of elements of an array",
      found: "2305843009213693953"
    ) { $0.metadata = [B.metadata("a", 9, array(10, 1 << 61 + 1))] },
    Case("a long array of strings past the end", .truncated, expected: "the length of a string", found: "99999") {
      $0.metadata = [
        B.metadata("a", 9, array(8, 65, B.little(99_999 as UInt64) + [UInt8](repeating: 0, count: 600)))
      ]
    },
    Case("arrays in each other", .limitExceeded, expected: "arrays nested at most 31 deep", found: "deeper nesting") {
      $0.metadata = [B.metadata("a", 9, (0..<40).flatMap { _ in array(9, 1) } + array(0, 1, [1]))]
    },
    Case(
      "arrays in each other that are passed over", .limitExceeded, expected: "arrays nested at most 31 deep",
      found: "deeper nesting"
    ) {
      let nested = (0..<40).flatMap { _ in array(9, 1) } + array(0, 1, [1])
      $0.metadata = [B.metadata("a", 9, array(9, 65, nested + [UInt8](repeating: 0, count: 1000)))]
    },
    Case("an alignment of 0", .malformedValue, expected: "a power of two", found: "another") {
      $0.metadata = [B.metadata("general.alignment", 4, B.little(0 as UInt32))]
    },
    Case("an alignment of 24", .malformedValue, expected: "a power of two", found: "another") {
      $0.metadata = [B.metadata("general.alignment", 4, B.little(24 as UInt32))]
    },
    Case("an alignment of 2 GiB", .malformedValue, expected: "at most 1048576", found: "another") {
      $0.metadata = [B.metadata("general.alignment", 4, B.little(1 << 31 as UInt32))]
    },
    Case("an alignment of another type", .malformedValue, expected: "of type uint32", found: "another") {
      $0.metadata = [B.metadata("general.alignment", 10, B.little(32 as UInt64))]
    },
  ]

  private static let tensors: [Case] = [
    Case(
      "a tensor without a name", .invalidTensor, tensor: "", expected: "a name of 1 to 65535 bytes", found: "0 bytes"
    ) {
      $0.tensors[0].name = ""
    },
    Case(
      "two tensors of a name", .duplicateTensor, tensor: "t", expected: "each tensor name once",
      found: "the same name twice"
    ) {
      $0.tensors.append(.init(offset: 32))
      $0.values += $0.values
    },
    Case("thirty-three dimensions", .limitExceeded, tensor: "t", expected: "at most 32 dimensions", found: "33") {
      $0.tensors[0].rank = 33
    },
    Case("four billion dimensions", .limitExceeded, tensor: "t", expected: "at most 32 dimensions", found: "4294967295")
    {
      $0.tensors[0].rank = .max
    },
    Case(
      "a dimension of 64 bits", .invalidTensor, tensor: "t", expected: "dimensions that fit in 63 bits",
      found: "18446744073709551615"
    ) {
      $0.tensors[0].dimensions = [.max]
    },
    Case(
      "a product that overflows", .invalidTensor, tensor: "t", expected: "a product that fits in 63 bits",
      found: "[4294967296, 4294967296]"
    ) {
      $0.tensors[0].dimensions = [1 << 32, 1 << 32]
    },
    Case(
      "a size that overflows", .invalidTensor, tensor: "t", expected: "a product that fits in 63 bits",
      found: "[4611686018427387904]"
    ) {
      $0.tensors[0].dimensions = [1 << 62]
    },
    Case(
      "a type that ggml has given up", .unsupported, tensor: "t", expected: "a type that ggml still has",
      found: "Q4_2 (number 4)"
    ) {
      $0.tensors[0].type = 4
    },
    Case(
      "a type of rearranged blocks", .unsupported, tensor: "t", expected: "a type that ggml still has",
      found: "Q4_0_8_8 (number 33)"
    ) {
      $0.tensors[0].type = 33
    },
    Case("a type that there is not", .unsupported, tensor: "t", expected: "numbers 0 to 42", found: "number 43") {
      $0.tensors[0].type = 43
    },
    Case("a type of all bits", .unsupported, tensor: "t", expected: "numbers 0 to 42", found: "number 4294967295") {
      $0.tensors[0].type = .max
    },
    Case(
      "a block that is not filled", .invalidTensor, tensor: "t", expected: "a multiple of 32 elements",
      found: "33 elements"
    ) {
      $0.tensors[0].dimensions = [33]
      $0.tensors[0].type = 2
    },
    Case("blocks across rows", .invalidTensor, tensor: "t", expected: "rows of a multiple of 32 elements", found: "16")
    {
      $0.tensors[0].dimensions = [16, 2]
      $0.tensors[0].type = 2
    },
    Case(
      "a tensor without an end", .limitExceeded, tensor: "t", expected: "at most 68719476736 bytes of tensors",
      found: "more"
    ) {
      $0.tensors[0].dimensions = [1 << 40]
    },
  ]

  private static let layouts: [Case] = [
    Case(
      "an offset past the end", .inconsistentLayout, tensor: "t", expected: "values that begin at data offset 0",
      found: "1048576, a hole"
    ) {
      $0.tensors[0].offset = 1 << 20
    },
    Case(
      "an offset of all bits", .inconsistentLayout, tensor: "t", expected: "an offset in the file",
      found: "18446744073709551615"
    ) {
      $0.tensors[0].offset = .max
    },
    Case(
      "a hole", .inconsistentLayout, tensor: "u", expected: "values that begin at data offset 32", found: "64, a hole"
    ) {
      $0.tensors.append(.init(name: "u", offset: 64))
      $0.values += $0.values + $0.values
    },
    Case(
      "an overlap", .inconsistentLayout, tensor: "u", expected: "values that begin at data offset 32",
      found: "16, an overlap"
    ) {
      $0.tensors.append(.init(name: "u", offset: 16))
      $0.values += $0.values
    },
    Case(
      "the same values twice", .inconsistentLayout, tensor: "u", expected: "values that begin at data offset 32",
      found: "0, an overlap"
    ) {
      $0.tensors.append(.init(name: "u", offset: 0))
    },
    Case(
      "an offset that is not aligned", .inconsistentLayout, tensor: "t", expected: "values that begin at data offset 0",
      found: "8, a hole"
    ) {
      $0.tensors[0].offset = 8
    },
    Case("values past the end", .truncated, tensor: "t", expected: "400 bytes of values", found: "32") {
      $0.tensors[0].dimensions = [100]
    },
    Case("no values", .truncated, tensor: "t", expected: "16 bytes of values", found: "0") { $0.values = [] },
    Case("values that no tensor has", .trailingBytes, expected: "the end of the file", found: "1 more bytes") {
      $0.values.append(0)
    },
  ]

  static let all = versions + metadata + tensors + layouts
}

import ModelFormat
import TestSupport
import Testing

@testable import ModelExchange

/// ONNX files that break the rules are refused, with the place and the evidence.
struct ONNXRefusalTests {
  /// A file, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let file: [UInt8]
    let code: ModelFormatError.Code
    let section: String?
    let expected: String
    let found: String

    init(
      _ what: String, _ file: [UInt8], _ code: ModelFormatError.Code, in section: String?, _ expected: String,
      _ found: String
    ) {
      testDescription = what
      self.file = file
      self.code = code
      self.section = section
      self.expected = expected
      self.found = found
    }
  }

  private typealias B = ONNXBytes

  private static func tensor(_ fields: [UInt8]) -> [UInt8] { B.file(tensor: fields) }

  private static func attribute(_ attribute: [UInt8]) -> [UInt8] {
    B.file(B.graph(nodes: [B.node("Relu", ["x"], ["y"], [attribute])]))
  }

  private static let begin: [UInt8] = [0x08, 0x08]

  static let wire: [Case] = [
    Case(
      "cut off in a length", begin + [0x12, 0x00, 0x3A], .truncated, in: "ModelProto",
      "1 byte of a field from offset 5 on", "0 up to the end of the message"),
    Case(
      "cut off in a varint", begin + [0x3A, 0x80], .truncated, in: "ModelProto",
      "1 byte of a field from offset 4 on", "0 up to the end of the message"),
    Case(
      "a graph longer than the file", begin + [0x3A, 0x05, 0], .truncated, in: "ModelProto",
      "5 bytes of a field from offset 4 on", "1 up to the end of the message"),
    Case(
      "a length of 64 bits", begin + [0x3A] + [UInt8](repeating: 0xFF, count: 9) + [0x01], .truncated,
      in: "ModelProto", "18446744073709551615 bytes of a field from offset 13 on", "0 up to the end of the message"),
    Case(
      "a varint of 70 bits", begin + [0x28] + [UInt8](repeating: 0xFF, count: 9) + [0x02], .malformedValue,
      in: "ModelProto", "a varint of at most 64 bits", "a longer one"),
    Case(
      "a varint of eleven bytes", begin + [0x28] + [UInt8](repeating: 0x80, count: 10) + [0x00], .malformedValue,
      in: "ModelProto", "a varint of at most 64 bits", "a longer one"),
    Case(
      "the field 0", begin + [0x3A, 0x00, 0x02, 0x00], .malformedValue, in: "ModelProto",
      "a field number from 1 to 536870911", "0"),
    Case(
      "a field number of 30 bits", begin + [0x3A, 0x00] + B.varint(1 << 32 | 2), .malformedValue, in: "ModelProto",
      "a field number from 1 to 536870911", "536870912"),
    Case(
      "a group", begin + [0x3A, 0x00, 0x0B, 0x0C], .malformedValue, in: "ModelProto", "the wire type 0, 1, 2 or 5",
      "3 for field 1"),
    Case(
      "the wire type 7", begin + [0x3A, 0x00, 0x0F], .malformedValue, in: "ModelProto", "the wire type 0, 1, 2 or 5",
      "7 for field 1"),
    Case(
      "a graph that is a number", begin + [0x12, 0x00, 0x38, 0x01], .malformedValue, in: "ModelProto",
      "bytes with their length in field 7", "a varint"),
    Case(
      "a version that is text", begin + [0x3A, 0x00] + B.text(1, "8"), .malformedValue, in: "ModelProto",
      "a varint in field 1", "bytes with their length"),
    Case(
      "a producer that is no text", begin + B.bytes(2, [0x41, 0xFF]), .malformedValue, in: "ModelProto",
      "text in UTF-8 in field 2", "other bytes"),
    Case("no graph", begin + B.text(2, "p"), .invalidField, in: "ModelProto", "a graph", "none"),
    Case(
      "two graphs", begin + [0x3A, 0x00, 0x3A, 0x00], .invalidField, in: "ModelProto", "one graph", "two"),
    Case(
      "a node longer than its graph", B.file([0x0A, 0x05, 0x0A]), .inconsistentLayout, in: "GraphProto",
      "5 bytes of a field from offset 6 on", "1 up to the end of the message"),
    Case(
      "a fixed number that is cut off", B.file([0x0D, 1, 2]), .inconsistentLayout, in: "GraphProto",
      "4 bytes of a field from offset 5 on", "2 up to the end of the message"),
    Case(
      "a node that is a number", B.file([0x08, 0x01]), .malformedValue, in: "GraphProto",
      "bytes with their length in field 1", "a varint"),
    Case(
      "an attribute's float as an integer", attribute(B.text(1, "alpha") + B.integer(2, 1)), .malformedValue,
      in: "AttributeProto", "a number of 4 bytes in field 2", "a varint"),
    Case(
      "packed floats of three bytes", attribute(B.bytes(7, [1, 2, 3])), .malformedValue, in: "AttributeProto",
      "4 bytes for each number", "3 bytes"),
    Case(
      "packed integers that are cut off", attribute(B.bytes(8, [0x80])), .inconsistentLayout, in: "AttributeProto",
      "1 byte of a field from offset", "0 up to the end of the message"),
  ]

  static let tensors: [Case] = [
    Case(
      "no type", tensor(B.integer(1, 1) + B.text(8, "a") + B.raw([1])), .invalidTensor, in: "TensorProto",
      "a data_type from 1 to 28", "0"),
    Case(
      "a type of the future", tensor(B.tensor("a", [1], type: 99, B.raw([1]))), .unsupported, in: "TensorProto",
      "a data_type from 1 to 28", "99"),
    Case(
      "a negative type", tensor(B.tensor("a", [1], type: -1, B.raw([1]))), .unsupported, in: "TensorProto",
      "a data_type from 1 to 28", "-1"),
    Case(
      "no name", tensor(B.tensor("", [1], B.raw([1]))), .invalidTensor, in: "TensorProto",
      "a name of 1 to 65535 bytes", "0 bytes"),
    Case(
      "a negative dimension", tensor(B.tensor("a", [-1], B.raw([1]))), .invalidTensor, in: "TensorProto",
      "dimensions of at least 0 with a product that fits in 63 bits", "[-1]"),
    Case(
      "dimensions with too large a product", tensor(B.tensor("a", [1 << 32, 1 << 31], B.raw([1]))), .invalidTensor,
      in: "TensorProto", "dimensions of at least 0 with a product that fits in 63 bits", "[4294967296, 2147483648]"),
    Case(
      "33 dimensions", tensor(B.tensor("a", [Int](repeating: 1, count: 33), B.raw([1]))), .limitExceeded,
      in: "TensorProto", "at most 32 dimensions", "more"),
    Case(
      "too few bytes", tensor(B.tensor("a", [2], B.raw([1]))), .invalidTensor, in: "TensorProto",
      "8 bytes of values for [2] of f32", "4"),
    Case(
      "too many bytes", tensor(B.tensor("a", [1], B.raw([1, 2]))), .invalidTensor, in: "TensorProto",
      "4 bytes of values for [1] of f32", "8"),
    Case(
      "no values", tensor(B.tensor("a", [1], [])), .invalidTensor, in: "TensorProto",
      "4 bytes of values for [1] of f32", "0"),
    Case(
      "half a block of bytes", tensor(B.tensor("a", [3], type: 22, B.bytes(9, [1]))), .invalidTensor,
      in: "TensorProto", "2 bytes of values for [3] of i4", "1"),
    Case(
      "raw_data twice", tensor(B.tensor("a", [1], B.raw([1]) + B.raw([2]))), .invalidTensor, in: "TensorProto",
      "raw_data once", "it twice"),
    Case(
      "values in two fields", tensor(B.tensor("a", [1], B.float(4, 1) + B.integer(5, 1))), .invalidTensor,
      in: "TensorProto", "values in one field", "some in float_data and some in int32_data"),
    Case(
      "raw and typed values", tensor(B.tensor("a", [1], B.raw([1]) + B.float(4, 1))), .invalidTensor,
      in: "TensorProto", "values in one field", "some in raw_data and some in float_data"),
    Case(
      "floats in int32_data", tensor(B.tensor("a", [1], B.integer(5, 1))), .invalidTensor, in: "TensorProto",
      "values in float_data, where those of the type are", "some in int32_data"),
    Case(
      "a segment", tensor(B.tensor("a", [1], B.bytes(3, B.integer(1, 0)))), .unsupported, in: "TensorProto",
      "a tensor in one piece", "a segment of one"),
    Case(
      "six bits in int32_data", tensor(B.tensor("a", [4], type: 27, B.bytes(5, [1, 2, 3, 4]))), .unsupported,
      in: "TensorProto", "values in raw_data for elements of 6 bits", "some in int32_data"),
    Case(
      "a sparse tensor without indices",
      B.file(B.graph() + B.bytes(15, B.bytes(1, B.tensor("a", [1], B.raw([1]))))), .invalidTensor,
      in: "SparseTensorProto", "values and indices", "no indices"),
    Case(
      "external data in a stream",
      tensor(B.tensor("a", [1], B.bytes(13, B.text(1, "location") + B.text(2, "w")) + B.integer(14, 1))),
      .unsupported, in: nil, "a file in a folder with the other files that it names", "a stream"),
    Case(
      "external data without a location", tensor(B.tensor("a", [1], B.integer(14, 1))), .invalidField,
      in: "TensorProto", "a location in external_data", "none"),
    Case(
      "an external offset that is no number",
      tensor(
        B.tensor(
          "a", [1],
          B.bytes(13, B.text(1, "location") + B.text(2, "w")) + B.bytes(13, B.text(1, "offset") + B.text(2, "-4"))
            + B.integer(14, 1))), .invalidField, in: "TensorProto",
      "an integer of at least 0 as the offset of external_data", "\"-4\""),
    Case(
      "an external key twice",
      tensor(
        B.tensor(
          "a", [1],
          B.bytes(13, B.text(1, "location") + B.text(2, "w")) + B.bytes(13, B.text(1, "location") + B.text(2, "v"))
            + B.integer(14, 1))), .invalidField, in: "TensorProto", "each key of external_data once",
      "\"location\" twice"),
    Case(
      "the same name twice",
      B.file(B.graph(tensors: [B.tensor("a", [1], B.raw([1])), B.tensor("a", [1], B.raw([2]))])), .duplicateTensor,
      in: nil, "each tensor name once", "the same name twice"),
  ]

  /// Numbers are counted and checked when they are asked for.
  static let numbers: [Case] = [
    Case(
      "too few numbers", tensor(B.tensor("a", [3], type: 6, B.bytes(5, [1, 2]))), .invalidTensor, in: "TensorProto",
      "3 numbers in int32_data", "2"),
    Case(
      "too many numbers", tensor(B.tensor("a", [1], type: 6, B.bytes(5, [1, 2]))), .invalidTensor,
      in: "TensorProto", "1 numbers in int32_data", "more"),
    Case(
      "a number too large for its type", tensor(B.tensor("a", [1], type: 3, B.bytes(5, [0x80, 0x01]))),
      .invalidTensor, in: "TensorProto", "numbers of 8 bits", "128"),
    Case(
      "a negative number in a type without", tensor(B.tensor("a", [1], type: 2, B.integer(5, -1))), .invalidTensor,
      in: "TensorProto", "numbers of 8 bits", "-1"),
    Case(
      "a boolean that is 2", tensor(B.tensor("a", [1], type: 9, B.bytes(5, [2]))), .invalidTensor,
      in: "TensorProto", "0 or 1 for every boolean", "2 for element 0"),
    Case(
      "packed floats of six bytes",
      tensor(B.tensor("a", [2], B.bytes(4, [0, 0, 0, 0, 0, 0]) + B.float(4, 1))), .malformedValue,
      in: "TensorProto", "4 bytes for each number of float_data", "2"),
    Case(
      "a double in float_data", tensor(B.tensor("a", [2], B.float(4, 1) + [0x21] + [UInt8](repeating: 0, count: 8))),
      .malformedValue, in: "TensorProto", "the wire type of the numbers of float_data", "another"),
    Case(
      "a varint in double_data",
      tensor(B.tensor("a", [2], type: 11, [0x51] + [UInt8](repeating: 0, count: 8) + B.integer(10, 1))),
      .malformedValue, in: "TensorProto", "the wire type of the numbers of double_data", "another"),
    Case(
      "a raw boolean that is 7", tensor(B.tensor("a", [1], type: 9, B.bytes(9, [7]))), .invalidTensor, in: "data",
      "0 or 1 for every boolean", "7 for element 0"),
  ]

  @Test(arguments: wire + tensors + numbers)
  func `a file that breaks a rule is refused with the evidence`(of file: Case) throws {
    let error = try readingError(file.file)
    #expect(error.code == file.code)
    #expect(error.section == file.section)
    #expect(error.expected.hasPrefix(file.expected), "\(error)")
    #expect(error.found == file.found, "\(error)")
  }

  @Test func `limits bound tensors, nested graphs and what is kept`() throws {
    let one = B.tensor("a", [1], B.raw([1]))
    var limits = DecodingLimits()
    limits.tensorCount = 1
    #expect(
      try readingError(B.file(B.graph(tensors: [one, one])), limits: limits).expected == "at most 1 tensors")
    limits = DecodingLimits()
    limits.totalTensorSize = 3
    #expect(try readingError(B.file(tensor: one), limits: limits).expected == "at most 3 bytes of tensors")
    limits = DecodingLimits()
    limits.structuredSectionSize = 100
    let error = try readingError(B.file(B.graph(), B.text(6, String(repeating: "d", count: 101))), limits: limits)
    #expect(error.expected == "at most 100 bytes of names, texts and attributes")
    var graph = B.graph()
    for _ in 0..<40 { graph = B.graph(nodes: [B.node("If", ["c"], ["y"], [B.text(1, "g") + B.bytes(6, graph)])]) }
    #expect(try readingError(B.file(graph)).expected == "graphs nested at most 32 deep")
  }

  @Test func `too many different operators are refused`() throws {
    let nodes = (0...4096).map { B.node("Op\($0)", ["x"], ["y"]) }
    #expect(try readingError(B.file(B.graph(nodes: nodes))).expected == "at most 4096 different operators")
  }

  @Test func `no cut of a whole file is taken for a model, and none traps`() throws {
    let file = B.file(
      B.graph(
        nodes: [B.node("Relu", ["x"], ["y"])], tensors: [B.tensor("a", [2], B.raw([1, 2]))],
        inputs: [B.value("x", [nil, 3])], outputs: [B.value("y", [nil, 3])]))
    for count in 4..<file.count - 20 { _ = try readingError(Array(file[..<count])) }
  }

  @Test func `any byte may be another`() throws {
    let file = B.file(
      B.graph(
        nodes: [B.node("Gemm", ["x", "w", "b"], ["y"], [B.attribute("transB", 1)])],
        tensors: [
          B.tensor("w", [2, 3], B.raw([1, 2, 3, 4, 5, 6])), B.tensor("b", [2], B.bytes(4, B.little([1, 2]))),
        ],
        inputs: [B.value("x", [nil, 3])], outputs: [B.value("y", [nil, 2])]))
    for index in file.indices.dropFirst(4) {
      for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
        var other = file
        other[index] = value
        // Whatever it is now, it is read or refused.
        _ = try? ModelFiles.open(bytes: other).model()
      }
    }
  }
}

/// How a file of another format stores elements that no `DataType` describes: blocks of so many elements, each of so many
/// bytes.
///
/// An element type of less than a byte or of two numbers is one block, and so are numbers that share a scale. Where this
/// program knows how to turn blocks into numbers, these are what `ModelSource.values(at:)` hands out, as `f32`, which
/// holds each of them exactly. The blocks themselves are what `ModelSource.encodedValues(at:)` hands out.
public struct TensorEncoding: Equatable, Sendable {
  /// The name, in lower case, such as `f8_e4m3` or `q4_0`.
  public let name: String
  /// The number of elements that are stored together, at least 1.
  public let blockCount: Int
  /// The number of bytes that they take, at least 1.
  public let blockByteCount: Int
  /// Whether a last block may have fewer elements, and as many bytes as any.
  public let padsLastBlock: Bool
  /// Whether blocks can be turned into numbers.
  public let hasNumbers: Bool

  package init(
    name: String, blockCount: Int = 1, blockByteCount: Int, padsLastBlock: Bool = false, hasNumbers: Bool
  ) {
    self.name = name
    self.blockCount = blockCount
    self.blockByteCount = blockByteCount
    self.padsLastBlock = padsLastBlock
    self.hasNumbers = hasNumbers
  }

  /// Encodings are equal when their names are, byte by byte: one name means one layout in all formats.
  public static func == (left: TensorEncoding, right: TensorEncoding) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8)
  }
}

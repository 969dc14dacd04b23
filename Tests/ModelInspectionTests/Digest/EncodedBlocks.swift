import ModelFormat

/// A model of another format, whose only tensor is stored in blocks.
struct EncodedBlocks: ModelSource {
  let name = "blocks"
  let contents: ModelContents
  private let bytes: Tensor
  private let numbers: Tensor

  init(_ encoding: TensorEncoding, shape: [Int], bytes: [UInt8]) throws {
    let tensor = try TensorDescription(name: "blocks", encoding: encoding, shape: shape)
    contents = try ModelContents(tensors: [tensor])
    self.bytes = try Tensor(tensor.encodedBytes, bytes: bytes)
    numbers = try Tensor(tensor.decoded, bytes: [UInt8](repeating: 0, count: tensor.byteCount))
  }

  func values(at place: Int) -> any TensorValues { MemoryValues(numbers) }
  func encodedValues(at place: Int) -> any TensorValues { MemoryValues(bytes) }
}

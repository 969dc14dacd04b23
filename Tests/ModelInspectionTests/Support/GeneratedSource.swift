import BinaryIO
import ModelFormat

/// A model with one tensor whose elements a function gives as they are read: no memory holds them.
struct GeneratedSource: ModelSource {
  let name = "generated"
  let contents: ModelContents
  private let values: GeneratedValues

  var tensor: TensorDescription { contents.tensors[0] }

  /// - Parameter bits: the bits of the element at a place.
  init(_ type: DataType, count: Int, bits: @escaping @Sendable (Int) -> UInt64) throws {
    contents = try ModelContents(tensors: [TensorDescription(name: "w", dataType: type, shape: [count])])
    values = GeneratedValues(elementSize: type.byteCount, byteCount: count * type.byteCount, bits: bits)
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues { values }
}

private struct GeneratedValues: TensorValues {
  let elementSize: Int
  let byteCount: Int
  let bits: @Sendable (Int) -> UInt64

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    try checkRange(at: offset, count: buffer.count)
    for index in 0..<buffer.count / elementSize {
      var element = bits(offset / elementSize + index).littleEndian
      withUnsafeBytes(of: &element) { bytes in
        UnsafeMutableRawBufferPointer(rebasing: buffer[(index * elementSize)...])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<elementSize]))
      }
    }
  }
}

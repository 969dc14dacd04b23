import BinaryIO
import ModelFormat
import Threads

/// A model in memory, cut into pieces of any size, which says where a piece repeats one element and counts what is read
/// all the same.
struct CutSource: ModelSource {
  let name = "cut"
  let contents: ModelContents
  private let tensors: [Tensor]
  private let pieceSize: Int
  private let knowsRepetitions: Bool
  private let counter = Counter()

  /// How many bytes of values have been read.
  var readCount: Int { counter.count.withLock { $0 } }

  final class Counter: Sendable {
    let count = Lock<Int>(0)
  }

  init(_ tensors: [Tensor], pieceSize: Int, knowsRepetitions: Bool = true) throws {
    self.tensors = tensors
    self.pieceSize = pieceSize
    self.knowsRepetitions = knowsRepetitions
    contents = try ModelContents(tensors: tensors.map(\.description))
  }

  func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    CutValues(tensor: tensors[place], pieceSize: pieceSize, knowsRepetitions: knowsRepetitions, counter: counter)
  }
}

private struct CutValues: TensorValues {
  let tensor: Tensor
  let pieceSize: Int
  let knowsRepetitions: Bool
  let counter: CutSource.Counter

  var byteCount: Int { tensor.bytes.count }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    try checkRange(at: offset, count: buffer.count)
    tensor.bytes.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + buffer.count]))
    }
    counter.count.withLock { $0 += buffer.count }
  }

  func repeatedElement(ofPiece index: Int) -> RepeatedElement? {
    let (size, range) = (tensor.dataType.byteCount, range(ofPiece: index))
    guard knowsRepetitions else { return nil }
    let element = RepeatedElement(
      bits: tensor.bytes[range].prefix(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }, byteCount: size)
    var repetitions = [UInt8](repeating: 0, count: range.count)
    repetitions.withUnsafeMutableBytes { element.fill($0) }
    return repetitions == Array(tensor.bytes[range]) ? element : nil
  }
}

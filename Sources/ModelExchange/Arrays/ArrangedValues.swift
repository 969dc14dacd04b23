import BinaryIO
import ModelFormat

/// Where the elements of a tensor are in a region, and in which order their bytes are.
struct Arrangement: Sendable {
  let region: any ByteRegion
  /// Where the first stored element begins in the region, in bytes.
  let start: Int
  let layout: StridedLayout
  /// The size of the words whose most significant byte comes first; 1 where none does.
  let wordSize: Int
}

/// The values of a tensor that are gathered from where they lie, piece by piece, in row-major order.
struct ArrangedValues: TensorValues {
  /// How much is gathered at a time: reads are the longer the more of it there is.
  private static let gatheredSize = 1 << 22

  private let arrangement: Arrangement
  /// What the values are, where they can be wrong.
  private let tensor: TensorDescription

  var byteCount: Int { arrangement.layout.byteCount }
  var pieceSize: Int {
    arrangement.layout.isContiguous ? arrangement.region.pieceSize : ArrangedValues.gatheredSize
  }

  init(_ arrangement: Arrangement, _ tensor: TensorDescription) {
    self.arrangement = arrangement
    self.tensor = tensor
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    let (region, start) = (arrangement.region, arrangement.start)
    do {
      try checkRange(at: offset, count: buffer.count)
      try unsafe arrangement.layout.read(
        at: offset, into: buffer, wordSize: arrangement.wordSize
      ) { (place, buffer) throws(ModelFormatError) in try unsafe region.read(at: start + place, into: buffer) }
      try unsafe tensor.checkBooleans(UnsafeRawBufferPointer(buffer), from: offset)
    } catch { throw error.at(path: region.fileName, tensor: tensor.name) }
  }
}

extension StoredElement {
  /// The size of an element in bytes; nil where elements share bytes.
  var byteCount: Int? {
    switch self {
    case .plain(let type): type.byteCount
    case .encoded(let blocks): blocks.encoding.blockCount == 1 ? blocks.encoding.blockByteCount : nil
    }
  }

  /// The values of a tensor of such elements, as numbers.
  ///
  /// - Throws: `unsupported` for elements that cannot be turned into numbers.
  func values(
    of tensor: TensorDescription, _ arrangement: Arrangement, advice: String? = nil
  ) throws(ModelFormatError) -> any TensorValues {
    guard case .encoded(let blocks) = self else { return ArrangedValues(arrangement, tensor) }
    let bytes = ArrangedValues(arrangement, tensor.encodedBytes)
    guard let decode = blocks.decode else {
      do { try tensor.checkNumbers(advice: advice) } catch { throw error.at(path: arrangement.region.fileName) }
      return bytes
    }
    return DecodedValues(bytes, tensor, decode)
  }

  /// The values of such a tensor as they are stored, in row-major order and little-endian.
  func encodedValues(of tensor: TensorDescription, _ arrangement: Arrangement) -> any TensorValues {
    switch self {
    case .plain: ArrangedValues(arrangement, tensor)
    case .encoded: ArrangedValues(arrangement, tensor.encodedBytes)
    }
  }
}

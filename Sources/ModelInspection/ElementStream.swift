import ModelFormat

/// The values of one tensor as numbers, in blocks, from a file or from memory.
///
/// Memory: one piece of the values.
struct ElementStream {
  private let dataType: DataType
  private let values: any TensorValues
  private var piece: [UInt8] = []
  private var nextPiece = 0
  private var position = 0

  /// The values of a tensor of a file.
  init(_ reader: ModelReader, _ tensor: TensorDescription) throws(ModelFormatError) {
    self.init(try reader.values(of: tensor), tensor.dataType)
  }

  /// The values of a tensor in memory.
  init(_ tensor: Tensor) {
    self.init(MemoryValues(tensor), tensor.dataType)
  }

  private init(_ values: any TensorValues, _ dataType: DataType) {
    self.values = values
    self.dataType = dataType
  }

  /// Fills `block` as far as there are values, and returns how many that were; 0 at the end.
  mutating func next<Element: StreamedElement>(
    into block: UnsafeMutableBufferPointer<Element>
  ) throws(ModelFormatError) -> Int {
    var filled = 0
    while filled < block.count {
      if position == piece.count, try !refill() { break }
      let room = UnsafeMutableBufferPointer(rebasing: block[filled...])
      let count = piece.withUnsafeBytes { bytes in
        Element.decode(UnsafeRawBufferPointer(rebasing: bytes[position...]), of: dataType, into: room)
      }
      position += count * dataType.byteCount
      filled += count
    }
    return filled
  }

  private mutating func refill() throws(ModelFormatError) -> Bool {
    guard nextPiece < values.pieceCount else { return false }
    let range = values.range(ofPiece: nextPiece)
    if piece.count != range.count { piece = [UInt8](repeating: 0, count: range.count) }
    let values = values
    try piece.withUnsafeMutableBufferPointer { (buffer) throws(ModelFormatError) in
      try values.read(at: range.lowerBound, into: UnsafeMutableRawBufferPointer(buffer))
    }
    nextPiece += 1
    position = 0
    return true
  }
}

/// A number that the values of a tensor can be read as.
protocol StreamedElement {
  /// Reads as many whole elements of `bytes` as `values` has room for, and returns how many that were.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, of type: DataType, into values: UnsafeMutableBufferPointer<Self>
  ) -> Int
}

extension Double: StreamedElement {
  static func decode(
    _ bytes: UnsafeRawBufferPointer, of type: DataType, into values: UnsafeMutableBufferPointer<Double>
  ) -> Int {
    ElementDecoder.decode(bytes, of: type, into: values)
  }
}

/// The bits of the 64-bit integer types, which `Double` cannot hold exactly.
extension UInt64: StreamedElement {
  static func decode(
    _ bytes: UnsafeRawBufferPointer, of type: DataType, into values: UnsafeMutableBufferPointer<UInt64>
  ) -> Int {
    let count = Swift.min(bytes.count / 8, values.count)
    for index in 0..<count {
      values[index] = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
    }
    return count
  }
}

/// The number of values that statistics and comparison look at in one go.
let blockSize = 4096

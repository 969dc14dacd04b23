import ModelFormat

/// The values of one tensor as numbers, in blocks, from a file or from memory.
///
/// Memory: one chunk of the file.
struct ElementStream {
  private enum Origin {
    case file(TensorChunkReader)
    case finished
  }

  private let dataType: DataType
  private var origin: Origin
  private var chunk: [UInt8]
  private var position = 0

  /// The values of a tensor of a file.
  init(_ reader: ModelReader, _ tensor: TensorDescription) throws(ModelFormatError) {
    dataType = tensor.dataType
    origin = .file(try reader.chunks(of: tensor))
    chunk = []
  }

  /// The values of a tensor in memory.
  init(_ tensor: Tensor) {
    dataType = tensor.dataType
    origin = .finished
    chunk = tensor.bytes
  }

  /// Fills `block` as far as there are values, and returns how many that were; 0 at the end.
  mutating func next<Element: StreamedElement>(
    into block: UnsafeMutableBufferPointer<Element>
  ) throws(ModelFormatError) -> Int {
    var filled = 0
    while filled < block.count {
      if position == chunk.count, try !refill() { break }
      let room = UnsafeMutableBufferPointer(rebasing: block[filled...])
      let count = chunk.withUnsafeBytes { bytes in
        Element.decode(UnsafeRawBufferPointer(rebasing: bytes[position...]), of: dataType, into: room)
      }
      position += count * dataType.byteCount
      filled += count
    }
    return filled
  }

  private mutating func refill() throws(ModelFormatError) -> Bool {
    guard case .file(var reader) = origin, reader.nextSize > 0 else { return false }
    if chunk.count != reader.nextSize { chunk = [UInt8](repeating: 0, count: reader.nextSize) }
    try chunk.withUnsafeMutableBufferPointer { (buffer) throws(ModelFormatError) in
      try reader.next(into: UnsafeMutableRawBufferPointer(buffer))
    }
    origin = .file(reader)
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

import BinaryIO
import ModelFormat

/// The values of a tensor that are numbers of a field of its `TensorProto`, packed or one by one.
///
/// A varint shows where it ends only in itself. So all are counted once, and places on the way are kept, from which any
/// range is read.
struct TypedValues: TensorValues {
  /// How many numbers lie between places that are kept.
  private static let stride = 1 << 16

  private let source: any RandomAccessSource
  private let tensor: TensorDescription
  private let unitByteCount: Int
  /// Places in the message: before each so many numbers.
  private var places: [TypedNumbers]

  var byteCount: Int { tensor.byteCount }

  /// - Parameters:
  ///   - tensor: what the numbers become: the values, or the bytes of their blocks.
  ///   - message: where the `TensorProto` is.
  /// - Throws: `invalidTensor` for another number of them than the shape needs, or one that is out of range; any error
  ///   of the wire format. O(n).
  init(
    _ source: any RandomAccessSource, _ field: TypedField, in message: Range<Int>, _ tensor: TensorDescription
  ) throws(ModelFormatError) {
    self.source = source
    self.tensor = tensor
    unitByteCount = field.unit.byteCount
    places = []
    let expected = tensor.byteCount / unitByteCount
    var numbers = TypedNumbers(field, in: message)
    let window = SourceWindow(source, keepingAtMost: 0)
    var count = 0
    do throws(ModelFormatError) {
      while count <= expected {
        if count % TypedValues.stride == 0 { places.append(numbers) }
        guard try numbers.next(window) != nil else { break }
        count += 1
      }
      guard count == expected else {
        throw ModelFormatError(
          .invalidTensor, section: "TensorProto", offset: message.lowerBound,
          expected: "\(expected) numbers in \(field.field.name)", found: count > expected ? "more" : "\(count)")
      }
    } catch { throw error.at(path: source.name, tensor: tensor.name) }
  }

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    do throws(ModelFormatError) {
      try checkRange(at: offset, count: buffer.count)
      guard buffer.count > 0 else { return }
      let window = SourceWindow(source, keepingAtMost: 0)
      let first = offset / unitByteCount
      var numbers = places[first / TypedValues.stride]
      for _ in 0..<first % TypedValues.stride { _ = try numbers.next(window) }
      // Where the bytes of the next number are in the buffer; the first one's may begin before it.
      var position = first * unitByteCount - offset
      while position < buffer.count {
        guard let bits = try numbers.next(window) else {
          throw ModelFormatError(.truncated, expected: "\(byteCount) bytes of values", found: "fewer than there were")
        }
        for index in max(0, -position)..<min(unitByteCount, buffer.count - position) {
          unsafe buffer[position + index] = UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))
        }
        position += unitByteCount
      }
      try unsafe tensor.checkBooleans(UnsafeRawBufferPointer(buffer), from: offset)
    } catch { throw error.at(path: source.name, section: "TensorProto", tensor: tensor.name) }
  }
}

import BinaryIO
import ModelFormat

/// Writes the tensors of a model, and what else it holds as text, in the format of the safetensors library.
///
/// The bytes are those of that library for the same tensors and metadata: the widest types first, then by name, the
/// header padded with spaces to a multiple of 8. No more than a few pieces of a tensor are held in memory.
struct SafetensorsWriter {
  private let source: any ModelSource
  private let contents: ModelContents
  /// How each tensor is stored.
  private let types: [SafetensorsType]
  /// The places of the tensors in the order in which they are written.
  private let order: [Int]
  private let maximumHeaderLength: Int

  /// - Parameter maximumHeaderLength: the largest header that readers take.
  init(
    _ source: any ModelSource, maximumHeaderLength: Int = SafetensorsHeader.maximumLength
  ) throws(ModelFormatError) {
    self.source = source
    contents = source.contents
    self.maximumHeaderLength = maximumHeaderLength
    let tensors = contents.tensors
    for tensor in tensors where ByteName(tensor.name) == ByteName(SafetensorsHeader.metadataName) {
      throw ModelFormatError(
        .invalidTensor, tensor: tensor.name, expected: "a name that safetensors does not use itself",
        found: ByteName(tensor.name).quoted)
    }
    let types = tensors.map { SafetensorsType($0) }
    for (tensor, type) in zip(tensors, types) where !SafetensorsWriter.keeps(tensor, as: type) && !tensor.hasNumbers {
      throw ModelFormatError(
        .unsupported, tensor: tensor.name, expected: "elements of a type that safetensors has, or numbers",
        found: tensor.typeName, advice: "leave the tensor out, or store it with another type of elements first")
    }
    self.types = types
    order = tensors.indices.sorted { left, right in
      let (first, second) = (types[left].rawValue, types[right].rawValue)
      return first != second ? first > second : ByteName(tensors[left].name) < ByteName(tensors[right].name)
    }
  }

  /// Whether the stored bytes of a tensor are what a file has; otherwise its numbers are.
  private static func keeps(_ tensor: TensorDescription, as type: SafetensorsType) -> Bool {
    guard case .encoded = type.element else { return tensor.encoding == nil }
    return true
  }

  private func byteCount(at place: Int) -> Int {
    let tensor = contents.tensors[place]
    return SafetensorsWriter.keeps(tensor, as: types[place]) ? tensor.encodedByteCount : tensor.byteCount
  }

  private func values(at place: Int) throws(ModelFormatError) -> any TensorValues {
    SafetensorsWriter.keeps(contents.tensors[place], as: types[place])
      ? try source.encodedValues(at: place) : try source.values(at: place)
  }

  /// Writes the header's JSON object, without what pads it.
  private func writeHeader<Sink: ByteSink & ~Copyable>(
    to text: inout JSONText<Sink>
  ) throws(ModelFormatError) {
    let tensors = contents.tensors
    let parts = SafetensorsParts(
      contents.parts, tensorNames: order.elementsEqual(tensors.indices) ? [] : tensors.map(\.name))
    var isFirst = true
    text.write("{")
    if !parts.isEmpty {
      text.write("\"\(SafetensorsHeader.metadataName)\":{")
      parts.write(to: &text)
      text.write("}")
      isFirst = false
    }
    var begin = 0
    for place in order {
      let tensor = tensors[place]
      guard let end = CheckedArithmetic.sum(begin, byteCount(at: place)) else {
        throw ModelFormatError(
          .limitExceeded, tensor: tensor.name, expected: "tensors of less than 2^63 bytes together", found: "more")
      }
      if !isFirst { text.write(",") }
      isFirst = false
      text.string(tensor.name)
      text.write(":{\"dtype\":\"\(types[place].name)\",\"shape\":")
      text.array(tensor.shape) { (text, dimension) in text.integer(dimension) }
      text.write(",\"data_offsets\":[\(begin),\(end)]}")
      begin = end
    }
    text.write("}")
  }

  /// The length of the header's JSON object. All of it is put together for that, and none of it held.
  private func headerLength() throws(ModelFormatError) -> Int {
    var text = JSONText(CountingSink())
    try writeHeader(to: &text)
    let sink: CountingSink
    do throws(FileError) { sink = try text.finish() } catch { throw ModelFormatError(error) }
    return sink.count
  }

  /// Writes the whole file to a sink, which it gives back.
  ///
  /// - Parameter threads: how many threads read and decode.
  func write<Sink: ByteSink & ~Copyable>(to sink: consuming Sink, threads: Int) throws(ModelFormatError) -> Sink {
    let length = try headerLength()
    let padding = (SafetensorsHeader.prefixSize - length % SafetensorsHeader.prefixSize) % SafetensorsHeader.prefixSize
    guard length + padding <= maximumHeaderLength else {
      throw ModelFormatError(
        .limitExceeded, section: "header",
        expected: "a header of at most \(maximumHeaderLength) bytes, which is all that safetensors reads",
        found: "\(length + padding) for names, metadata, topology and history")
    }
    var prefix = ByteWriter()
    prefix.writeLittleEndian(UInt64(length + padding))
    var sink = sink
    do throws(FileError) { try sink.write(prefix.bytes) } catch { throw ModelFormatError(error) }
    var text = JSONText(sink)
    try writeHeader(to: &text)
    text.write(String(repeating: " ", count: padding))
    do throws(FileError) { sink = try text.finish() } catch { throw ModelFormatError(error) }
    for place in order { try values(at: place).write(to: &sink, threads: threads) }
    return sink
  }
}

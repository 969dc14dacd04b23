import BinaryIO
import ModelFormat
import NPY
import Threads

/// Writes the tensors of a model, and what else it holds as text, as an `.npz` file.
///
/// Members have the headers and the order that NumPy gives them, and are deflated, or stored where no compression is asked
/// for. What `bfloat16` tensors and encodings that NumPy lacks hold becomes `float32`, exactly.
struct NumPyArchiveWriter {
  /// How many bytes of a member are deflated apart from the others, which says what the file is like.
  private static let blockSize = 1 << 20

  /// What a tensor becomes.
  fileprivate struct Array {
    let place: Int
    let name: String
    let header: [UInt8]
    /// The size of the elements in the file.
    let byteCount: Int
    let keepsEncoding: Bool
    let widens: Bool
  }

  private let source: any ModelSource
  private let arrays: [Array]
  private let text: [UInt8]?
  /// Nil for members that are stored.
  private let level: Int32?

  init(_ source: any ModelSource, _ compression: Compression) throws(ModelFormatError) {
    self.source = source
    level =
      switch compression {
      case .none: nil
      case .fast: 1
      case .default: 6
      case .best: 9
      }
    let contents = source.contents
    try NumPyArchiveWriter.checkNames(contents.tensors)
    var arrays: [Array] = []
    for (place, tensor) in contents.tensors.enumerated() { arrays.append(try Array(tensor, at: place)) }
    self.arrays = arrays
    text = try NumPyArchiveWriter.text(contents.parts)
  }

  /// Refuses names that NumPy or zip archives have another use for.
  private static func checkNames(_ tensors: [TensorDescription]) throws(ModelFormatError) {
    let suffix = NumPyArchiveFile.suffix
    let advice = "convert the model to .nnk or .safetensors, or rename the tensor"
    let names = Set(tensors.lazy.map { ByteName($0.name) })
    for tensor in tensors {
      let name = tensor.name
      func refuse(_ expected: String) -> ModelFormatError {
        ModelFormatError(
          .invalidTensor, tensor: name, expected: expected, found: ByteName(name).quoted, advice: advice)
      }
      guard ByteName(name) != ByteName(NumPyTexts.metadataName) else {
        throw refuse("a name that nnkit does not use itself in .npz")
      }
      guard !name.utf8.contains(0) else { throw refuse("a name without NUL, where NumPy would cut it off") }
      guard name.utf8.count + suffix.utf8.count <= Int(UInt16.max) else {
        throw ModelFormatError(
          .invalidTensor, tensor: name,
          expected: "a name of at most \(Int(UInt16.max) - suffix.utf8.count) bytes in .npz",
          found: "\(name.utf8.count)", advice: advice)
      }
      guard !names.contains(ByteName(name + suffix)) else {
        throw refuse("no other tensor of that name with \(suffix) after it, which NumPy would take for this one")
      }
    }
  }

  /// What is stored beside tensors; nil where there is nothing.
  private static func text(_ parts: ModelParts) throws(ModelFormatError) -> [UInt8]? {
    let parts = SafetensorsParts(parts, tensorNames: [])
    guard !parts.isEmpty else { return nil }
    var json = JSONText(MemorySink())
    json.write("{")
    parts.write(to: &json)
    json.write("}")
    let bytes: [UInt8]
    do throws(FileError) { bytes = try json.finish().bytes } catch { throw ModelFormatError(error) }
    return NPYText.encoded(String(decoding: bytes, as: UTF8.self))
  }

  /// Writes the whole file to a sink, which it gives back.
  ///
  /// - Parameter threads: how many threads read and deflate. The bytes are the same.
  func write<Sink: ByteSink & ~Copyable>(to sink: consuming Sink, threads: Int) throws(ModelFormatError) -> Sink {
    var archive = ZipWriter(sink)
    for array in arrays {
      let values =
        array.keepsEncoding ? try source.encodedValues(at: array.place) : try source.values(at: array.place)
      try write(array, values, to: &archive, threads: threads)
    }
    if let text { try write(text: text, to: &archive) }
    do throws(FileError) { return try archive.finish() } catch { throw ModelFormatError(error) }
  }

  private var method: ZipEntry.Method { level == nil ? .stored : .deflated }

  private func write<Sink: ByteSink & ~Copyable>(
    text: [UInt8], to archive: inout ZipWriter<Sink>
  ) throws(ModelFormatError) {
    let blocks = try blocks(text, isLast: true)
    do throws(FileError) {
      try archive.begin(NumPyTexts.metadataName + NumPyArchiveFile.suffix, method, size: text.count)
      for block in blocks { try archive.write(block.stored) }
      try archive.end(checksum: CRC32.checksum(text))
    } catch { throw ModelFormatError(error) }
  }

  private func write<Sink: ByteSink & ~Copyable>(
    _ array: Array, _ values: any TensorValues, to archive: inout ZipWriter<Sink>, threads: Int
  ) throws(ModelFormatError) {
    var checksum = CRC32()
    let header = try block(array.header, isLast: array.byteCount == 0)
    do throws(FileError) {
      try archive.begin(
        array.name + NumPyArchiveFile.suffix, method, size: array.header.count + array.byteCount)
      try archive.write(header.stored)
    } catch { throw ModelFormatError(error) }
    checksum.update(header.checksum, byteCount: header.size)
    let unit = values.unitSize(multipleOf: NumPyArchiveWriter.blockSize)
    try OrderedPipeline.run(count: values.unitCount(unit), threads: threads) { (number) throws(ModelFormatError) in
      let range = values.range(ofUnit: number, unit)
      var bytes = [UInt8](repeating: 0, count: range.count)
      try unsafe bytes.withMutableBytes { (buffer) throws(ModelFormatError) in
        try unsafe values.read(at: range.lowerBound, into: buffer)
      }
      let isLast = range.upperBound == values.byteCount
      return try blocks(array.widens ? NumPyArchiveWriter.widened(bytes) : bytes, isLast: isLast)
    } consume: { (_, blocks: [Block]) throws(ModelFormatError) in
      for block in blocks {
        checksum.update(block.checksum, byteCount: block.size)
        do throws(FileError) { try archive.write(block.stored) } catch { throw ModelFormatError(error) }
      }
    }
    do throws(FileError) { try archive.end(checksum: checksum.value) } catch { throw ModelFormatError(error) }
  }

  /// The upper halves of 32-bit numbers with their lower halves.
  private static func widened(_ bytes: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: 2 * bytes.count) { buffer, count in
      for index in stride(from: 0, to: bytes.count - 1, by: 2) {
        unsafe buffer[2 * index] = 0
        unsafe buffer[2 * index + 1] = 0
        unsafe buffer[2 * index + 2] = bytes[index]
        unsafe buffer[2 * index + 3] = bytes[index + 1]
      }
      count = 2 * bytes.count
    }
  }

  /// A stretch of a member as it is stored, and what is known of it.
  private struct Block: Sendable {
    let stored: [UInt8]
    let checksum: UInt32
    let size: Int
  }

  /// Bytes in stretches of a fixed size, so that the file is the same however many were read at a time.
  private func blocks(_ bytes: [UInt8], isLast: Bool) throws(ModelFormatError) -> [Block] {
    var blocks: [Block] = []
    for start in stride(from: 0, to: bytes.count, by: NumPyArchiveWriter.blockSize) {
      let end = min(start + NumPyArchiveWriter.blockSize, bytes.count)
      blocks.append(try block(Swift.Array(bytes[start..<end]), isLast: isLast && end == bytes.count))
    }
    return blocks
  }

  private func block(_ bytes: [UInt8], isLast: Bool) throws(ModelFormatError) -> Block {
    let checksum = CRC32.checksum(bytes)
    guard let level else { return Block(stored: bytes, checksum: checksum, size: bytes.count) }
    do throws(CompressionError) {
      let stored = try unsafe bytes.withBytes { (buffer) throws(CompressionError) in
        try unsafe DeflateBlock.compress(buffer, level: level, isLast: isLast)
      }
      return Block(stored: stored, checksum: checksum, size: bytes.count)
    } catch { throw ModelFormatError(.limitExceeded, expected: "memory for zlib", found: "none") }
  }
}

extension NumPyArchiveWriter.Array {
  /// - Throws: `unsupported` for an encoding without numbers that NumPy does not have; `invalidTensor` for a shape that it
  ///   cannot have.
  fileprivate init(_ tensor: TensorDescription, at place: Int) throws(ModelFormatError) {
    let own = tensor.encoding.flatMap { NPYElementType($0) }
    if own == nil {
      try tensor.checkNumbers(
        advice: "convert the model to .safetensors, if that has the type, or leave the tensor out")
    }
    let type = own ?? NPYElementType(tensor.dataType) ?? .float32
    do throws(NPYError) {
      let header = try NPYHeader(elementType: type, shape: tensor.shape)
      self.header = header.encoded
      byteCount = header.byteCount
    } catch { throw ModelFormatError(error).at(tensor: tensor.name) }
    self.place = place
    name = tensor.name
    keepsEncoding = own != nil
    widens = tensor.encoding == nil && tensor.dataType == .bfloat16
  }
}

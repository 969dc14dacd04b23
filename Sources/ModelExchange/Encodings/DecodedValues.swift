import ModelFormat

/// The numbers of a tensor whose blocks are decoded when they are asked for.
struct DecodedValues: TensorValues {
  private let stored: any TensorValues
  private let tensor: TensorDescription
  private let decode: BlockEncoding.Decoder
  private let blockByteCount: Int
  /// The size of the numbers of a block.
  private let numbersByteCount: Int

  var byteCount: Int { tensor.byteCount }

  /// - Parameters:
  ///   - stored: the blocks.
  ///   - tensor: what they become.
  init(_ stored: any TensorValues, _ tensor: TensorDescription, _ decode: @escaping BlockEncoding.Decoder) {
    self.stored = stored
    self.tensor = tensor
    self.decode = decode
    blockByteCount = tensor.encoding?.blockByteCount ?? 1
    numbersByteCount = (tensor.encoding?.blockCount ?? 1) * MemoryLayout<Float>.size
  }

  /// How large the numbers are that are decoded at a time: they stay in the processor's nearest caches.
  private static let batchSize = 1 << 16

  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    do { try checkRange(at: offset, count: buffer.count) } catch { throw error.at(tensor: tensor.name) }
    guard unsafe !buffer.isEmpty else { return }
    let firstBlock = offset / numbersByteCount
    let lastBlock = (offset + buffer.count - 1) / numbersByteCount
    let batch = min(max(DecodedValues.batchSize / numbersByteCount, 1), lastBlock - firstBlock + 1)
    let blocks = UnsafeMutableRawBufferPointer.allocate(byteCount: batch * blockByteCount, alignment: 16)
    defer { unsafe blocks.deallocate() }
    let numbers = UnsafeMutableBufferPointer<Float>.allocate(
      capacity: batch * numbersByteCount / MemoryLayout<Float>.size)
    defer { unsafe numbers.deallocate() }
    unsafe numbers.initialize(repeating: 0)
    for block in stride(from: firstBlock, through: lastBlock, by: batch) {
      let count = min(batch, lastBlock - block + 1)
      let encoded = unsafe UnsafeMutableRawBufferPointer(rebasing: blocks[..<(count * blockByteCount)])
      try unsafe stored.read(at: block * blockByteCount, into: encoded)
      decode(unsafe StoredBlock(UnsafeRawBufferPointer(encoded)), unsafe BlockNumbers(numbers))
      // Where the numbers of these blocks are among all, and which of them were asked for.
      let start = block * numbersByteCount
      let wanted = max(start, offset)..<min(start + count * numbersByteCount, offset + buffer.count)
      let decoded = UnsafeRawBufferPointer(numbers)
      unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[(wanted.lowerBound - offset)...]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: decoded[(wanted.lowerBound - start)..<(wanted.upperBound - start)]))
    }
  }
}

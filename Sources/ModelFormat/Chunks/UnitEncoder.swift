import Threads

/// Makes the chunks of a tensor, one or more at a time: as many as a piece of the source holds, so that no piece is
/// decoded again for each of them.
struct UnitEncoder: Sendable {
  private let tensor: TensorDescription
  private let values: any TensorValues
  private let compression: Compression
  private let pool: BufferPool
  private let unitSize: Int

  init(_ tensor: TensorDescription, _ values: any TensorValues, _ compression: Compression, _ pool: BufferPool) {
    self.tensor = tensor
    self.values = values
    self.compression = compression
    self.pool = pool
    unitSize = values.unitSize(multipleOf: TensorChunk.size)
  }

  var unitCount: Int { values.unitCount(unitSize) }

  /// The chunks of a unit. Those that one element repeats take O(1), where the source says so.
  func chunks(ofUnit unit: Int) throws(ModelFormatError) -> [EncodedChunk] {
    let range = values.range(ofUnit: unit, unitSize)
    let runs = values.runs(in: range)
    if let chunks = repeated(range, runs) { return chunks }
    return try unsafe values.withValues(in: range) { (bytes) throws(ModelFormatError) in
      var chunks: [EncodedChunk] = []
      for start in stride(from: 0, to: range.count, by: TensorChunk.size) {
        let part = unsafe UnsafeRawBufferPointer(
          rebasing: bytes[start..<min(start + TensorChunk.size, range.count)])
        chunks.append(try unsafe EncodedChunk(part, tensor.dataType, compression, pool))
      }
      return chunks
    }
  }

  /// The chunks of a unit, each of which lies in a run of one element; nil when one does not.
  private func repeated(_ range: Range<Int>, _ runs: [ValueRun]) -> [EncodedChunk]? {
    var chunks: [EncodedChunk] = []
    var run = 0
    for start in stride(from: range.lowerBound, to: range.upperBound, by: TensorChunk.size) {
      let end = min(start + TensorChunk.size, range.upperBound)
      while runs[run].range.upperBound <= start { run += 1 }
      guard end <= runs[run].range.upperBound, let element = runs[run].element,
        let chunk = EncodedChunk(element, byteCount: end - start, tensor.dataType, compression, pool)
      else { return nil }
      chunks.append(chunk)
    }
    return chunks
  }
}

import BinaryIO
import Threads

extension ModelWriter where Sink: ~Copyable {
  /// Copies the chunks of all tensors of a source, in the order of their places. Reading and verifying goes on side by
  /// side with writing; no more than a few pieces for each thread are held. What is written is what was verified: a copy by
  /// the system (`copy_file_range`) takes half the time, and would take what another program has changed in between.
  mutating func copyChunks(_ tensors: [StoredChunks]) throws(ModelFormatError) {
    var counts = PieceNumbers()
    for tensor in tensors { counts.append(tensor.chunks.count) }
    let numbers = counts
    func chunk(_ number: Int) -> StoredChunk {
      let (place, piece) = numbers.locate(number)
      return tensors[place].chunk(piece)
    }
    let groups = ItemGroups(count: numbers.count) { chunk($0).section.length }
    try OrderedPipeline.run(groups: groups, threads: threads) { (number) throws(ModelFormatError) -> PooledBuffer? in
      let chunk = chunk(number)
      // What is aligned, or long, is read while it is written.
      guard chunk.isWhole, try chunk.alignedPadding() == nil else { return nil }
      do throws(ModelFormatError) { return try chunk.container.frame(of: chunk.section) } catch {
        throw chunk.located(error)
      }
    } consume: { (number, frame: PooledBuffer?) throws(ModelFormatError) in
      let chunk = chunk(number)
      guard let frame else { return try copyInPieces(chunk) }
      try unsafe frame.withMemory { (frame) throws(ModelFormatError) in
        try unsafe appendFrame(
          UnsafeRawBufferPointer(frame), .chunk, length: chunk.section.length, checksum: chunk.section.checksum)
      }
    }
  }

  /// Copies a chunk without holding all of it, and fits the padding of one that is aligned.
  ///
  /// What is wrong with it may show after it is written; then the file is never put in place.
  private mutating func copyInPieces(_ chunk: StoredChunk) throws(ModelFormatError) {
    do { try chunk.container.checkFrame(of: chunk.section) } catch { throw chunk.located(error) }
    let padding = try chunk.alignedPadding()
    let front = padding.map { 1 + $0 } ?? 0
    let newFront = padding == nil ? 0 : 1 + TensorChunk.padding(sectionOffset: offset)
    let length = chunk.section.length - front + newFront
    // The coding byte of a raw chunk is a zero, as padding is.
    var (old, new) = (CRC32(), CRC32())
    let zeros = [UInt8](repeating: TensorChunk.Coding.raw.rawValue, count: max(front, newFront))
    unsafe zeros.withUnsafeBytes { zeros in
      unsafe old.update(UnsafeRawBufferPointer(rebasing: zeros[..<front]))
      unsafe new.update(UnsafeRawBufferPointer(rebasing: zeros[..<newFront]))
    }
    let start = offset
    try append(SectionFrame.header(.chunk, length: length))
    try append(Array(zeros[..<newFront]))
    let pieces = Pieces(range: front..<chunk.section.length, size: TensorChunk.size)
    try OrderedPipeline.run(count: pieces.count, threads: threads) { (number) throws(ModelFormatError) in
      try chunk.piece(pieces[number])
    } consume: { (number, piece: (bytes: PooledBuffer, checksum: CRC32)) throws(ModelFormatError) in
      old.update(piece.checksum.value, byteCount: pieces[number].count)
      new.update(piece.checksum.value, byteCount: pieces[number].count)
      try unsafe piece.bytes.withMemory { (bytes) throws(ModelFormatError) in
        try unsafe append(UnsafeRawBufferPointer(bytes))
      }
    }
    do { try chunk.container.check(old, of: chunk.section) } catch { throw chunk.located(error) }
    try append(SectionFrame.checksum(new.value))
    note(SectionEntry(type: .chunk, offset: start, length: length, checksum: new.value))
  }
}

/// A range in pieces of one size, the last of which may be smaller.
private struct Pieces {
  let range: Range<Int>
  let size: Int

  var count: Int { range.isEmpty ? 0 : (range.count - 1) / size + 1 }

  subscript(number: Int) -> Range<Int> {
    let start = range.lowerBound + number * size
    return start..<start + min(size, range.upperBound - start)
  }
}

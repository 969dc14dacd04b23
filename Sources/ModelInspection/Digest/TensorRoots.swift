import Hashing
import ModelFormat
import Threads

/// The tree hash of the values of each tensor of a model: pieces are read, verified and hashed side by side.
enum TensorRoots {
  /// The bytes of a leaf, except the last of a tensor. Part of the definition (`specs/digest.md`).
  static let pieceSize = 1 << 20

  /// The roots in the order of the tensors. Memory: a piece for each thread, as the source cuts them.
  ///
  /// - Throws: any error of the source; an error of the hash.
  static func roots(of source: any ModelSource, threads: Int?) throws(DigestError) -> [SHA256Digest] {
    let tensors = source.contents.tensors
    let size = tensors.reduce(0) { $0.addingReportingOverflow($1.encodedByteCount).partialValue }
    let threads = Workload.threads(threads, byteCount: size)
    var opened: [any TensorValues] = []
    opened.reserveCapacity(tensors.count)
    var numbers = PieceNumbers()
    try OrderedPipeline.run(
      groups: ItemGroups(count: tensors.count) { tensors[$0].encodedByteCount }, threads: threads
    ) { (place) throws(DigestError) in
      try reading { () throws(ModelFormatError) in try source.encodedValues(at: place) }
    } consume: { (_, values: any TensorValues) throws(DigestError) in
      opened.append(values)
      numbers.append(values.unitCount(values.unitSize(multipleOf: pieceSize)))
    }
    return try roots(of: opened, numbers, pool: BufferPool(), threads: threads)
  }

  private static func roots(
    of tensors: [any TensorValues], _ numbers: PieceNumbers, pool: BufferPool, threads: Int
  ) throws(DigestError) -> [SHA256Digest] {
    var trees = [MerkleTree](repeating: MerkleTree(), count: tensors.count)
    let repeated = RepeatedLeaves(pool)
    var hash: SHA256
    do { hash = try SHA256() } catch { throw .hashing(error) }
    let units = ItemGroups(count: numbers.count) { number in range(ofUnit: number, tensors, numbers).range.count }
    try OrderedPipeline.run(groups: units, threads: threads) { (number) throws(DigestError) in
      let (place, range) = range(ofUnit: number, tensors, numbers)
      return try leaves(of: tensors[place], in: range, pool, repeated)
    } consume: { (number, leaves: [SHA256Digest]) throws(DigestError) in
      let place = numbers.locate(number).place
      do throws(HashingError) {
        for leaf in leaves { try trees[place].append(leaf: leaf, &hash) }
      } catch { throw .hashing(error) }
    }
    var roots: [SHA256Digest] = []
    roots.reserveCapacity(trees.count)
    do throws(HashingError) {
      for tree in trees { roots.append(try tree.root(&hash)) }
    } catch { throw .hashing(error) }
    return roots
  }

  private static func range(
    ofUnit number: Int, _ tensors: [any TensorValues], _ numbers: PieceNumbers
  ) -> (place: Int, range: Range<Int>) {
    let (place, unit) = numbers.locate(number)
    let values = tensors[place]
    return (place, values.range(ofUnit: unit, values.unitSize(multipleOf: pieceSize)))
  }

  /// The leaves of a stretch of values that begins at a multiple of `pieceSize`.
  private static func leaves(
    of values: any TensorValues, in range: Range<Int>, _ pool: BufferPool, _ repeated: RepeatedLeaves
  ) throws(DigestError) -> [SHA256Digest] {
    let starts = stride(from: range.lowerBound, to: range.upperBound, by: pieceSize)
    let runs = values.runs(in: range)
    if runs.count == 1, let element = runs[0].element {
      return try hashing { () throws(HashingError) in
        var leaves: [SHA256Digest] = []
        for start in starts {
          leaves.append(try repeated.leaf(element, byteCount: min(pieceSize, range.upperBound - start)))
        }
        return leaves
      }
    }
    return try unsafe pool.buffer(byteCount: range.count).withMemory { (memory) throws(DigestError) in
      try reading { () throws(ModelFormatError) in try unsafe values.read(at: range.lowerBound, into: memory) }
      return try hashing { () throws(HashingError) in
        var leaves: [SHA256Digest] = []
        var hash = try SHA256()
        for start in starts {
          let offset = start - range.lowerBound
          let piece = unsafe memory[offset..<min(offset + pieceSize, memory.count)]
          leaves.append(try unsafe MerkleTree.leaf(UnsafeRawBufferPointer(rebasing: piece), &hash))
        }
        return leaves
      }
    }
  }
}

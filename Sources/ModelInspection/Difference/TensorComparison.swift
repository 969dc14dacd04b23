import BinaryIO
import ModelFormat
import Threads

/// Compares the tensors of two models that have the same name, piece by piece on several threads.
///
/// Every pair of pieces is compared on its own, and the comparisons are merged in the order of the pieces. So the
/// results are the same whatever the number of threads.
struct TensorComparison {
  private let tolerance: Tolerance
  private let threads: Int?
  private var pairs: [TensorPair] = []
  private var numbers = PieceNumbers()
  private var byteCount = 0

  init(
    _ left: any ModelSource, _ right: any ModelSource, tolerance: Tolerance, threads: Int?
  ) throws(ModelFormatError) {
    self.tolerance = tolerance
    self.threads = threads
    let (leftTensors, rightTensors) = (left.contents.tensors, right.contents.tensors)
    let leftPieces = try TensorPieces.open(leftTensors, in: left, threads: threads)
    let rightPieces = try TensorPieces.open(rightTensors, in: right, threads: threads)
    var places: [ByteName: Int] = [:]
    for (place, tensor) in rightTensors.enumerated() { places[ByteName(tensor.name)] = place }
    var unmatched = Set(rightTensors.indices)
    for (tensor, pieces) in zip(leftTensors, leftPieces) {
      let place = places[ByteName(tensor.name)]
      if let place { unmatched.remove(place) }
      append(
        TensorPair(
          name: tensor.name, left: .init(description: tensor, pieces: pieces),
          right: place.map { .init(description: rightTensors[$0], pieces: rightPieces[$0]) }))
    }
    for (place, tensor) in rightTensors.enumerated() where unmatched.contains(place) {
      append(
        TensorPair(name: tensor.name, left: nil, right: .init(description: tensor, pieces: rightPieces[place])))
    }
  }

  private mutating func append(_ pair: TensorPair) {
    pairs.append(pair)
    numbers.append(pair.pieceCount)
    byteCount += max(pair.left?.description.byteCount ?? 0, pair.right?.description.byteCount ?? 0)
  }

  /// Reads all values of both files: damage is an error even where there is nothing to compare.
  func differences() throws(ModelFormatError) -> [ModelDifference.TensorDifference] {
    var comparisons = pairs.map { $0.comparison(from: 0, tolerance) }
    try OrderedPipeline.run(
      count: numbers.count, threads: Workload.threads(threads, byteCount: byteCount)
    ) { (number) throws(ModelFormatError) in
      let (place, piece) = numbers.locate(number)
      return try pairs[place].comparison(ofPiece: piece, tolerance)
    } consume: { (number, comparison: ValueComparison?) throws(ModelFormatError) in
      if let comparison { comparisons[numbers.locate(number).place]?.merge(comparison) }
    }
    return zip(pairs, comparisons).map { pair, comparison in
      let shape = pair.left?.description.shape ?? []
      return ModelDifference.TensorDifference(
        name: pair.name, left: pair.left?.description, right: pair.right?.description,
        values: comparison?.difference(shape: shape))
    }
  }
}

/// What has one name in either file or in both.
private struct TensorPair {
  struct Side {
    let description: TensorDescription
    let pieces: TensorPieces

    var elementsPerPiece: Int { max(1, pieces.values.pieceSize / description.dataType.byteCount) }

    /// The runs of one element among these.
    func runs(in elements: Range<Int>) -> [(elements: Range<Int>, element: RepeatedElement)] {
      let size = description.dataType.byteCount
      return pieces.values.runs(in: elements.lowerBound * size..<elements.upperBound * size).compactMap { run in
        run.element.map { (run.elements(of: description.dataType), $0) }
      }
    }
  }

  let name: String
  let left: Side?
  let right: Side?

  /// Both sides, when their values can be compared.
  private var comparable: (left: Side, right: Side)? {
    guard let left, let right, left.description.shape == right.description.shape else { return nil }
    return (left, right)
  }

  /// Pairs of pieces where values are compared, and pieces of either side where they are only read.
  var pieceCount: Int {
    guard let (left, right) = comparable else {
      return (left?.pieces.values.pieceCount ?? 0) + (right?.pieces.values.pieceCount ?? 0)
    }
    let size = TensorPair.elementsPerPiece(left, right)
    return left.description.count / size + (left.description.count % size == 0 ? 0 : 1)
  }

  /// The larger piece of both: a side with smaller ones reads several, and none twice where one size divides the other.
  private static func elementsPerPiece(_ left: Side, _ right: Side) -> Int {
    max(left.elementsPerPiece, right.elementsPerPiece)
  }

  /// A comparison that starts at an element; nil when there is nothing to compare.
  func comparison(from start: Int, _ tolerance: Tolerance) -> ValueComparison? {
    guard let (left, right) = comparable else { return nil }
    let (type, other) = (left.description.dataType, right.description.dataType)
    return ValueComparison(tolerance: tolerance, dataType: type == other ? type : nil, start: start)
  }

  func comparison(
    ofPiece piece: Int, _ tolerance: Tolerance
  ) throws(ModelFormatError) -> ValueComparison? {
    guard let (left, right) = comparable else {
      try readAlone(piece)
      return nil
    }
    let size = TensorPair.elementsPerPiece(left, right)
    let elements = piece * size..<min((piece + 1) * size, left.description.count)
    guard var comparison = comparison(from: elements.lowerBound, tolerance) else { return nil }
    try SegmentComparison(
      left: left.pieces, right: right.pieces,
      segments: TensorPair.segments(of: elements, left, right)
    ).include(in: &comparison)
    return comparison
  }

  /// What elements of both sides are made of: one pair of them may stand for many blocks.
  private static func segments(
    of elements: Range<Int>, _ left: Side, _ right: Side
  ) -> [BlockSegment<RepeatedPair>] {
    let (first, second) = (left.runs(in: elements), right.runs(in: elements))
    var (i, j) = (0, 0)
    var runs: [(elements: Range<Int>, repeated: RepeatedPair)] = []
    while i < first.count, j < second.count {
      let (a, b) = (first[i], second[j])
      let common = a.elements.clamped(to: b.elements)
      if !common.isEmpty { runs.append((common, RepeatedPair(left: a.element, right: b.element))) }
      if a.elements.upperBound < b.elements.upperBound { i += 1 } else { j += 1 }
    }
    return BlockSegment.segments(of: elements, runs)
  }

  /// Reads a piece that has no counterpart, which verifies it.
  private func readAlone(_ piece: Int) throws(ModelFormatError) {
    let leftCount = left?.pieces.values.pieceCount ?? 0
    guard let side = piece < leftCount ? left : right else { return }
    let number = piece < leftCount ? piece : piece - leftCount
    if side.pieces.values.repeatedElement(ofPiece: number) != nil { return }
    let range = side.pieces.values.range(ofPiece: number)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: range.count, alignment: 64)
    defer { unsafe memory.deallocate() }
    try unsafe side.pieces.values.read(at: range.lowerBound, into: memory)
  }
}

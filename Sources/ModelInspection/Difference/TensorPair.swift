import ModelFormat

/// A tensor of either file, or one of each that belong together.
struct TensorPair {
  struct Side {
    /// The tensor as the file has it.
    let tensor: TensorDescription
    /// The tensor as it is compared: the stored bytes of one whose encoding has no numbers.
    let description: TensorDescription
    let pieces: TensorPieces

    init(_ tensor: TensorDescription, _ pieces: TensorPieces) {
      self.tensor = tensor
      self.pieces = pieces
      description = tensor.hasNumbers ? tensor : tensor.encodedBytes
    }

    /// A file may say that its pieces are far larger than all values.
    var elementsPerPiece: Int {
      max(1, min(pieces.values.pieceSize / description.dataType.byteCount, description.count))
    }

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
  /// The units that are told apart; nil for none.
  let layout: UnitLayout?

  /// - Parameter outputAxis: the axis along which each unit has an index.
  init(name: String, left: Side?, right: Side?, outputAxis: Int) {
    self.name = name
    self.left = left
    self.right = right
    guard let one = left?.description, let other = right?.description, one.shape == other.shape,
      one.dataType.isFloatingPoint, other.dataType.isFloatingPoint
    else {
      layout = nil
      return
    }
    layout = UnitLayout(shape: one.shape, axis: outputAxis)
  }

  /// Both sides, when their values can be compared, or the bytes that stand for them.
  private var comparable: (left: Side, right: Side)? {
    guard let left, let right, left.tensor.shape == right.tensor.shape,
      left.tensor.hasNumbers && right.tensor.hasNumbers || left.tensor.hasType(of: right.tensor)
    else { return nil }
    return (left, right)
  }

  /// Whether bytes are compared that stand for no numbers.
  var isEncoded: Bool { comparable.map { !$0.left.tensor.hasNumbers } ?? false }

  /// Pieces of both sides where values are compared, and pieces of either side where they are only read.
  var pieceCount: Int {
    guard let (left, right) = comparable else {
      return (left?.pieces.values.pieceCount ?? 0) + (right?.pieces.values.pieceCount ?? 0)
    }
    let size = TensorPair.elementsPerPiece(left, right)
    return left.description.count / size + (left.description.count % size == 0 ? 0 : 1)
  }

  /// The larger piece of both, in whole spans: a side with smaller ones reads several, and none twice where one size
  /// divides the other.
  private static func elementsPerPiece(_ left: Side, _ right: Side) -> Int {
    let larger = max(left.elementsPerPiece, right.elementsPerPiece)
    let spans = (larger - 1) / SpanComparison.size + 1
    let (size, overflow) = spans.multipliedReportingOverflow(by: SpanComparison.size)
    return overflow ? .max : size
  }

  /// A comparison of everything before anything has been compared; nil when there is nothing to compare.
  func emptyComparison(_ tolerance: Tolerance) -> SpanComparison? {
    guard let (left, right) = comparable else { return nil }
    return SpanComparison(
      (left.description.dataType, right.description.dataType), layout, tolerance: tolerance,
      elements: 0..<left.description.count)
  }

  /// Compares a piece, a span at a time; none where it is only read.
  func comparisons(ofPiece piece: Int, _ tolerance: Tolerance) throws(ModelFormatError) -> [SpanComparison] {
    guard let (left, right) = comparable else {
      try readAlone(piece)
      return []
    }
    let size = TensorPair.elementsPerPiece(left, right)
    let start = piece * size
    let elements = start..<start + min(size, left.description.count - start)
    return try SegmentComparison(
      left: left.pieces, right: right.pieces, layout: layout, tolerance: tolerance,
      segments: TensorPair.segments(of: elements, left, right)
    ).comparisons()
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

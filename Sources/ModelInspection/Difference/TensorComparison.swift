import ModelFormat
import Threads

/// Compares the tensors of two models that belong together, piece by piece on several threads.
///
/// Every span of values is compared on its own, and the comparisons are merged in the order of the spans. So the
/// results are the same whatever the number of threads and however the files are cut.
struct TensorComparison {
  private let tolerance: Tolerance
  private let threads: Int?
  private var pairs: [TensorPair] = []
  private var numbers = PieceNumbers()
  private var byteCount = 0

  /// - Parameter filter: which tensors are compared; nil for all.
  init(
    _ left: any ModelSource, _ right: any ModelSource, tolerance: Tolerance, filter: Glob?, threads: Int?
  ) throws(ModelFormatError) {
    self.tolerance = tolerance
    self.threads = threads
    let chosen = TensorMatching(left.contents, right.contents).pairs.filter { pair in
      [pair.left, pair.right].contains { $0.map { filter?.matches($0.name) ?? true } ?? false }
    }
    let leftPieces = try TensorPieces.open(chosen.compactMap(\.left), in: left, threads: threads)
    let rightPieces = try TensorPieces.open(chosen.compactMap(\.right), in: right, threads: threads)
    let axes = OutputAxes(left.contents.parts.topology ?? right.contents.parts.topology)
    var (leftCount, rightCount) = (0, 0)
    for pair in chosen {
      let one = pair.left.map { TensorPair.Side(description: $0, pieces: leftPieces[leftCount]) }
      let other = pair.right.map { TensorPair.Side(description: $0, pieces: rightPieces[rightCount]) }
      leftCount += one == nil ? 0 : 1
      rightCount += other == nil ? 0 : 1
      guard let name = (pair.left ?? pair.right)?.name else { continue }
      append(
        TensorPair(name: name, left: one, right: other, outputAxis: one == nil ? 0 : axes.axis(ofTensorNamed: name)))
    }
  }

  private mutating func append(_ pair: TensorPair) {
    pairs.append(pair)
    numbers.append(pair.pieceCount)
    byteCount += max(pair.left?.description.byteCount ?? 0, pair.right?.description.byteCount ?? 0)
  }

  /// Reads all values of both files: damage is an error even where there is nothing to compare.
  func differences() throws(ModelFormatError) -> [ModelDifference.TensorDifference] {
    var comparisons = pairs.map { $0.emptyComparison(tolerance) }
    try OrderedPipeline.run(
      count: numbers.count, threads: Workload.threads(threads, byteCount: byteCount)
    ) { (number) throws(ModelFormatError) in
      let (place, piece) = numbers.locate(number)
      return try pairs[place].comparisons(ofPiece: piece, tolerance)
    } consume: { (number, spans: [SpanComparison]) throws(ModelFormatError) in
      let place = numbers.locate(number).place
      for span in spans { comparisons[place]?.merge(span) }
    }
    var budget = MatrixBudget()
    var differences: [ModelDifference.TensorDifference] = []
    for (pair, comparison) in zip(pairs, comparisons) {
      let shape = pair.left?.description.shape ?? []
      var values = comparison?.difference(shape: shape, axis: pair.layout?.axis)
      var isTransposed = false
      if let matrices = MatrixPair(pair, values) {
        isTransposed = try matrices.isTransposed(&budget)
        values?.spectrum = try matrices.spectrum(&budget)
      }
      differences.append(
        ModelDifference.TensorDifference(
          name: pair.name, left: pair.left?.description, right: pair.right?.description, values: values,
          isTransposed: isTransposed, tolerance: tolerance))
    }
    return differences
  }
}

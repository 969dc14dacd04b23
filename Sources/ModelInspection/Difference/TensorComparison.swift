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
  /// How much work may be done on matrices: more on those that were asked for by name.
  var budget: MatrixBudget
  var solver = SingularValueSolver.lapack

  /// - Parameter filter: which tensors are compared; nil for all.
  init(
    _ left: any ModelSource, _ right: any ModelSource, tolerance: Tolerance, filter: Glob?, threads: Int?
  ) throws(ModelFormatError) {
    self.tolerance = tolerance
    self.threads = threads
    budget = MatrixBudget(iterated: filter == nil ? MatrixBudget.iteratedOfAll : MatrixBudget.iteratedOfChosen)
    let chosen = TensorMatching(left.contents, right.contents).pairs.filter { pair in
      [pair.left, pair.right].contains { $0.map { filter?.matches($0.name) ?? true } ?? false }
    }
    let leftPieces = try TensorPieces.open(chosen.compactMap(\.left), in: left, threads: threads)
    let rightPieces = try TensorPieces.open(chosen.compactMap(\.right), in: right, threads: threads)
    let axes = OutputAxes(left.contents.parts.topology ?? right.contents.parts.topology)
    var (leftCount, rightCount) = (0, 0)
    for pair in chosen {
      let one = pair.left.map { TensorPair.Side($0, leftPieces[leftCount]) }
      let other = pair.right.map { TensorPair.Side($0, rightPieces[rightCount]) }
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
    return try zip(pairs, withMatrices(comparisons)).map { pair, found in
      let isEncoded = pair.isEncoded
      return ModelDifference.TensorDifference(
        name: pair.name, left: pair.left?.tensor, right: pair.right?.tensor, values: isEncoded ? nil : found.values,
        encoded: isEncoded ? found.values.map { .init(byteCount: $0.count, differing: $0.differing) } : nil,
        isTransposed: found.isTransposed, tolerance: tolerance)
    }
  }

  /// The values that were compared, and what the tensors say as matrices.
  private func withMatrices(
    _ comparisons: [SpanComparison?]
  ) throws(ModelFormatError) -> [(values: ValueDifference?, isTransposed: Bool)] {
    var budget = budget
    var found: [(values: ValueDifference?, isTransposed: Bool)] = []
    var large: [(place: Int, matrices: MatrixPair, distance: Double)] = []
    for (place, (pair, comparison)) in zip(pairs, comparisons).enumerated() {
      var values = comparison?.difference(shape: pair.left?.description.shape ?? [], axis: pair.layout?.axis)
      var isTransposed = false
      if let matrices = MatrixPair(pair, values) {
        isTransposed = try matrices.isTransposed(&budget)
        if let outcome = try matrices.completeSpectrum(&budget, solver) {
          values?.spectrum = outcome.spectrum
          values?.spectrumObstacle = outcome.obstacle
        }
        if values?.spectrum == nil { large.append((place, matrices, values?.relativeL2 ?? 0)) }
      }
      found.append((values, isTransposed))
    }
    // What changed most is of most interest, should there be too many.
    large.sort { ($1.distance, $0.place) < ($0.distance, $1.place) }
    for (place, matrices, _) in large {
      guard let outcome = try matrices.largestOnly(&budget) else { continue }
      found[place].values?.spectrum = outcome.spectrum
      if found[place].values?.spectrumObstacle == nil { found[place].values?.spectrumObstacle = outcome.obstacle }
    }
    return found
  }
}

import BinaryIO
import ModelFormat
import Threads

/// Compares the tensors of two models that have the same name, piece by piece on several threads.
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
    func chosen(_ source: any ModelSource) -> [TensorDescription] {
      source.contents.tensors.filter { filter?.matches($0.name) ?? true }
    }
    let (leftTensors, rightTensors) = (chosen(left), chosen(right))
    let leftPieces = try TensorPieces.open(leftTensors, in: left, threads: threads)
    let rightPieces = try TensorPieces.open(rightTensors, in: right, threads: threads)
    let axes = OutputAxes(left.contents.parts.topology ?? right.contents.parts.topology)
    var places: [ByteName: Int] = [:]
    for (place, tensor) in rightTensors.enumerated() { places[ByteName(tensor.name)] = place }
    var unmatched = Set(rightTensors.indices)
    for (tensor, pieces) in zip(leftTensors, leftPieces) {
      let place = places[ByteName(tensor.name)]
      if let place { unmatched.remove(place) }
      append(
        TensorPair(
          name: tensor.name, left: .init(tensor, pieces),
          right: place.map { .init(rightTensors[$0], rightPieces[$0]) },
          outputAxis: axes.axis(ofTensorNamed: tensor.name)))
    }
    for (place, tensor) in rightTensors.enumerated() where unmatched.contains(place) {
      append(
        TensorPair(
          name: tensor.name, left: nil, right: .init(tensor, rightPieces[place]), outputAxis: 0))
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
      let isEncoded = pair.isEncoded
      differences.append(
        ModelDifference.TensorDifference(
          name: pair.name, left: pair.left?.tensor, right: pair.right?.tensor, values: isEncoded ? nil : values,
          encoded: isEncoded ? values.map { .init(byteCount: $0.count, differing: $0.differing) } : nil,
          isTransposed: isTransposed && !isEncoded, tolerance: tolerance))
    }
    return differences
  }
}

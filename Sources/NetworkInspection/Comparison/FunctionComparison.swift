public import NeuralNetwork

/// Runs the same samples through two networks and compares what they give, layer by layer.
///
/// Memory is bounded, however many samples there are. The same samples give the same result, whatever the pieces in which
/// they come and however many threads there are: they are cut again into pieces whose size depends on the layers alone,
/// and sums are added up in their order, in double precision.
public struct FunctionComparison {
  private let left: ActivationPasses<Float>
  private let right: ActivationPasses<Float>
  private let workers: PieceWorkers
  private let forms: (left: OutputForm, right: OutputForm)
  private let pairs: [LayerPair]
  private let layerNames: [(left: String, right: String)]
  private let pieceSize: Int
  private var blocks: (left: SampleBlock, right: SampleBlock)
  private var labels: [Int] = []
  private var hasLabels: Bool?
  private var tally: DifferenceTally

  /// Allocates the memory of all threads for both networks.
  ///
  /// - Parameters:
  ///   - left: The one network.
  ///   - right: The other one.
  ///   - leftNames: What its layers are called, one for each; nil for the network's own names.
  ///   - rightNames: The same for the other one.
  ///   - areClasses: Whether outputs of softmax and sigmoid are to be seen as classes. Where both networks give some, these
  ///     are compared; all else are numbers.
  ///   - threads: How many threads share the work.
  /// - Throws: `NetworkError` with the code `countMismatch` for networks with classes of another number, or with other
  ///   numbers of outputs that are no classes; with the code `valueOutOfRange` or `threadUnavailable` for the threads,
  ///   `tooLarge` for values between layers that are too many, or `productsUnavailable`.
  public init(
    _ left: Network<Float>, _ right: Network<Float>, leftNames: [String]? = nil, rightNames: [String]? = nil,
    areClasses: Bool, threads: Int
  ) throws(NetworkError) {
    forms = (OutputForm(left, areClasses: areClasses), OutputForm(right, areClasses: areClasses))
    let answers = [(forms.left, left), (forms.right, right)].map { $0.classes ?? $1.architecture.outputCount }
    guard answers[0] == answers[1] else {
      throw NetworkError(
        .countMismatch, at: "outputs", expected: "as many of the right network as of the left one, \(answers[0])",
        found: "\(answers[1])")
    }
    workers = try PieceWorkers(threads: threads)
    pieceSize = min(
      ActivationPasses<Float>.rows(for: left.architecture), ActivationPasses<Float>.rows(for: right.architecture))
    self.left = try ActivationPasses(left, capacity: pieceSize, workers: threads)
    self.right = try ActivationPasses(right, capacity: pieceSize, workers: threads)
    let names = (LayerNames(leftNames, of: left.architecture), LayerNames(rightNames, of: right.architecture))
    pairs = LayerPair.pairs(left.architecture, names.0, right.architecture, names.1)
    layerNames = pairs.map { (names.0[$0.left], names.1[$0.right]) }
    blocks = (
      SampleBlock(width: left.architecture.inputCount, capacity: pieceSize * threads),
      SampleBlock(width: right.architecture.inputCount, capacity: pieceSize * threads)
    )
    tally = DifferenceTally(layers: pairs.count)
  }

  /// Takes more samples.
  ///
  /// - Parameters:
  ///   - left: The samples as the left network wants them.
  ///   - right: The same samples as the right network wants them.
  ///   - labels: The right class of each; nil where it is not known, which holds for all samples or none.
  /// - Throws: `NetworkError` with the code `countMismatch` if the width is not that of the networks, or counts differ.
  public mutating func add(
    left: DatasetInputs<Float>, right: DatasetInputs<Float>, labels: [Int]? = nil
  ) throws(NetworkError) {
    try self.left.network.check(left)
    try self.right.network.check(right)
    for (name, count) in [("samples of the right network", right.count), ("labels", labels?.count ?? left.count)]
    where count != left.count {
      throw NetworkError(.countMismatch, at: name, expected: "\(left.count)", found: "\(count)")
    }
    guard hasLabels ?? (labels != nil) == (labels != nil) else {
      throw NetworkError(
        .countMismatch, at: "labels", expected: "some for all samples or none", found: "some for a part")
    }
    hasLabels = labels != nil
    var taken = 0
    while taken < left.count {
      let range = taken..<min(taken + blocks.left.room, left.count)
      blocks.left.append(left, range)
      blocks.right.append(right, range)
      if let labels { self.labels += labels[range] }
      taken = range.upperBound
      if blocks.left.room == 0 { work() }
    }
  }

  /// What was found on all samples. More may be added after it, though then the pieces are cut otherwise.
  public mutating func finish() -> FunctionDifference {
    work()
    let outputs = (left.network.architecture.outputCount, right.network.architecture.outputCount)
    return tally.difference(
      isAboutClasses: forms.left.classes != nil && forms.right.classes != nil,
      hasProbabilities: forms.left.hasSameEvents(as: forms.right),
      outputsPerSample: outputs.0 == outputs.1 ? outputs.0 : nil, layerNames: layerNames)
  }

  /// Compares the samples of the blocks.
  private mutating func work() {
    let (size, count) = (pieceSize, blocks.left.count)
    let (blocks, comparison) = (blocks, self)
    let pieces = workers.results(SamplePieces.count(count, size: size)) { worker, piece in
      let range = SamplePieces.range(piece, of: count, size: size)
      unsafe blocks.left.withSamples(range) { _ = unsafe comparison.left.run($0, worker: worker) }
      unsafe blocks.right.withSamples(range) { _ = unsafe comparison.right.run($0, worker: worker) }
      return comparison.difference(rows: range.count, worker: worker)
    }
    for (number, piece) in pieces.enumerated() {
      let range = SamplePieces.range(number, of: count, size: size)
      tally.add(piece, samples: range.count, labels: hasLabels == true ? labels[range] : nil)
    }
    self.blocks.left.clear()
    self.blocks.right.clear()
    labels.removeAll(keepingCapacity: true)
  }

  /// Compares what the last passes of a worker left.
  private func difference(rows: Int, worker: Int) -> PieceDifference {
    var piece = PieceDifference()
    let (leftLast, rightLast) = (left.network.layers.count, right.network.layers.count)
    let forms = (forms.left, forms.right)
    unsafe piece.compareOutputs(
      left.values(before: leftLast, rows: rows, worker: worker),
      right.values(before: rightLast, rows: rows, worker: worker), rows: rows, forms: forms)
    if forms.0.hasSameEvents(as: forms.1) {
      unsafe piece.compareLogits(
        left.values(before: leftLast - 1, rows: rows, worker: worker),
        right.values(before: rightLast - 1, rows: rows, worker: worker), rows: rows, forms: forms)
    }
    piece.layers = pairs.map { pair in
      var difference = RelativeDifference()
      unsafe difference.add(
        left.values(before: pair.left + 1, rows: rows, worker: worker),
        right.values(before: pair.right + 1, rows: rows, worker: worker))
      return difference
    }
    return piece
  }
}

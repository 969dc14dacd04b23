/// What is known of two networks after the pieces that were compared so far.
struct DifferenceTally {
  private struct Pair: Hashable {
    let left: Int?
    let right: Int?
  }

  private(set) var samples = 0
  private var indices: [Int] = []
  private var differing = 0
  private var flips: [Pair: FunctionDifference.Flip] = [:]
  private var truth: FunctionDifference.Truth?
  private var divergence = 0.0
  private var logits = PieceDifference.Greatest()
  private var outputs = PieceDifference.Greatest()
  private var outputSquares = 0.0
  private var layers: [RelativeDifference]

  init(layers count: Int) { layers = Array(repeating: RelativeDifference(), count: count) }

  /// Adds the next piece.
  ///
  /// - Parameter labels: The right class of each of its samples; none where it is not known.
  mutating func add(_ piece: PieceDifference, samples count: Int, labels: ArraySlice<Int>?) {
    if piece.predictions.isEmpty {
      for (row, differs) in piece.differs.enumerated() where differs { note(samples + row) }
    } else {
      for (row, prediction) in piece.predictions.enumerated() where prediction.left != prediction.right {
        note(samples + row)
        addFlip(prediction, samples + row)
      }
      if let labels { addTruth(piece.predictions, labels) }
    }
    divergence += piece.divergence
    logits.merge(piece.logits, after: samples)
    outputs.merge(piece.outputs, after: samples)
    outputSquares += piece.outputSquares
    for index in layers.indices { layers[index].merge(piece.layers[index]) }
    samples += count
  }

  private mutating func note(_ sample: Int) {
    differing += 1
    if indices.count < FunctionDifference.listedSamples { indices.append(sample) }
  }

  private mutating func addFlip(_ prediction: PieceDifference.Prediction, _ sample: Int) {
    let new = FunctionDifference.Flip(left: prediction.left, right: prediction.right, count: 0, indices: [])
    let pair = Pair(left: prediction.left, right: prediction.right)
    flips[pair, default: new].count += 1
    if flips[pair, default: new].indices.count < 10 { flips[pair, default: new].indices.append(sample) }
  }

  private mutating func addTruth(_ predictions: [PieceDifference.Prediction], _ labels: ArraySlice<Int>) {
    var counts = truth ?? FunctionDifference.Truth()
    for (prediction, label) in zip(predictions, labels) {
      switch (prediction.left == label, prediction.right == label) {
      case (true, true): counts.bothRight += 1
      case (true, false): counts.leftOnlyRight += 1
      case (false, true): counts.rightOnlyRight += 1
      case (false, false): counts.bothWrong += 1
      }
    }
    truth = counts
  }

  /// The result.
  ///
  /// - Parameters:
  ///   - isAboutClasses: Whether both networks predict classes.
  ///   - hasProbabilities: Whether their probabilities are about the same events.
  ///   - outputsPerSample: The outputs of a sample, where both networks have as many; otherwise nil.
  func difference(
    isAboutClasses: Bool, hasProbabilities: Bool, outputsPerSample: Int?, layerNames: [(left: String, right: String)]
  ) -> FunctionDifference {
    let count = Double(samples)
    let isMeasured = hasProbabilities && samples > 0
    let values = outputsPerSample.map { count * Double($0) } ?? 0
    return FunctionDifference(
      samples: samples, agreement: isAboutClasses && samples > 0 ? Double(samples - differing) / count : nil,
      truth: isAboutClasses ? truth : nil, meanKL: isMeasured && divergence.isFinite ? divergence / count : nil,
      maximumLogitDifference: logits.finite, maximumLogitDifferenceIndex: logits.finite.flatMap { _ in logits.index },
      maximumOutputDifference: outputs.finite,
      rmsOutputDifference: values > 0 && outputSquares.isFinite ? (outputSquares / values).squareRoot() : nil,
      flips: flips.values.sorted(by: DifferenceTally.isBefore), indices: indices, differing: differing,
      layers: zip(layerNames, layers).map { names, difference in
        FunctionDifference.Layer(name: names.left, rightName: names.right, relativeL2: difference.value)
      })
  }

  private static func isBefore(_ a: FunctionDifference.Flip, _ b: FunctionDifference.Flip) -> Bool {
    (-a.count, a.left ?? -1, a.right ?? -1) < (-b.count, b.left ?? -1, b.right ?? -1)
  }
}

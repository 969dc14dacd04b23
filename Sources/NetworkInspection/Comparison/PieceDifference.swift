/// What two networks give for the samples of one piece.
struct PieceDifference: Sendable {
  /// What is predicted for a sample.
  struct Prediction: Sendable, Equatable {
    let left: Int?
    let right: Int?
  }

  /// The greatest of differences, and where it is.
  struct Greatest: Sendable {
    /// NaN once a difference was not finite.
    private(set) var value = 0.0
    private(set) var index: Int?

    mutating func include(_ difference: Double, at place: Int) {
      guard !value.isNaN else { return }
      if !difference.isFinite { (value, index) = (.nan, place) }
      if difference > value || index == nil { (value, index) = (difference, place) }
    }

    mutating func merge(_ other: Greatest, after samples: Int) {
      if let place = other.index { include(other.value, at: samples + place) }
    }

    /// nil without differences, and where one is not finite.
    var finite: Double? { index == nil || value.isNaN ? nil : value }
  }

  /// For each sample, where both networks predict classes.
  var predictions: [Prediction] = []
  /// For each sample whether an output differs in any bit.
  var differs: [Bool] = []
  /// Σ KL(left‖right).
  var divergence = 0.0
  var logits = Greatest()
  var outputs = Greatest()
  /// Σ (left − right)² over the outputs.
  var outputSquares = 0.0
  /// One for each pair of layers.
  var layers: [RelativeDifference] = []

  /// Compares the outputs of each sample.
  mutating func compareOutputs(
    _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>, rows: Int, forms: (OutputForm, OutputForm)
  ) {
    for row in 0..<rows {
      let (a, b) = unsafe (sample(row, of: left, rows), sample(row, of: right, rows))
      if forms.0.classes != nil, forms.1.classes != nil {
        predictions.append(unsafe Prediction(left: forms.0.predictedClass(a), right: forms.1.predictedClass(b)))
      }
      guard a.count == b.count else { continue }
      var isOther = false
      for index in a.indices {
        let (x, y) = unsafe (a[index], b[index])
        if x.bitPattern != y.bitPattern { isOther = true }
        let difference = Double(x) - Double(y)
        outputs.include(difference.magnitude, at: row)
        outputSquares += difference * difference
      }
      differs.append(isOther)
    }
  }

  /// Compares what goes into the last layers, and the probabilities that come of it.
  mutating func compareLogits(
    _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>, rows: Int, forms: (OutputForm, OutputForm)
  ) {
    var (p, q) = (LogProbabilities(), LogProbabilities())
    for row in 0..<rows {
      let (a, b) = unsafe (sample(row, of: left, rows), sample(row, of: right, rows))
      unsafe p.set(a, forms.0)
      unsafe q.set(b, forms.1)
      divergence += p.divergence(to: q)
      guard a.count == b.count else { continue }
      for index in a.indices {
        logits.include((unsafe Double(a[index]) - Double(b[index])).magnitude, at: row)
      }
    }
  }

  private func sample(_ row: Int, of values: UnsafeBufferPointer<Float>, _ rows: Int) -> UnsafeBufferPointer<Float> {
    let width = values.count / rows
    return unsafe UnsafeBufferPointer(rebasing: values[row * width..<(row + 1) * width])
  }
}

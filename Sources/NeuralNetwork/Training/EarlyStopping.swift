/// Watches the validation loss, and remembers the values of the epoch with the smallest (Prechelt, 1998).
struct EarlyStopping<Scalar: NetworkScalar> {
  private let patience: Int
  private var best: (loss: Double, parameters: [Scalar], runningStatistics: [Scalar])?
  private var epochsSinceBest = 0
  /// The epoch with the smallest validation loss so far; nil before the first, or if all were NaN.
  private(set) var bestEpoch: Int?

  init(patience: Int) {
    self.patience = patience
  }

  /// Whether no further epoch is worthwhile.
  var isOver: Bool { epochsSinceBest >= patience }

  /// Takes note of an epoch. Of equal losses the first counts as the smallest.
  mutating func observe(_ record: EpochRecord, _ values: ValueBuffers<Scalar>) {
    guard let loss = record.validationLoss else { return }
    if loss < (best?.loss ?? .infinity) {
      // The copy of the epoch before goes first: two would need twice the memory.
      best = nil
      best = (loss, values.parameters.elements, values.runningStatistics.elements)
      bestEpoch = record.epoch
      epochsSinceBest = 0
    } else {
      epochsSinceBest += 1
    }
  }

  /// Brings back the values of the best epoch.
  func restore(_ values: ValueBuffers<Scalar>) {
    guard let best else { return }
    values.parameters.copy(best.parameters)
    values.runningStatistics.copy(best.runningStatistics)
  }
}

extension AlignedBuffer {
  /// - Parameter elements: As many as the buffer has.
  fileprivate func copy(_ elements: [Scalar]) {
    unsafe elements.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { unsafe pointer.update(from: base, count: count) }
    }
  }
}

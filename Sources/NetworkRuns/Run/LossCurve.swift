/// The loss over the mini-batches of a training run, for runs that have few epochs to show it by: the mean of each
/// stretch of mini-batches, so that a run has at most `maximumCount` points.
public struct LossCurve: Equatable, Sendable {
  private static let maximumCount = 200
  /// With so many epochs the history shows as much.
  private static let enoughEpochs = 20

  /// The mini-batches that each point is the mean of.
  public let interval: Int
  /// The mean loss of each complete stretch.
  public private(set) var values: [Double] = []
  private var sum = 0.0
  private var count = 0

  /// Nothing has been seen.
  ///
  /// - Parameter iterations: all mini-batches that there will be.
  init(iterations: Int) {
    interval = max(1, (iterations - 1) / LossCurve.maximumCount + 1)
  }

  /// The curve that a model keeps; nil when there is none, or something else under its name.
  public init?(_ metadata: RunMetadata) {
    guard let values = metadata.lossCurveValues, let interval = metadata.lossCurveInterval, interval > 0 else {
      return nil
    }
    self.interval = interval
    self.values = values
  }

  /// Counts the loss of the next mini-batch.
  mutating func add(_ loss: Double) {
    sum += loss
    count += 1
    guard count == interval else { return }
    values.append(sum / Double(count))
    (sum, count) = (0, 0)
  }

  /// Adds what is known to the metadata of a model that has seen that many epochs.
  func store(in metadata: inout RunMetadata, epochs: Int) {
    guard epochs < LossCurve.enoughEpochs, values.count > 1 else { return }
    metadata.lossCurveValues = values
    metadata.lossCurveInterval = interval
  }
}

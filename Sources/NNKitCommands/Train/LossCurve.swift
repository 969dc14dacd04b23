import Formatting
import ModelFormat
import NeuralNetwork

/// The loss over the mini-batches of a training run, for runs that have few epochs to show it by: the mean of each
/// stretch of mini-batches, so that a run has at most `maximumCount` points.
struct LossCurve {
  /// The metadata that keep it: a list of numbers, and how many mini-batches each of them stands for.
  static let key = "training.loss_curve"
  static let intervalKey = "training.loss_curve_interval"

  private static let maximumCount = 200
  /// With so many epochs the history shows as much.
  private static let enoughEpochs = 20

  /// The mini-batches behind each point.
  let interval: Int
  /// The mean loss of each complete stretch.
  private(set) var values: [Double] = []
  private var sum = 0.0
  private var count = 0

  /// Nothing has been seen.
  ///
  /// - Parameter iterations: all mini-batches that there will be.
  init(iterations: Int) {
    interval = max(1, (iterations - 1) / LossCurve.maximumCount + 1)
  }

  /// The curve that a model keeps; nil when there is none, or something else under its name.
  init?(_ metadata: Attributes) {
    guard case .list(let elements) = metadata[LossCurve.key],
      case .integer(let interval) = metadata[LossCurve.intervalKey],
      interval > 0
    else { return nil }
    self.interval = interval
    for element in elements {
      guard case .number(let value) = element else { return nil }
      values.append(value)
    }
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
  func store(in metadata: inout Attributes, epochs: Int) {
    guard epochs < LossCurve.enoughEpochs, values.count > 1 else { return }
    metadata[LossCurve.key] = .list(values.map(AttributeValue.number))
    metadata[LossCurve.intervalKey] = .integer(interval)
  }

  /// The curve as a drawing; no lines for fewer than two points.
  ///
  /// - Parameter terminalWidth: the columns that the drawing and its labels may take.
  func chart(terminalWidth: Int = 80) -> [String] {
    let (first, last) = (Text.grouped(interval), Text.grouped(interval * values.count))
    return LineChart(
      values: values, ends: (first, last), title: "mini-batches",
      width: min(60, max(20, terminalWidth - 16))
    ).lines
  }
}

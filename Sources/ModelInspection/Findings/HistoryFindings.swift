import Formatting
import ModelFormat

/// What the losses of a training run say of it.
///
/// Epochs are counted from 1. NaN in a validation or test loss is an epoch in which it was not measured.
public enum HistoryFindings {
  /// Over-fitting, divergence, and a loss that still falls at the end. O(epochs), and no copy of a loss.
  ///
  /// - Parameters:
  ///   - training: the training loss of each epoch.
  ///   - validation: the validation loss.
  ///   - test: the test loss; it stands for the validation loss where that is nil.
  ///   - weightsOfEpoch: the epoch that the weights are of, from 1, if it is not the last: what came later does not concern
  ///     them, and neither over-fitting after it nor a fall after it is reported.
  public static func findings(
    training: [Double]?, validation: [Double]? = nil, test: [Double]? = nil, weightsOfEpoch: Int? = nil
  ) -> [Finding] {
    let held = [("validation", validation), ("test", test)].lazy.compactMap { name, values in
      values.map { LossSeries("\(name) loss", $0, skippingNaN: true) }
    }.first { $0.count > 0 }
    let trained = training.map { LossSeries("training loss", $0, skippingNaN: false) }
    let nonFinite = [trained, held].compactMap { $0?.nonFinite() }
    // What a loss without bounds does besides is of no interest. A validation loss that grows while the training loss
    // falls is over-fitting.
    let diverged = nonFinite.isEmpty ? [(trained ?? held)?.divergence()].compactMap { $0 } : nonFinite
    if !diverged.isEmpty { return diverged }
    let lastEpoch = [trained?.lastEpoch, held?.lastEpoch].compactMap { $0 }.max() ?? 0
    guard (weightsOfEpoch ?? lastEpoch) >= lastEpoch else { return [] }
    if let trained, let held, let finding = overFitting(trained, held) { return [finding] }
    return [(held ?? trained)?.stillFalling()].compactMap { $0 }
  }

  /// How much a loss has to rise, as a share of its least value.
  private static let leastRise = 0.1
  /// How many deviations of its noise a loss has to rise.
  private static let leastDeviations = 4.0
  /// How many epochs there have to be from the best on.
  private static let leastEpochCount = 5

  private static func overFitting(_ training: LossSeries, _ held: LossSeries) -> Finding? {
    // The smallest values, smoothed, so that one lucky epoch is no minimum.
    guard held.count > 0, training.count > 0,
      let least = (0..<held.count).min(by: { held.smoothed(at: $0) < held.smoothed(at: $1) })
    else { return nil }
    let place = held.placeOfLeast(in: max(least - 1, 0)..<min(least + 2, held.count)) ?? least
    let epoch = held.epoch(at: place)
    guard held.count - place > leastEpochCount, let trainedThen = training.smoothedValue(at: epoch) else { return nil }
    let (lowest, last) = (held.smoothed(at: least), held.smoothed(at: held.count - 1))
    let (trainedNow, noise) = (training.smoothed(at: training.count - 1), held.noise())
    let rise = last - lowest
    guard rise > leastRise * lowest, rise > leastDeviations * noise, trainedNow < trainedThen else { return nil }
    return Finding(
      .overFitting, .warning, place: held.name,
      message:
        "has risen from \(Text.loss(lowest)) in epoch \(epoch) to \(Text.loss(last)) at the end, while the "
        + "training loss fell from \(Text.loss(trainedThen)) to \(Text.loss(trainedNow)) (medians of three epochs; a rise "
        + "of more than 10 % and 4 times the noise, \(Evidence.number(noise)), counts)",
      evidence: [
        "epoch": .integer(epoch), "best": .number(lowest), "last": .number(last), "noise": .number(noise),
        "training_then": .number(trainedThen), "training_last": .number(trainedNow),
      ])
  }
}

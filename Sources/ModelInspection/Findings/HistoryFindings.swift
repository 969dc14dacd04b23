import Formatting
import ModelFormat

/// What the losses of a training run say of it.
///
/// Epochs are counted from 1. NaN in a validation or test loss is an epoch in which it was not measured.
public enum HistoryFindings {
  /// Over-fitting, divergence, and a loss that still falls at the end. O(epochs · log epochs).
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
    let held = [("validation", validation), ("test", test)].compactMap { name, values in
      values.map { LossSeries("\(name) loss", $0, skippingNaN: true) }
    }.first { !$0.epochs.isEmpty }
    let trained = training.map { LossSeries("training loss", $0, skippingNaN: false) }
    let nonFinite = [trained, held].compactMap { $0?.nonFinite() }
    // What a loss without bounds does besides is of no interest. A validation loss that grows while the training loss
    // falls is over-fitting.
    let diverged = nonFinite.isEmpty ? [(trained ?? held)?.divergence()].compactMap { $0 } : nonFinite
    if !diverged.isEmpty { return diverged }
    let lastEpoch = [trained?.epochs.last, held?.epochs.last].compactMap { $0 }.max() ?? 0
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
    let smooth = held.smoothed()
    guard let least = smooth.indices.min(by: { smooth[$0] < smooth[$1] }), let last = smooth.last else { return nil }
    let best = max(least - 1, 0)...min(least + 1, smooth.count - 1)
    let place = best.min { held.values[$0] < held.values[$1] } ?? least
    let epoch = held.epochs[place]
    guard smooth.count - place > leastEpochCount, let trainedThen = training.smoothedValue(at: epoch),
      let trainedNow = training.smoothed().last
    else { return nil }
    let (rise, noise) = (last - smooth[least], held.noise())
    guard rise > leastRise * smooth[least], rise > leastDeviations * noise, trainedNow < trainedThen else { return nil }
    return Finding(
      .overFitting, .warning, place: held.name,
      message:
        "has risen from \(Text.loss(smooth[least])) in epoch \(epoch) to \(Text.loss(last)) at the end, while the "
        + "training loss fell from \(Text.loss(trainedThen)) to \(Text.loss(trainedNow)) (medians of three epochs; a rise "
        + "of more than 10 % and 4 times the noise, \(Evidence.number(noise)), counts)",
      evidence: [
        "epoch": .integer(epoch), "best": .number(smooth[least]), "last": .number(last), "noise": .number(noise),
        "training_then": .number(trainedThen), "training_last": .number(trainedNow),
      ])
  }
}

public import NeuralNetwork

/// What a user should know of a run that goes on nevertheless.
public enum TrainingWarning: Equatable, Sendable {
  /// Classes below the largest label that no training sample has.
  case classesWithoutSamples([Int], classes: Int)
  /// A warm-up longer than the whole run: the learning rate ends at `lastRate` instead of `learningRate`.
  case warmUpOutlastsRun(warmUp: Int, iterations: Int, lastRate: Double, learningRate: Double)
  /// A schedule that raises the learning rate, from the one to the other in the end.
  case scheduleRaisesLearningRate(LearningRateSchedule.Shape, from: Double, to: Double)
  /// A loss in the end that is far above that of an answer that needs no network.
  ///
  /// - Parameters:
  ///   - isFalling: whether it was greater in the first epoch.
  ///   - learningRate: η of the run.
  case lossFarAbove(ConstantAnswer, isFalling: Bool, learningRate: Double)
}

public import NeuralNetwork

extension TrainingPlan {
  /// What is known before training begins.
  public var warnings: [TrainingWarning] {
    var warnings: [TrainingWarning] = []
    let unseen = classesWithoutSamples
    if !unseen.isEmpty { warnings.append(.classesWithoutSamples(unseen, classes: task.outputs)) }
    let (schedule, base) = (configuration.schedule, configuration.learningRate)
    let last = schedule.rate(
      base: base, iteration: iterationCount - 1, epoch: epochCount - 1, totalIterations: iterationCount)
    if schedule.warmUp > iterationCount {
      warnings.append(
        .warmUpOutlastsRun(
          warmUp: schedule.warmUp, iterations: iterationCount, lastRate: last, learningRate: base))
    } else if last > base {
      warnings.append(.scheduleRaisesLearningRate(schedule.shape, from: base, to: last))
    }
    return warnings
  }

  /// What the final loss tells: one far above that of an answer that needs no network has diverged.
  public func warnings(after records: [EpochRecord]) -> [TrainingWarning] {
    guard let loss = records.last?.loss, let answer = configuration.loss.constantAnswer(to: training.targets),
      loss > 2 * answer.loss
    else { return [] }
    return [
      .lossFarAbove(
        answer, isFalling: records.first.map { $0.loss > loss } ?? false, learningRate: configuration.learningRate)
    ]
  }

  /// The classes below the largest label that no training sample has.
  private var classesWithoutSamples: [Int] {
    guard case .labels(let labels, let classes) = training.targets else { return [] }
    let seen = Set(labels)
    return (0..<classes).filter { !seen.contains($0) }
  }
}

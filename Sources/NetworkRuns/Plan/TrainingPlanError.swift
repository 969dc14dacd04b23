import Formatting
public import NeuralNetwork

/// Why settings and data do not make a training run.
public enum TrainingPlanError: Error, Equatable, Sendable {
  /// The network is larger than this machine, or the format, can hold.
  case networkTooLarge(NetworkError)
  /// Training and saving need more memory than there is. Bytes; `available` besides the buffers of the threads.
  case notEnoughMemory(needed: Int, available: Int, threads: Int)
  /// Strata are classes, and the targets are numbers.
  case stratifiedRegression
  /// A share of the samples that is all or none of them.
  case emptySplit(share: Double, samples: Int)
  /// The trainer refuses the batch size, the size of the network or the loss.
  case unfit(NetworkError, TrainingTask)
}

extension TrainingPlanError: CustomStringConvertible {
  /// One sentence with the evidence.
  public var description: String {
    switch self {
    case .networkTooLarge(let error): "the network is too large: \(error); make its layers smaller"
    case .notEnoughMemory(let needed, let available, let threads):
      "training needs about \(Text.bytes(needed)) of memory, and \(Text.bytes(available)) are available besides the "
        + "buffers of \(Text.counted(threads, "thread"))"
    case .stratifiedRegression:
      "stratified sampling gives each mini-batch every class in its share, and these targets are numbers, not classes"
    case .emptySplit(let share, let samples):
      "a validation share of \(share) of \(Text.counted(samples, "sample")) leaves one side empty"
    case .unfit(let error, _): "\(error)"
    }
  }
}

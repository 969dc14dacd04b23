import Formatting
import NetworkRuns
import NetworkStorage
import NeuralNetwork

// What the errors of a run amount to on the command line: with options in the place of settings.

extension TrainingDataError {
  var failure: CommandFailure { .badData(description + advice) }

  private var advice: String {
    switch self {
    case .unusableValues(_, _, areMissing: true): "; NaN stands for a missing value: try --missing zero or drop"
    case .unusableValues(_, let error, areMissing: false) where error.code == .valueOutOfRange:
      "; infinity does not count as a missing value: if it means one, write NaN in its place and give --missing zero "
        + "or drop"
    case .noSamples, .emptySamples, .shapesDiffer, .targetWidthsDiffer, .targetKindsDiffer, .labelTooLarge,
      .tooLargeForSinglePrecision, .unusableValues(_, _, areMissing: false):
      ""
    }
  }
}

extension TrainingPlanError {
  var failure: CommandFailure {
    switch self {
    case .networkTooLarge: return .usage(description)
    case .notEnoughMemory(_, _, let threads):
      return .usage(
        "\(description): try \(threads > 1 ? "fewer --threads, " : "")a smaller --batch-size, or smaller layers")
    case .stratifiedRegression:
      return .usage(
        "--sampling stratified gives each mini-batch every class in its share, and these targets are numbers, not classes: "
          + "use --sampling without-replacement")
    case .emptySplit(let share, let samples):
      return .usage("--validation-split \(share) of \(Text.counted(samples, "sample")) leaves one side empty")
    case .unfit(let error, let task):
      switch error.code {
      case .batchTooSmall: return .usage("--batch-size \(error.found): expected \(error.expected)")
      case .lossMismatch:
        return .usage("\(error)\(task.isRegression ? "; use --loss squared-error for a regression" : "")")
      default: return .usage("\(error); try a smaller --batch-size, or smaller layers")
      }
    }
  }
}

extension PredictionError {
  var failure: CommandFailure {
    switch self {
    case .unbuildableNetwork(_, let error): return .badData(description + error.advice)
    case .noLoss: return .usage(description + ": give --loss")
    case .unknownLoss: return .badData(description + "; give --loss")
    case .missingValue: return .badData(description + " (nnkit train --missing zero)")
    case .unusableValues(_, _, _, areMissing: true):
      return .badData(description + " (nnkit train --missing zero or drop)")
    case .probabilityNotFinite: return .badData(description + " (see nnkit inspect)")
    default: return .badData(description)
    }
  }
}

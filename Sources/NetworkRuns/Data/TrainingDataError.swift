import Formatting
public import IDX
public import NeuralNetwork

/// A part of the data of a run.
public enum SampleSet: String, Sendable {
  /// What is learned from.
  case training
  /// What is evaluated after each epoch.
  case test
}

/// Why data cannot be trained with. Files that cannot be read are an `IDXError`.
public enum TrainingDataError: Error, Equatable, Sendable {
  /// There is no sample to learn from.
  case noSamples
  /// The samples have no values.
  case emptySamples(IDXHeader)
  /// The test samples have another shape than those of training.
  case shapesDiffer(training: [Int], test: [Int])
  /// The test targets have another number of values than those of training.
  case targetWidthsDiffer(training: Int, test: Int)
  /// Classes in one of training and test, numbers in the other.
  case targetKindsDiffer
  /// A label that is hardly a class.
  case labelTooLarge(Int, maximumClasses: Int)
  /// A 64-bit number that would become infinite in the 32 bits with which networks work.
  ///
  /// - Parameters:
  ///   - areTargets: whether it is a target, not an input.
  ///   - index: its place in the sample.
  case tooLargeForSinglePrecision(SampleSet, areTargets: Bool, sample: Int, index: Int, value: Double)
  /// The values of the samples cannot be used.
  ///
  /// - Parameter areMissing: whether it is missing values that are refused.
  case unusableValues(SampleSet, NetworkError, areMissing: Bool)
}

extension TrainingDataError: CustomStringConvertible {
  /// One sentence with the evidence.
  public var description: String {
    switch self {
    case .noSamples: "the training data hold no samples"
    case .emptySamples(let header): "the training samples hold no values: their shape is \(header)"
    case .shapesDiffer(let training, let test):
      "the test images have another shape than the training images: expected \(Text.shape(training)), found "
        + Text.shape(test)
    case .targetWidthsDiffer(let training, let test):
      "the test targets have another width than the training targets: expected \(training), found \(test)"
    case .targetKindsDiffer:
      "training and test labels are of different kinds: expected integer classes in both or floating-point numbers in "
        + "both"
    case .labelTooLarge(let label, let maximum):
      "labels must be class numbers: expected at most \(maximum) classes, found the label \(label); "
        + "the targets of a regression are float32 or float64"
    case .tooLargeForSinglePrecision(let set, let areTargets, let sample, let index, let value):
      "the \(set.rawValue) \(areTargets ? "targets" : "samples"): value \(index) of sample \(sample): expected a number "
        + "that 32-bit floating point can hold, found \(value); scale the values before"
    case .unusableValues(let set, let error, _): "the \(set.rawValue) samples: \(error)"
    }
  }
}

import BinaryIO
import Formatting
public import IDX
public import ModelFormat
public import NetworkStorage
public import NeuralNetwork

/// Why a model cannot be run on samples, or its outputs cannot be measured. Files that cannot be read are a
/// `ModelFormatError` or an `IDXError`.
///
/// Models and files go by their path.
public enum PredictionError: Error, Equatable, Sendable {
  /// The file holds no network that this version can run.
  case unbuildableNetwork(model: String, NetworkStorageError)
  /// The preprocessing would make every input NaN or infinite.
  case preprocessingNotFinite(model: String, Preprocessing)
  /// There are class names, and not one for each output.
  case classNameCount(model: String, expected: Int, found: Int)
  /// The model names no loss.
  case noLoss(model: String)
  /// The model names a loss that this version does not have.
  case unknownLoss(model: String, String)

  /// There are no samples to measure with.
  case noSamples(samples: String)
  /// The samples have another number of values than the model takes.
  case sampleSize(samples: String, model: String, inputShape: [Int], found: IDXHeader)
  /// A value is missing, and the model was not trained to take 0 in its place.
  case missingValue(sample: Int, model: String)
  /// The values of samples cannot be used.
  ///
  /// - Parameter areMissing: whether it is missing values that the model was not trained to take.
  case unusableValues(samples: String, model: String, NetworkError, areMissing: Bool)
  /// An output that has to be a probability is NaN or infinite.
  case probabilityNotFinite(sample: Int, model: String)

  /// Labels that are no classes.
  case labelsExpected(labels: String, found: IDXHeader)
  /// A class that the model does not have.
  ///
  /// - Parameter takesNumbers: whether floating-point numbers would have been taken as the targets of a regression.
  case labelOutOfRange(
    labels: String, model: String, classes: Int, found: Int, index: Int, takesNumbers: Bool)
  /// Targets with another number of values than the model has outputs.
  case targetSize(targets: String, model: String, outputs: Int, found: IDXHeader)
  /// A target that is no probability, for a model that learned probabilities.
  case targetOutOfRange(targets: String, model: String, found: Float, index: Int)
  /// Not as many labels as samples.
  case labelCount(labels: String, expected: Int, found: Int)
  /// No label to evaluate against.
  case noLabels(labels: String)
}

extension PredictionError: CustomStringConvertible {
  /// One sentence with the evidence.
  public var description: String {
    switch self {
    case .unbuildableNetwork(let model, let error): "\(model): the network cannot be built: \(error)"
    case .preprocessingNotFinite(let model, let found):
      "\(model): expected a finite preprocessing, found scale \(found.scale), offset \(found.offset)"
    case .classNameCount(let model, let expected, let found):
      "\(model): expected \(expected) class names, one per output, found \(found)"
    case .noLoss(let model): "\(model) does not say what loss it was trained with"
    case .unknownLoss(let model, let name):
      "\(model): expected a loss out of \(Loss.allCases.map(\.rawValue).joined(separator: ", ")), "
        + "found \(ByteName(name).quoted)"
    case .noSamples(let samples): "\(samples): expected at least one sample, found none"
    case .sampleSize(let samples, let model, let shape, let found):
      "\(samples): expected samples of \(Text.shape(shape)) = \(shape.reduce(1, *)) values as \(model) takes, "
        + "found \(found.elementsPerItem) (\(found))"
    case .missingValue(let sample, let model):
      "sample \(sample) has a missing value, NaN; \(model) was not trained to take 0 in its place"
    case .unusableValues(let samples, let model, let error, let areMissing):
      "\(samples): \(error)"
        + (areMissing ? "; NaN stands for a missing value, and \(model) was not trained to take any" : "")
    case .probabilityNotFinite(let sample, let model):
      "\(model): the probabilities of sample \(sample) are NaN; the model's weights or the input values are damaged"
    case .labelsExpected(let labels, let found):
      "\(labels): expected integer labels of 1 dimension, found \(found)"
    case .labelOutOfRange(let labels, let model, let classes, let found, let index, let takesNumbers):
      "\(labels): expected classes 0 to \(classes - 1) as \(model) has, found \(found) at index \(index)"
        + (takesNumbers ? "; the targets of a regression are float32 or float64" : "")
    case .targetSize(let targets, let model, let outputs, let found):
      "\(targets): expected targets of \(Text.counted(outputs, "number")), one for each output of \(model), found "
        + "\(found.elementsPerItem) (\(found))"
    case .targetOutOfRange(let targets, let model, let found, let index):
      "\(targets): expected targets from 0 to 1, as \(model) was trained with binary-cross-entropy, found \(found) at "
        + "index \(index)"
    case .labelCount(let labels, let expected, let found):
      "\(labels): expected \(expected) labels, one per image, found \(found); use the labels that belong to these images"
    case .noLabels(let labels): "\(labels): expected at least one label to evaluate against, found none"
    }
  }
}

import Formatting
import IDX
public import NeuralNetwork

/// What a network learns to answer. The targets' element type decides: integers are classes, floating-point numbers a
/// regression.
public enum TrainingTask: Hashable, Sendable {
  /// One of so many classes.
  case classification(classes: Int)
  /// So many numbers.
  case regression(outputs: Int)

  /// What a model says of it.
  public enum Name: String, CaseIterable, Sendable {
    /// See `TrainingTask.classification`.
    case classification
    /// See `TrainingTask.regression`.
    case regression
  }

  /// Which of the two it is.
  public var name: Name {
    switch self {
    case .classification: .classification
    case .regression: .regression
    }
  }

  /// The largest number of classes; labels beyond it are taken for something else.
  private static let maximumClasses = 4096

  /// The task of the training data, which test data must share.
  init(training: IDXSupervisedSamples, test: IDXSupervisedSamples?) throws(TrainingDataError) {
    guard training.samples.header.itemCount > 0 else { throw .noSamples }
    switch (training.targets, test?.targets) {
    case (.labels(let labels), nil): self = try .classification(largestLabel: labels.max() ?? 0)
    case (.labels(let labels), .labels(let others)):
      self = try .classification(largestLabel: max(labels.max() ?? 0, others.max() ?? 0))
    case (.values(let values), nil): self = .regression(outputs: values.header.elementsPerItem)
    case (.values(let values), .values(let others)):
      let (expected, found) = (values.header.elementsPerItem, others.header.elementsPerItem)
      guard expected == found else { throw .targetWidthsDiffer(training: expected, test: found) }
      self = .regression(outputs: expected)
    case (.labels, .values), (.values, .labels): throw .targetKindsDiffer
    }
  }

  /// Labels count from 0, so that there is one class more than the largest label; never fewer than two.
  private static func classification(largestLabel: Int) throws(TrainingDataError) -> TrainingTask {
    guard largestLabel < maximumClasses else {
      throw .labelTooLarge(largestLabel, maximumClasses: maximumClasses)
    }
    return .classification(classes: max(largestLabel, 1) + 1)
  }

  /// The outputs that a network for this task has. Two classes may also be the two sides of one output.
  func allows(outputs: Int, loss: Loss) -> Bool {
    switch self {
    case .classification(classes: 2) where loss == .binaryCrossEntropy: outputs == 1 || outputs == 2
    case .classification(let count), .regression(let count): outputs == count
    }
  }

  /// Whether it is a regression.
  public var isRegression: Bool {
    switch self {
    case .classification: false
    case .regression: true
    }
  }

  /// The outputs of the last layer unless told otherwise.
  public var outputs: Int {
    switch self {
    case .classification(let count), .regression(let count): count
    }
  }

  /// What the outputs have to be, in words.
  var outputsInWords: String {
    switch self {
    case .classification(let classes): "\(classes) outputs, one for each class of the data"
    case .regression(let outputs): "\(Text.counted(outputs, "output")), as many as each target has numbers"
    }
  }

  /// What training minimises unless told otherwise.
  public var loss: Loss {
    switch self {
    case .classification: .crossEntropy
    case .regression: .squaredError
    }
  }

  /// The last layer of a network for this task and loss, unless told otherwise.
  func outputLayer(for loss: Loss) -> LayerSpecification {
    switch self {
    case .classification: loss.outputLayer ?? .softmax
    case .regression: loss.outputLayer ?? .identity
    }
  }

  /// What the network should give for each sample.
  func targets(_ samples: IDXSupervisedSamples) throws(NetworkError) -> Targets<Float> {
    switch samples.targets {
    case .labels(let labels): .labels(labels, classes: outputs)
    case .values(let array):
      .values(try Matrix(rows: array.header.itemCount, columns: outputs, elements: array.elements(as: Float.self)))
    }
  }
}

public import IDX
public import ModelFormat
public import NeuralNetwork
import Threads

/// A model that is ready to run on samples: it prepares them as the model says, and knows what the outputs mean.
///
/// ```swift
/// let predictor = try Predictor(contentsOf: "digits.nnk")
/// let probabilities = try predictor.predict(IDXArray(contentsOf: "images.gz"))
/// ```
public struct Predictor: Sendable {
  /// How many samples are best read and predicted in one go.
  public static let pieceSize = 8192

  private let model: LoadedNetwork
  private let runner: NetworkRunner<Float>

  /// What its outputs are.
  public let meaning: OutputMeaning

  /// Loads a model from a file of any format that `ModelFiles` opens; `-` is standard input.
  ///
  /// - Parameter threads: how many threads share the work; nil for one per processor.
  /// - Throws: `ModelFormatError` for the file; `PredictionError` for a network that cannot be run; `NetworkError` for a
  ///   number of threads out of range.
  public init(contentsOf path: String, threads: Int? = nil) throws {
    try self.init(LoadedNetwork(contentsOf: path, threads: threads), threads: threads)
  }

  /// Takes a model that is in memory, or a file that is open.
  ///
  /// - Parameter threads: how many threads share the work; nil for one per processor.
  /// - Throws: `ModelFormatError` for damage to the file; `PredictionError` for a network that cannot be run;
  ///   `NetworkError` for a number of threads out of range.
  public init(_ source: any ModelSource, threads: Int? = nil) throws {
    try self.init(LoadedNetwork(source, name: "the model", threads: threads), threads: threads)
  }

  private init(_ model: LoadedNetwork, threads: Int?) throws {
    self.model = model
    runner = try NetworkRunner(model.network, threads: threads ?? Processors.count)
    meaning = OutputMeaning(model.network, model.topology, model.metadata)
    let names = model.topology.classNames.count
    guard names == 0 || names == meaning.outputs else {
      throw PredictionError.classNameCount(model: model.name, expected: meaning.outputs, found: names)
    }
  }

  /// The path of the model.
  package var name: String { model.name }
  /// The network, for a look into it.
  package var network: Network<Float> { model.network }
  /// What its layers are called in the file, one for each.
  package var layerNames: [String] { model.topology.layers.map(\.name) }
  /// What is done to raw values.
  package var preprocessing: Preprocessing { model.topology.preprocessing }
  /// The element type of the training data, where the model says it.
  package var trainedOn: String? { model.metadata.elementType }

  /// The names of the classes; empty where they have none. The name of a single output is none of its two sides.
  public var classNames: [String] {
    let names = model.topology.classNames
    return names.count == meaning.classes ? names : []
  }

  /// What the network gives for samples of any element type: a row for each sample, and a column for the probability of
  /// each class, or for each number of a regression.
  ///
  /// Values are prepared as in training. Memory besides samples and result stays bounded.
  ///
  /// - Throws: `PredictionError` for samples that the network does not take, with a missing value that it did not learn
  ///   to take, or with probabilities that are not finite.
  public func predict(_ samples: IDXArray) throws -> Matrix<Float> {
    try check(samples.header, samples: "samples")
    return try predict(prepare(samples), asClasses: meaning.isClassification(nil))
  }

  /// Refuses samples that the network does not take. Shapes may differ as long as the number of values is the same.
  package func check(_ header: IDXHeader, samples: String) throws(PredictionError) {
    try model.check(header, samples: samples)
  }

  /// The true answers to `count` samples.
  package func loadTruth(path labels: String, count: Int) throws -> Truth {
    try Truth.load(path: labels, count: count, meaning: meaning, model: name)
  }

  /// The samples as the network takes them.
  ///
  /// - Parameter firstIndex: the index of the first one in its file, for messages.
  package func prepare(_ samples: IDXArray, firstIndex: Int = 0) throws -> DatasetInputs<Float> {
    var inputs = try DatasetInputs(samples, preprocessing)
    if model.missingValues == .zero { inputs = inputs.replacingMissingValuesWithZero() }
    if let missing = inputs.samplesWithMissingValues.first {
      throw PredictionError.missingValue(sample: firstIndex + missing, model: name)
    }
    return inputs
  }

  /// A row for each sample, with a column for each class, or for each output.
  ///
  /// - Parameter firstIndex: the index of the first sample in its file, for messages.
  package func predict(
    _ inputs: DatasetInputs<Float>, asClasses: Bool, firstIndex: Int = 0
  ) throws -> Matrix<Float> {
    let outputs = try runner.predict(inputs)
    guard asClasses else { return outputs }
    if let place = outputs.elements.firstIndex(where: { !$0.isFinite }) {
      throw PredictionError.probabilityNotFinite(sample: firstIndex + place / outputs.columns, model: name)
    }
    return try meaning.probabilities(outputs)
  }

  /// The mean loss and the accuracy, as training measures them.
  func evaluate(_ dataset: Dataset<Float>, loss: Loss) throws(NetworkError) -> Evaluation {
    try runner.evaluate(dataset, loss: loss)
  }
}

import Formatting
import IDX
import ModelFormat
import NetworkStorage
import NeuralNetwork
import Threads

/// A loaded model, ready to run.
struct Predictor {
  /// How many samples are read and predicted in one go.
  static let pieceSize = 8192

  private let path: String
  private let network: Network<Float>
  private let topology: Topology
  private let threads: Int
  /// The element type of the training data, where the model says it.
  private let trainedOn: String?
  /// Whether 0 takes the place of missing values, as it did in training.
  private let fillsMissingValues: Bool

  /// What its outputs are.
  let meaning: OutputMeaning

  init(modelPath: String, threads: Int?) throws {
    let model = try ModelReader(path: modelPath)
    path = modelPath
    do { network = try Network<Float>(model, threads: threads) } catch let error as NetworkStorageError {
      throw CommandFailure.badData("\(modelPath): the network cannot be built: \(error)")
    }
    // Building the network has shown that there is a topology.
    topology = model.topology ?? Topology(inputShape: network.inputShape, layers: [])
    let preprocessing = topology.preprocessing
    guard preprocessing.scale.isFinite, preprocessing.offset.isFinite else {
      throw CommandFailure.badData(
        "\(modelPath): expected a finite preprocessing, found scale \(preprocessing.scale), "
          + "offset \(preprocessing.offset)")
    }
    meaning = OutputMeaning(network, topology, model.metadata)
    guard topology.classNames.isEmpty || topology.classNames.count == meaning.outputs else {
      throw CommandFailure.badData(
        "\(modelPath): expected \(meaning.outputs) class names, one per output, found \(topology.classNames.count)")
    }
    self.threads = threads ?? Processors.count
    if case .string(let type) = model.metadata["data.element_type"] { trainedOn = type } else { trainedOn = nil }
    fillsMissingValues = InputPreparation.missingValues(model.metadata) == .zero
  }

  /// Refuses samples that the network does not take. Shapes may differ as long as the number of values is the same.
  func check(_ header: IDXHeader, path images: String) throws {
    let expected = network.inputShape.reduce(1, *)
    guard header.elementsPerItem == expected || header.itemCount == 0 else {
      throw CommandFailure.badData(
        "\(images): expected samples of \(Text.shape(network.inputShape)) = \(expected) values as \(path) takes, "
          + "found \(header.elementsPerItem) (\(header))")
    }
  }

  /// Values of another kind than the model was trained on are prepared as if they were of that kind.
  func warning(about header: IDXHeader, path images: String) -> String? {
    guard let trainedOn, trainedOn != "\(header.elementType)" else { return nil }
    let scale =
      topology.preprocessing.scale == 1 ? "as they are" : "multiplied by \(Text.factor(topology.preprocessing.scale))"
    return "warning: \(path) was trained on \(trainedOn) values, and \(images) holds \(header.elementType) values; "
      + "they are used \(scale)"
  }

  /// The true answers to `count` samples.
  func loadTruth(path labels: String, count: Int) throws -> Truth {
    try Truth.load(path: labels, count: count, meaning: meaning, model: path)
  }

  /// What is written of each sample.
  ///
  /// - Throws: `CommandFailure` if there are not as many classes as are to be shown.
  func form(top: Int, truth: Truth?) throws -> PredictionForm {
    let isClassifier = meaning.isClassification(truth)
    guard top == 1 || isClassifier else {
      throw CommandFailure.usage("--top needs a classifier, and the outputs of \(path) are numbers")
    }
    guard top <= meaning.classes else {
      throw CommandFailure.usage("--top \(top): \(path) has only \(meaning.classes) classes")
    }
    // The name of a single output is none of its two sides.
    let names = topology.classNames.count == meaning.classes ? topology.classNames : []
    return PredictionForm(
      classNames: names, outputs: isClassifier ? meaning.classes : meaning.outputs, isClassifier: isClassifier,
      top: top, truth: truth)
  }

  /// The samples as the network takes them, of which the first has the index `firstIndex` in the file.
  func prepare(_ samples: IDXArray, firstIndex: Int) throws -> DatasetInputs<Float> {
    var inputs = try InputPreparation.inputs(samples, topology.preprocessing)
    if fillsMissingValues { inputs = inputs.replacingMissingValuesWithZero() }
    if let missing = inputs.samplesWithMissingValues.first {
      throw CommandFailure.badData(
        "sample \(firstIndex + missing) has a missing value, NaN; \(path) was not trained to take 0 in its place "
          + "(nnkit train --missing zero)")
    }
    return inputs
  }

  /// The columns of the form, one row per sample, of which the first has the index `firstIndex` in the file.
  func predict(_ inputs: DatasetInputs<Float>, _ form: PredictionForm, firstIndex: Int) throws -> Matrix<Float> {
    let outputs = try network.predict(inputs, threads: threads)
    guard form.isClassifier else { return outputs }
    if let place = outputs.elements.firstIndex(where: { !$0.isFinite }) {
      throw CommandFailure.badData(
        "\(path): the probabilities of sample \(firstIndex + place / outputs.columns) are NaN; the model's weights or "
          + "the input values are damaged (see nnkit inspect)")
    }
    return try meaning.probabilities(outputs)
  }

  /// The mean loss and the accuracy, as training measures them.
  func evaluate(_ dataset: Dataset<Float>, loss: Loss) throws -> Evaluation {
    try network.evaluate(dataset, loss: loss, threads: threads)
  }
}

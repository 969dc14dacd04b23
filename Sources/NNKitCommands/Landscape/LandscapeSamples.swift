import Formatting
import IDX
import ModelFormat
import NeuralNetwork

/// Samples for a network and a loss. As in training, integer labels are classes, and floating-point ones numbers.
struct LandscapeSamples {
  let dataset: Dataset<Float>
  /// The samples that were left out because a value is missing.
  let dropped: Int

  /// - Parameter files: the model, for messages, and the two files of the samples.
  init(
    files: (model: String, images: String, labels: String), _ network: Network<Float>, _ loss: Loss,
    _ preprocessing: Preprocessing, missing: MissingValues
  ) throws {
    let source = try IDXSupervisedSamples(samplesPath: files.images, targetsPath: files.labels)
    let header = source.samples.header
    let expected = network.inputShape.reduce(1, *)
    guard header.itemCount > 0 else {
      throw CommandFailure.badData("\(files.images): expected at least one sample, found none")
    }
    guard header.elementsPerItem == expected else {
      throw CommandFailure.badData(
        "\(files.images): expected samples of \(Text.shape(network.inputShape)) = \(expected) values as \(files.model) "
          + "takes, found \(header.elementsPerItem) (\(header))")
    }
    let all = try Dataset(
      inputs: InputPreparation.inputs(source.samples, preprocessing),
      targets: Self.targets(source, files, outputs: network.outputShape.reduce(1, *), loss))
    do { dataset = try all.preparing(missing) } catch {
      let isMissing = missing == .refuse && !all.inputs.samplesWithMissingValues.isEmpty
      let advice =
        isMissing
        ? "; NaN stands for a missing value, and \(files.model) was not trained to take any (nnkit train --missing zero "
          + "or drop)" : ""
      throw CommandFailure.badData("\(files.images): \(error)\(advice)")
    }
    dropped = all.count - dataset.count
  }

  private static func targets(
    _ source: IDXSupervisedSamples, _ files: (model: String, images: String, labels: String), outputs: Int, _ loss: Loss
  ) throws -> Targets<Float> {
    switch source.targets {
    case .labels(let labels):
      let classes = loss == .binaryCrossEntropy && outputs == 1 ? 2 : outputs
      if let index = labels.firstIndex(where: { $0 >= classes }) {
        throw CommandFailure.badData(
          "\(files.labels): expected classes 0 to \(classes - 1) as \(files.model) has, found \(labels[index]) at index "
            + "\(index); the targets of a regression are float32 or float64")
      }
      return .labels(labels, classes: classes)
    case .values(let array):
      guard array.header.elementsPerItem == outputs else {
        throw CommandFailure.badData(
          "\(files.labels): expected targets of \(Text.counted(outputs, "number")), one for each output of "
            + "\(files.model), found \(array.header.elementsPerItem) (\(array.header))")
      }
      return .values(
        try Matrix(rows: array.header.itemCount, columns: outputs, elements: array.elements(as: Float.self)))
    }
  }
}

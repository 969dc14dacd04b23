import IDX
import ModelFormat
package import NeuralNetwork

/// Samples to measure a loss of a model with. As in training, integer labels are classes, and floating-point ones
/// numbers.
package struct EvaluationSamples: Sendable {
  /// The samples, prepared as the model says.
  package let dataset: Dataset<Float>
  /// The samples that were left out because a value is missing.
  package let dropped: Int

  /// Reads two files.
  ///
  /// - Throws: `IDXError` for the files; `PredictionError` for samples that the model or the loss does not take.
  package init(_ files: SampleFiles, for model: LoadedNetwork, loss: Loss) throws {
    let source = try files.load()
    guard source.samples.header.itemCount > 0 else { throw PredictionError.noSamples(samples: files.samples) }
    try model.check(source.samples.header, samples: files.samples)
    let all = try Dataset(
      inputs: DatasetInputs(source.samples, model.topology.preprocessing),
      targets: Self.targets(source, files, model, loss))
    do { dataset = try all.preparing(model.missingValues) } catch {
      throw PredictionError.unusableValues(
        samples: files.samples, model: model.name, error,
        areMissing: model.missingValues == .refuse && !all.inputs.samplesWithMissingValues.isEmpty)
    }
    dropped = all.count - dataset.count
  }

  private static func targets(
    _ source: IDXSupervisedSamples, _ files: SampleFiles, _ model: LoadedNetwork, _ loss: Loss
  ) throws -> Targets<Float> {
    let outputs = model.network.outputShape.reduce(1, *)
    switch source.targets {
    case .labels(let labels):
      let classes = loss == .binaryCrossEntropy && outputs == 1 ? 2 : outputs
      if let index = labels.firstIndex(where: { $0 >= classes }) {
        throw PredictionError.labelOutOfRange(
          labels: files.targets, model: model.name, classes: classes, found: labels[index], index: index,
          takesNumbers: true)
      }
      return .labels(labels, classes: classes)
    case .values(let array):
      guard array.header.elementsPerItem == outputs else {
        throw PredictionError.targetSize(
          targets: files.targets, model: model.name, outputs: outputs, found: array.header)
      }
      return .values(
        try Matrix(rows: array.header.itemCount, columns: outputs, elements: array.elements(as: Float.self)))
    }
  }
}

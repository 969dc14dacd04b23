import IDX
import NeuralNetwork

/// The data of a folder of IDX files, ready for training.
struct TrainingData {
  let inputShape: [Int]
  let classes: Int
  let training: Dataset<Float>
  let test: Dataset<Float>?

  /// - Throws: `IDXError` for the files, `NetworkError` if images and labels do not fit one another.
  init(folder: String) throws {
    let files = try IDXFolder(path: folder)
    let training = try files.training.load()
    let test = try files.test?.load()
    let dimensions = training.samples.header.dimensions
    inputShape = dimensions.count > 1 ? Array(dimensions.dropFirst()) : [1]
    classes = max((training.labels + (test?.labels ?? [])).max() ?? 0, 1) + 1
    self.training = try Self.dataset(training, classes)
    self.test = try test.map { [classes] in try Self.dataset($0, classes) }
  }

  /// Grey levels are brought to 0…1, as `nnkit train` does; they stay bytes until a mini-batch needs them.
  private static func dataset(_ data: IDXLabeledSamples, _ classes: Int) throws -> Dataset<Float> {
    let header = data.samples.header
    let width = header.elementsPerItem
    let inputs =
      if header.elementType == .uint8 {
        try DatasetInputs<Float>(bytes: data.samples.bytes, width: width, scale: 1 / 255, offset: 0)
      } else {
        try DatasetInputs(
          Matrix(rows: header.itemCount, columns: width, elements: data.samples.elements(as: Float.self)))
      }
    return try Dataset(inputs: inputs, targets: .labels(data.labels, classes: classes))
  }
}

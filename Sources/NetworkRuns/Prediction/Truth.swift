import IDX
public import NeuralNetwork

/// The true answers that predictions are measured against.
public enum Truth: Sendable {
  /// A class for each sample.
  case labels([Int])
  /// A row of numbers for each sample.
  case targets(Matrix<Float>)

  /// The classes, if they are classes.
  public var labels: [Int]? {
    if case .labels(let labels) = self { labels } else { nil }
  }

  /// The numbers, if they are numbers.
  public var targets: Matrix<Float>? {
    if case .targets(let targets) = self { targets } else { nil }
  }

  /// The answers to `count` samples from an IDX file: classes, or numbers of any element type, as `meaning` says.
  ///
  /// - Parameter model: the path of the model, for messages.
  /// - Throws: `IDXError`; `PredictionError` for answers that do not fit the model or the samples.
  static func load(path: String, count: Int, meaning: OutputMeaning, model: String) throws -> Truth {
    var reader = try IDXReader(path: path)
    let areIntegers = reader.header.rank == 1 && reader.header.elementType.isInteger
    return meaning.takesClasses(areIntegers: areIntegers)
      ? try labels(&reader, count: count, classes: meaning.classes, model: model)
      : try targets(&reader, count: count, meaning: meaning, model: model)
  }

  /// Classes, each below `classes`.
  private static func labels(_ reader: inout IDXReader, count: Int, classes: Int, model: String) throws -> Truth {
    let (header, path) = (reader.header, reader.path)
    guard header.rank == 1, header.elementType.isInteger else {
      throw PredictionError.labelsExpected(labels: path, found: header)
    }
    let array = try load(&reader, count: count)
    let values = try array?.elements(as: Int.self) ?? []
    if let index = values.firstIndex(where: { !(0..<classes).contains($0) }) {
      throw PredictionError.labelOutOfRange(
        labels: path, model: model, classes: classes, found: values[index], index: index, takesNumbers: false)
    }
    return .labels(values)
  }

  /// Numbers, one for each output, all of them finite, and probabilities if binary cross-entropy is to be measured.
  private static func targets(
    _ reader: inout IDXReader, count: Int, meaning: OutputMeaning, model: String
  ) throws -> Truth {
    let (header, path, width) = (reader.header, reader.path, meaning.outputs)
    guard header.elementsPerItem == width else {
      throw PredictionError.targetSize(targets: path, model: model, outputs: width, found: header)
    }
    let array = try load(&reader, count: count)
    try array?.requireFinite(path: path)
    let values = array?.elements(as: Float.self) ?? []
    if meaning.hasBinaryCrossEntropy(areClasses: false), let index = values.firstIndex(where: { !(0...1 ~= $0) }) {
      throw PredictionError.targetOutOfRange(
        targets: path, model: model, found: values[index], index: index / width)
    }
    return .targets(try Matrix(rows: count, columns: width, elements: values))
  }

  private static func load(_ reader: inout IDXReader, count: Int) throws -> IDXArray? {
    guard reader.header.itemCount == count else {
      throw PredictionError.labelCount(labels: reader.path, expected: count, found: reader.header.itemCount)
    }
    guard count > 0 else { throw PredictionError.noLabels(labels: reader.path) }
    let array = try reader.readItems(maximumCount: count)
    try reader.finish()
    return array
  }
}

import Formatting
import IDX
import NeuralNetwork

/// The true answers that predictions are measured against.
enum Truth {
  /// A class for each sample.
  case labels([Int])
  /// A row of numbers for each sample.
  case targets(Matrix<Float>)

  var labels: [Int]? {
    if case .labels(let labels) = self { labels } else { nil }
  }

  var targets: Matrix<Float>? {
    if case .targets(let targets) = self { targets } else { nil }
  }

  /// The answers to `count` samples from an IDX file: classes, or numbers of any element type, as `meaning` says.
  ///
  /// - Parameter model: the path of the model, for messages.
  static func load(path: String, count: Int, meaning: OutputMeaning, model: String) throws -> Truth {
    var reader = try IDXReader(path: path)
    let areIntegers = reader.header.rank == 1 && reader.header.elementType.isInteger
    return meaning.takesClasses(areIntegers: areIntegers)
      ? try labels(&reader, path: path, count: count, classes: meaning.classes, model: model)
      : try targets(&reader, path: path, count: count, meaning: meaning, model: model)
  }

  /// Classes, each below `classes`.
  private static func labels(
    _ reader: inout IDXReader, path: String, count: Int, classes: Int, model: String
  ) throws -> Truth {
    let header = reader.header
    guard header.rank == 1, header.elementType.isInteger else {
      throw CommandFailure.badData("\(path): expected integer labels of 1 dimension, found \(header)")
    }
    let array = try load(&reader, path: path, count: count)
    let values = try array?.elements(as: Int.self) ?? []
    if let index = values.firstIndex(where: { !(0..<classes).contains($0) }) {
      throw CommandFailure.badData(
        "\(path): expected classes 0 to \(classes - 1) as \(model) has, found \(values[index]) at index \(index)")
    }
    return .labels(values)
  }

  /// Numbers, one for each output, all of them finite, and probabilities if binary cross-entropy is to be measured.
  private static func targets(
    _ reader: inout IDXReader, path: String, count: Int, meaning: OutputMeaning, model: String
  ) throws -> Truth {
    let (header, width) = (reader.header, meaning.outputs)
    guard header.elementsPerItem == width else {
      throw CommandFailure.badData(
        "\(path): expected targets of \(Text.counted(width, "number")), one for each output of \(model), found "
          + "\(header.elementsPerItem) (\(header))")
    }
    let array = try load(&reader, path: path, count: count)
    try array?.requireFinite(path: path)
    let values = array?.elements(as: Float.self) ?? []
    if meaning.hasBinaryCrossEntropy(areClasses: false), let index = values.firstIndex(where: { !(0...1 ~= $0) }) {
      throw CommandFailure.badData(
        "\(path): expected targets from 0 to 1, as \(model) was trained with binary-cross-entropy, found "
          + "\(values[index]) at index \(index / width)")
    }
    return .targets(try Matrix(rows: count, columns: width, elements: values))
  }

  private static func load(_ reader: inout IDXReader, path: String, count: Int) throws -> IDXArray? {
    guard reader.header.itemCount == count else {
      throw CommandFailure.badData(
        "\(path): expected \(count) labels, one per image, found \(reader.header.itemCount); "
          + "use the labels that belong to these images")
    }
    guard count > 0 else {
      throw CommandFailure.badData("\(path): expected at least one label to evaluate against, found none")
    }
    let array = try reader.readItems(maximumCount: count)
    try reader.finish()
    return array
  }
}

import Formatting
import LayerKinds
import ModelFormat

/// What values say of a tensor by itself: values that are no numbers, and values that are all one number.
struct TensorFindings {
  /// Values that are NaN or infinite, with the place of the first.
  func nonFinite(_ tensor: MeasuredTensor) -> Finding? {
    let statistics = tensor.statistics
    guard statistics.finite < statistics.count else { return nil }
    let coordinates = TensorFindings.coordinates(of: statistics.firstNonFiniteIndex ?? 0, in: tensor.description.shape)
    let counts = [
      ("NaN", statistics.nan), ("+∞", statistics.positiveInfinity), ("−∞", statistics.negativeInfinity),
    ].filter { $0.1 > 0 }.map { "\(Text.grouped($0.1)) \($0.0)" }
    let count = statistics.count - statistics.finite
    return Finding(
      .nonFinite, .error, place: Evidence.place(ofTensor: tensor.description.name),
      message: "\(Text.grouped(count)) of \(Text.counted(statistics.count, "value")) \(count == 1 ? "is" : "are") not "
        + "finite (\(counts.joined(separator: ", "))), the first at \(coordinates)",
      evidence: [
        "count": .integer(statistics.count), "nan": .integer(statistics.nan),
        "positive_infinity": .integer(statistics.positiveInfinity),
        "negative_infinity": .integer(statistics.negativeInfinity),
        "first_index": .list(coordinates.map { .integer($0) }),
      ])
  }

  /// The coordinates of an element, outermost first.
  static func coordinates(of index: Int, in shape: [Int]) -> [Int] {
    var (rest, coordinates) = (index, [Int](repeating: 0, count: shape.count))
    for dimension in shape.indices.reversed() where shape[dimension] > 0 {
      coordinates[dimension] = rest % shape[dimension]
      rest /= shape[dimension]
    }
    return coordinates
  }

  /// Values that are all one number: a warning for weights, which begin at random, and a note for other tensors unless
  /// the number is the one that they begin with. A single value is no finding, and neither are integers.
  func constant(_ tensor: MeasuredTensor, _ start: LayerTensor.Start?) -> Finding? {
    guard tensor.isConstant, tensor.description.count > 1, tensor.description.dataType.isFloatingPoint,
      let value = tensor.statistics.minimum
    else { return nil }
    let isWeight: Bool
    switch start {
    case .random: isWeight = true
    case .constant(let begin):
      if value == begin { return nil }
      isWeight = false
    case nil:
      // Without topology, two dimensions or more make weights, and vectors begin with 0 or 1.
      isWeight = tensor.description.shape.count >= 2
      if !isWeight, value == 0 || value == 1 { return nil }
    }
    return Finding(
      .constantTensor, isWeight ? .warning : .note, place: Evidence.place(ofTensor: tensor.description.name),
      message: "all \(Text.grouped(tensor.description.count)) values are \(Evidence.number(value))"
        + (isWeight ? ", where weights begin at random" : ""),
      evidence: ["count": .integer(tensor.description.count), "value": .number(value)])
  }
}

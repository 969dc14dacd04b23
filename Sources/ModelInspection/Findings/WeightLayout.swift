import LayerKinds
import ModelFormat

/// Where units and inputs are in the weights of a layer, as the table of layer kinds has it: [inputs, units] for `affine`,
/// [units, channels, height, width] for `conv`.
///
/// The tensor is seen as [first, second, rest]: `rest` is 1 for `affine`, and the size of a window for `conv`.
struct WeightLayout: Equatable {
  /// Layers with more units or inputs are not looked into, so that what is noted for each of them is bounded.
  static let maximumDimension = 1 << 22

  let first: Int
  let second: Int
  let rest: Int
  /// Whether a unit is an index of the first dimension, and not of the second.
  let unitIsFirst: Bool

  /// The number of units: outputs, or channels of the output.
  var unitCount: Int { unitIsFirst ? first : second }
  /// How many values come in, or how many channels.
  var inputCount: Int { unitIsFirst ? second : first }
  /// How many weights lead into a unit.
  var weightsPerUnit: Int { inputCount * rest }
  /// How many weights lead away from an input.
  var weightsPerInput: Int { unitCount * rest }

  /// The layout of the weights of a layer; nil if the kind has none that are drawn at random, or the shape is another
  /// one than that of its kind.
  init?(_ kind: LayerKind, shape: [Int]) {
    guard let tensor = WeightLayout.weights(of: kind), tensor.shape.count == shape.count, shape.count >= 2,
      shape.allSatisfy({ $0 > 0 }), shape[0] <= WeightLayout.maximumDimension, shape[1] <= WeightLayout.maximumDimension
    else { return nil }
    let units = tensor.shape.firstIndex { WeightLayout.isUnits($0, kind.definition.output) }
    let inputs = tensor.shape.firstIndex { $0 == .inputs || $0 == .planes }
    guard let units, let inputs, Set([units, inputs]) == [0, 1] else { return nil }
    (first, second, rest) = (shape[0], shape[1], shape[2...].reduce(1, *))
    unitIsFirst = units == 0
  }

  /// The tensor that is drawn at random in a new network; nil if the kind has none.
  static func weights(of kind: LayerKind) -> LayerTensor? {
    kind.definition.tensors.first { tensor in
      switch tensor.start {
      case .random: true
      case .constant: false
      }
    }
  }

  /// Whether a dimension counts the outputs, or the channels of the output.
  private static func isUnits(_ dimension: LayerDimension, _ output: LayerOutput) -> Bool {
    if dimension == .output { return true }
    guard case .windows(_, _, let channels) = output, let channels else { return false }
    return dimension == .field(channels)
  }
}

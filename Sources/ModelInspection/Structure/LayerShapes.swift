import BinaryIO
import LayerKinds
import ModelFormat

/// The shapes that follow from a layer's kind, its attributes and its input. nil wherever nothing follows: kinds of
/// other programs, missing attributes, and numbers that no network has.
struct LayerShapes {
  let layer: LayerDescription
  let input: [Int]
  private let definition: LayerDefinition?

  init(layer: LayerDescription, input: [Int]) {
    self.layer = layer
    self.input = input
    definition = LayerKind(named: ByteName(layer.kind))?.definition
  }

  /// The shape of the output.
  var output: [Int]? { try? definition?.output.shape(input: input, integer: integer) }

  /// The shape of the tensor with a role.
  ///
  /// - Throws: `LayerMisfit` where it does not follow although the kind has such a tensor.
  func tensor(_ role: String) throws(LayerMisfit) -> [Int]? {
    guard let tensor = definition?.tensors.first(where: { ByteName($0.role) == ByteName(role) }) else { return nil }
    return try LayerContext(input: input, output: layer.outputShape, integer: integer).shape(tensor.shape)
  }

  private func integer(_ name: String) -> Int? {
    guard case .integer(let value) = layer.attributes[name], (0...IntegerRange.limit).contains(value) else {
      return nil
    }
    return value
  }
}

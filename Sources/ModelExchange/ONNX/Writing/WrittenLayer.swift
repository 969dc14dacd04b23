import BinaryIO
import LayerKinds
import ModelFormat

/// A layer of a topology that is to be written as nodes: its kind, its settings and shapes, all of them checked.
struct WrittenLayer {
  let description: LayerDescription
  let kind: LayerKind
  let input: [Int]
  private let values: [LayerValue]

  /// The shape of the output.
  let output: [Int]

  /// - Parameters:
  ///   - input: the shape of a sample before the layer.
  ///   - contents: where its tensors are.
  /// - Throws: `unsupported` for a kind that is not ours; `invalidField` for a layer that contradicts itself or has
  ///   tensors that do not fit.
  init(
    _ description: LayerDescription, input: [Int], _ contents: ModelContents
  ) throws(ModelFormatError) {
    guard let kind = LayerKind(named: ByteName(description.kind)) else {
      throw ModelFormatError(
        .unsupported, expected: "layers of the kinds \(LayerKind.allCases.map(\.rawValue).joined(separator: ", "))",
        found: "\(ByteName(description.kind).quoted) in the layer \(ByteName(description.name).quoted)",
        advice: "write another format, which keeps the layer as it is")
    }
    self.description = description
    self.kind = kind
    self.input = input
    let definition = kind.definition
    let values = definition.fields.compactMap { WrittenLayer.value(of: $0, in: description) }
    guard values.count == definition.fields.count, description.attributes.entries.count == values.count else {
      throw WrittenLayer.invalid(
        description, "the attributes \(definition.fields.map(\.name).joined(separator: ", "))",
        "\(description.attributes.entries.map { ByteName($0.name).excerpt }.joined(separator: ", "))")
    }
    self.values = values
    func integer(_ name: String) -> Int? { definition.integer(name, values) }
    let shapes: [[Int]]
    do throws(LayerMisfit) {
      try definition.check(values) { Double(Float($0)) }
      output = try definition.output.shape(input: input, integer: integer)
      let context = LayerContext(input: input, output: output, integer: integer)
      shapes = try definition.tensors.map { (role) throws(LayerMisfit) in try context.shape(role.shape) }
    } catch { throw WrittenLayer.invalid(description, error.expected, error.found) }
    guard description.parameters.count == shapes.count else {
      throw WrittenLayer.invalid(description, "\(shapes.count) tensors", "\(description.parameters.count)")
    }
    for (role, expected) in zip(definition.tensors, shapes) {
      let found = WrittenLayer.tensor(role.role, description).flatMap { contents.place(ofTensorNamed: $0) }
        .map { contents.tensors[$0].shape }
      guard found == expected else {
        throw WrittenLayer.invalid(
          description, "a \(role.role) of the shape \(expected)", found.map { "\($0)" } ?? "none")
      }
    }
    guard output == description.outputShape, CheckedArithmetic.product(output) != nil else {
      throw WrittenLayer.invalid(description, "the output shape \(output)", "\(description.outputShape)")
    }
  }

  func integer(_ name: String) -> Int { kind.definition.integer(name, values) ?? 0 }

  /// The numbers of the fields, in their order.
  var numbers: [Double] {
    values.compactMap { value in
      guard case .number(let number) = value else { return nil }
      return number
    }
  }

  /// The tensors, in the order of their roles.
  var tensors: [String] {
    kind.definition.tensors.compactMap { WrittenLayer.tensor($0.role, description) }
  }

  private static func tensor(_ role: String, _ layer: LayerDescription) -> String? {
    layer.parameters.first { ByteName($0.role) == ByteName(role) }?.tensor
  }

  private static func value(of field: LayerField, in layer: LayerDescription) -> LayerValue? {
    switch (layer.attributes[field.name], field.values) {
    case (.integer(let value)?, .integers): .integer(value)
    case (.number(let value)?, .numbers): .number(value)
    case (_, .integers), (_, .numbers): nil
    }
  }

  private static func invalid(
    _ layer: LayerDescription, _ expected: String, _ found: String
  ) -> ModelFormatError {
    ModelFormatError(
      .invalidField, expected: "\(expected) for the layer \(ByteName(layer.name).quoted)",
      found: found.isEmpty ? "none" : found, advice: "`nnkit inspect` says what the model is like")
  }
}

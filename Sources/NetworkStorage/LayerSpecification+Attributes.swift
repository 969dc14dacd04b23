import BinaryIO
import LayerKinds
import ModelFormat
import NeuralNetwork

extension LayerSpecification {
  /// The hyperparameters as they are stored.
  var attributes: Attributes {
    var attributes: Attributes = [:]
    for (field, value) in zip(layerKind.definition.fields, values) {
      attributes[field.name] =
        switch value {
        case .integer(let integer): .integer(integer)
        case .number(let number): .number(number)
        }
    }
    return attributes
  }

  /// The layer that a description stands for. Its tensors are looked at later.
  init(_ layer: LayerDescription) throws(NetworkStorageError) {
    guard let kind = LayerKind(named: ByteName(layer.kind)) else {
      throw NetworkStorageError(
        code: .unknownLayer, place: "layer \(ByteName(layer.name).excerpt)",
        expected: "one of \(LayerKind.allCases.map(\.rawValue).joined(separator: ", "))",
        found: ByteName(layer.kind).quoted)
    }
    let fields = kind.definition.fields
    var values: [LayerValue] = []
    for field in fields { values.append(try LayerSpecification.value(of: field, in: layer)) }
    try LayerSpecification.refuseUnknown(layer, fields)
    self.init(kind, values)
  }

  /// The value of an attribute, by its name and type.
  private static func value(
    of field: LayerField, in layer: LayerDescription
  ) throws(NetworkStorageError) -> LayerValue {
    switch (layer.attributes[field.name], field.values) {
    case (.integer(let value)?, .integers): return .integer(value)
    case (.number(let value)?, .numbers): return .number(value)
    case (_, .integers), (_, .numbers):
      throw NetworkStorageError(
        code: .inconsistentLayer, place: "layer \(ByteName(layer.name).excerpt)",
        expected: "the attribute \(field.name.debugDescription)",
        found: "no such \(field.isInteger ? "integer" : "number")")
    }
  }

  /// Refuses all other attributes: ignoring what another program meant by them would give other results than it gives.
  private static func refuseUnknown(
    _ layer: LayerDescription, _ fields: [LayerField]
  ) throws(NetworkStorageError) {
    let known = fields.map(\.name)
    guard
      let unknown = layer.attributes.entries.first(where: { attribute in
        !known.contains { ByteName($0) == ByteName(attribute.name) }
      })
    else { return }
    let names = known.map(\.debugDescription).joined(separator: ", ")
    throw NetworkStorageError(
      code: .inconsistentLayer, place: "layer \(ByteName(layer.name).excerpt)",
      expected: known.isEmpty ? "no attributes" : "no attributes but \(names)",
      found: "the attribute \(ByteName(unknown.name).quoted)")
  }
}

import ModelFormat
import NeuralNetwork

extension LayerSpecification {
  /// The hyperparameters as they are stored.
  var attributes: Attributes {
    switch self {
    case .affine(let outputs): ["outputs": .integer(outputs)]
    case .convolution(let filters, let kernelSize, let stride, let padding):
      [
        "filters": .integer(filters), "kernel_size": .integer(kernelSize), "stride": .integer(stride),
        "padding": .integer(padding),
      ]
    case .maximumPooling(let size, let stride), .averagePooling(let size, let stride):
      ["size": .integer(size), "stride": .integer(stride)]
    case .dropout(let rate): ["rate": .number(rate)]
    case .batchNormalization(let momentum, let epsilon):
      ["momentum": .number(momentum), "epsilon": .number(epsilon)]
    case .leakyReLU(let slope): ["slope": .number(slope)]
    case .flatten, .sigmoid, .relu, .gelu, .tanh, .identity, .softmax: [:]
    }
  }

  /// The layer that a description stands for. Its tensors are looked at later.
  init(_ layer: LayerDescription) throws(NetworkStorageError) {
    var attributes = AttributeReader(layer)
    switch layer.kind {
    case "affine": self = .affine(outputs: try attributes.integer("outputs"))
    case "conv":
      self = .convolution(
        filters: try attributes.integer("filters"), kernelSize: try attributes.integer("kernel_size"),
        stride: try attributes.integer("stride"), padding: try attributes.integer("padding"))
    case "maxpool":
      self = .maximumPooling(size: try attributes.integer("size"), stride: try attributes.integer("stride"))
    case "averagepool":
      self = .averagePooling(size: try attributes.integer("size"), stride: try attributes.integer("stride"))
    case "flatten": self = .flatten
    case "dropout": self = .dropout(rate: try attributes.number("rate"))
    case "batchnorm":
      self = .batchNormalization(
        momentum: try attributes.number("momentum"), epsilon: try attributes.number("epsilon"))
    case "leakyrelu": self = .leakyReLU(slope: try attributes.number("slope"))
    case "gelu": self = .gelu
    case "sigmoid": self = .sigmoid
    case "relu": self = .relu
    case "tanh": self = .tanh
    case "identity": self = .identity
    case "softmax": self = .softmax
    default:
      throw NetworkStorageError(
        code: .unknownLayer, place: "layer \(layer.name)",
        expected: "one of affine, conv, maxpool, averagepool, flatten, dropout, batchnorm, sigmoid, relu, leakyrelu, "
          + "gelu, tanh, identity, softmax", found: layer.kind.debugDescription)
    }
    try attributes.finish()
  }
}

/// Reads the attributes of a layer, each by its name and type, and notes which of them were asked for.
private struct AttributeReader {
  private let layer: LayerDescription
  private var known: [String] = []

  init(_ layer: LayerDescription) { self.layer = layer }

  mutating func integer(_ name: String) throws(NetworkStorageError) -> Int {
    known.append(name)
    guard case .integer(let value) = layer.attributes[name] else { throw missing(name, "integer") }
    return value
  }

  mutating func number(_ name: String) throws(NetworkStorageError) -> Double {
    known.append(name)
    guard case .number(let value) = layer.attributes[name] else { throw missing(name, "number") }
    return value
  }

  /// Refuses all other attributes: ignoring what another program meant by them would give other results than it
  /// gives.
  func finish() throws(NetworkStorageError) {
    guard let unknown = layer.attributes.entries.first(where: { !known.contains($0.name) }) else { return }
    let names = known.map(\.debugDescription).joined(separator: ", ")
    throw NetworkStorageError(
      code: .inconsistentLayer, place: "layer \(layer.name)",
      expected: known.isEmpty ? "no attributes" : "no attributes but \(names)",
      found: "the attribute \(unknown.name.debugDescription)")
  }

  private func missing(_ name: String, _ type: String) -> NetworkStorageError {
    NetworkStorageError(
      code: .inconsistentLayer, place: "layer \(layer.name)", expected: "the attribute \(name.debugDescription)",
      found: "no such \(type)")
  }
}

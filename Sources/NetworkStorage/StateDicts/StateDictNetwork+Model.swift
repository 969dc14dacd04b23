import BinaryIO
public import ModelFormat
import NeuralNetwork

extension StateDictNetwork {
  /// The network as a model. Tensors keep their names and element types; history and metadata stay.
  ///
  /// A layer bears the name of its module, or where it has none its kind and a number. O(number of weights) time and memory.
  ///
  /// - Parameters:
  ///   - source: the file that the layers were matched with.
  ///   - preprocessing: what is done to raw input values before the first layer.
  ///   - classNames: names of the outputs; empty for none.
  /// - Throws: any error of the file.
  public func model(
    _ source: any ModelSource, preprocessing: Preprocessing = .identity, classNames: [String] = []
  ) throws(ModelFormatError) -> Model {
    var names = LayerNames(taken: matches.map(\.module))
    var described: [LayerDescription] = []
    var tensors: [Tensor] = []
    var remaining = matches[...]
    for layer in layers {
      let match = remaining.first?.layer == layer ? remaining.popFirst() : nil
      let name = match.map(\.module).flatMap { $0.isEmpty ? nil : $0 } ?? names.next(layer.specification.kind)
      var parameters: [LayerDescription.Parameter] = []
      for (role, shape, origin) in match?.origins ?? [] {
        let tensor = try StateDictNetwork.tensor(source, origin, shape, name: "\(name).\(role)")
        parameters.append(LayerDescription.Parameter(role: role, tensor: tensor.name))
        tensors.append(tensor)
      }
      described.append(
        LayerDescription(
          kind: layer.specification.kind, name: name, outputShape: layer.outputShape,
          attributes: layer.specification.attributes, parameters: parameters))
    }
    let parts = source.contents.parts
    return try Model(
      topology: Topology(
        inputShape: inputShape, preprocessing: preprocessing, layers: described, classNames: classNames),
      tensors: tensors, history: parts.history, metadata: parts.metadata)
  }

  /// - Parameter name: that of a tensor which the state dict does not have.
  private static func tensor(
    _ source: any ModelSource, _ origin: Origin, _ shape: [Int], name: String
  ) throws(ModelFormatError) -> Tensor {
    switch origin {
    case .tensor(let description, let isTransposed):
      let contents = source.contents
      guard let place = contents.place(of: description) else {
        throw ModelFormatError(
          .noSuchTensor, tensor: description.name, expected: "a tensor of this file", found: "another"
        ).at(path: source.name)
      }
      let tensor = try source.tensor(description, at: place, threads: 1)
      return isTransposed ? try tensor.transposed() : tensor
    case .constant(let value):
      let values = [Float](repeating: Float(value), count: shape.reduce(1, *))
      return try Tensor(name: name, shape: shape, values: values)
    }
  }
}

/// Names for layers that have none: their kinds and numbers, each once.
struct LayerNames {
  private var taken: Set<ByteName>
  private var counts: [String: Int] = [:]

  init(taken: [String]) { self.taken = Set(taken.map { ByteName($0) }) }

  mutating func next(_ kind: String) -> String {
    while true {
      counts[kind, default: 0] += 1
      let name = "\(kind)\(counts[kind, default: 0])"
      if taken.insert(ByteName(name)).inserted { return name }
    }
  }
}

public import ModelFormat
public import NeuralNetwork

extension Model {
  /// The model that stores a network.
  ///
  /// - Parameters:
  ///   - network: topology and weights. `Float` is stored as `f32`, `Double` as `f64`.
  ///   - preprocessing: what is done to raw values before the first layer.
  ///   - loss: the loss that it was trained with.
  ///   - classNames: names of the outputs; empty for none.
  ///   - history: what was measured in each epoch.
  ///   - metadata: anything else worth keeping.
  /// - Throws: `ModelFormatError` only when the tensors would be too large for the format.
  public init<Scalar>(
    _ network: Network<Scalar>, preprocessing: Preprocessing = .identity, loss: Loss? = nil,
    classNames: [String] = [], history: TrainingHistory = .empty, metadata: Attributes = [:]
  ) throws(ModelFormatError) {
    let layers = network.layerDescriptions.map { layer in
      LayerDescription(
        kind: layer.specification.kind, name: layer.name, outputShape: layer.outputShape,
        attributes: layer.specification.attributes,
        parameters: (layer.parameters + layer.runningStatistics).map {
          .init(role: $0.role, tensor: "\(layer.name).\($0.role)")
        })
    }
    var tensors: [Tensor] = []
    // The tensors of a layer are contiguous: running statistics after the parameters of the same layer.
    let entries = Dictionary(
      grouping: network.parameterEntries + network.runningStatisticsEntries, by: \.layerIndex)
    for entry in network.layerDescriptions.flatMap({ entries[$0.index] ?? [] }) {
      let values = network.values(of: entry.name) ?? []
      // By way of `Any` the array stays as it is; a cast between array types copies it, element by element.
      if let floats = (values as Any) as? [Float] {
        tensors.append(try Tensor(name: entry.name, shape: entry.shape, values: floats))
      } else {
        tensors.append(try Tensor(name: entry.name, shape: entry.shape, values: values.map { Double($0) }))
      }
    }
    try self.init(
      topology: Topology(
        inputShape: network.inputShape, preprocessing: preprocessing, layers: layers, loss: loss?.rawValue,
        classNames: classNames),
      tensors: tensors, history: history, metadata: metadata)
  }
}

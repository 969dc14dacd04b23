import LayerKinds

/// A layer in its place: its settings, checked, and the shapes that follow from its input.
struct FittedLayer {
  let specification: LayerSpecification
  let inputShape: [Int]
  let outputShape: [Int]
  /// The tensors that are trained.
  let parameters: [ParameterSpecification]
  /// The tensors that the layer measures while it is trained.
  let runningStatistics: [ParameterSpecification]
  /// The place in the network, from 0.
  let index: Int
  /// The same in words, for errors.
  let place: String

  /// - Parameters:
  ///   - inputShape: Its dimensions are at least 1, and its size is checked.
  ///   - scalar: The type that the layer computes with, whose rounding settings have to bear.
  init<Scalar: NetworkScalar>(
    _ specification: LayerSpecification, inputShape: [Int], index: Int, place: String, for scalar: Scalar.Type
  ) throws(NetworkError) {
    let definition = specification.layerKind.definition
    do throws(LayerMisfit) {
      try definition.output.check(inputShape)
      try definition.check(specification.values) { Double(Scalar($0)) }
      let integer = { (name: String) in definition.integer(name, specification.values) }
      outputShape = try definition.output.shape(input: inputShape, integer: integer)
      let context = LayerContext(input: inputShape, output: outputShape, integer: integer)
      var (trained, measured) = ([ParameterSpecification](), [ParameterSpecification]())
      for tensor in definition.tensors {
        let made = try ParameterSpecification(tensor, context)
        if tensor.isMeasured { measured.append(made) } else { trained.append(made) }
      }
      (parameters, runningStatistics) = (trained, measured)
    } catch {
      throw NetworkError(
        error.reason == .value ? .valueOutOfRange : .invalidShape, at: place, expected: error.expected,
        found: error.found)
    }
    for tensor in parameters + runningStatistics {
      try SizeLimits.check(shape: tensor.shape, at: "\(place): \(tensor.role)")
    }
    try SizeLimits.check(shape: outputShape, at: "\(place): output")
    self.specification = specification
    self.inputShape = inputShape
    self.index = index
    self.place = place
  }

  /// The integer of a field.
  func integer(_ name: String) throws(NetworkError) -> Int {
    guard let value = specification.layerKind.definition.integer(name, specification.values) else {
      throw missing(name)
    }
    return value
  }

  /// The number of a field.
  func number(_ name: String) throws(NetworkError) -> Double {
    for (field, value) in zip(specification.layerKind.definition.fields, specification.values) where field.name == name
    {
      if case .number(let number) = value { return number }
    }
    throw missing(name)
  }

  private func missing(_ name: String) -> NetworkError {
    NetworkError(.valueOutOfRange, at: place, expected: "a \(name)", found: "none")
  }
}

extension ParameterSpecification {
  fileprivate init(_ tensor: LayerTensor, _ context: LayerContext) throws(LayerMisfit) {
    role = tensor.role
    shape = try context.shape(tensor.shape)
    switch tensor.start {
    case .random(let inputs, let outputs):
      start = .random(Fan(inputs: try context.product(inputs), outputs: try context.product(outputs)))
    case .constant(let value): start = .constant(value)
    }
  }
}

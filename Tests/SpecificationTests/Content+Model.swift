import ModelFormat

extension Content {
  /// What a file of a model holds.
  init(_ model: Model, version: FormatVersion? = .current, unknownSections sections: [ModelFormat.UnknownSection] = [])
  {
    self.version = version?.description ?? "none"
    topology = model.topology.map { Topology($0) }
    metadata = Content.attributes(model.metadata)
    history = model.history.columns.map { Column(name: Text($0.name), values: $0.values.map { Number($0) }) }
    tensors = model.tensors.map { Tensor($0) }
    trainingState = model.trainingState.map {
      State(values: Content.attributes($0.values), tensors: $0.tensors.map { Tensor($0) })
    }
    unknownSections = sections.map { section in
      UnknownSection(
        type: section.type.description, safeToCopy: section.type.isSafeToCopy,
        payload: Content.hexadecimal(section.payload))
    }
  }

  /// What the library finds in a file.
  init(ofFile bytes: [UInt8], limits: DecodingLimits = DecodingLimits()) throws {
    let reader = try ModelReader(bytes: bytes, limits: limits)
    self.init(try reader.model(), version: reader.version, unknownSections: try reader.unknownSections())
  }

  /// The same in the version that the library writes, without the sections that a program which does not know them
  /// leaves out of a changed file.
  var copied: Content {
    var content = self
    content.version = FormatVersion.current.description
    content.unknownSections.removeAll { !$0.safeToCopy }
    return content
  }

  fileprivate static func attributes(_ attributes: Attributes) -> [Attribute] {
    attributes.entries.map { Attribute(name: Text($0.name), value: Value($0.value)) }
  }

  fileprivate static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

extension Content.Value {
  init(_ value: AttributeValue) {
    switch value {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(Number(value))
    case .string(let value): self = .string(Text(value))
    case .list(let elements): self = .list(elements.map { Content.Value($0) })
    }
  }
}

extension Content.Topology {
  init(_ topology: Topology) {
    inputShape = topology.inputShape
    preprocessing = Preprocessing(
      scale: Number(topology.preprocessing.scale), offset: Number(topology.preprocessing.offset))
    layers = topology.layers.map { layer in
      Layer(
        kind: Text(layer.kind), name: Text(layer.name), outputShape: layer.outputShape,
        attributes: Content.attributes(layer.attributes),
        parameters: layer.parameters.map { Parameter(role: Text($0.role), tensor: Text($0.tensor)) })
    }
    loss = topology.loss.map { Text($0) }
    classNames = topology.classNames.map { Text($0) }
  }
}

extension Content.Tensor {
  init(_ tensor: ModelFormat.Tensor) {
    name = Text(tensor.name)
    type = tensor.dataType.rawValue
    shape = tensor.shape
    bytes = Content.hexadecimal(tensor.bytes)
    values = tensor.doubles().map { Number($0) }
  }
}

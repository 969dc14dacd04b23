extension SectionType {
  package static let topology = SectionType("TOPO")
}

extension PartSection {
  /// The structure of the network.
  static let topology = PartSection(
    type: .topology, name: "topology",
    encode: { (parts, limits) throws(ModelFormatError) in
      guard let topology = parts.topology else { return nil }
      try limits.checkRanks(of: topology)
      return topology.structured
    },
    decode: { (value, limits, parts) throws(ModelFormatError) in
      let topology = try Topology(structured: value)
      try limits.checkRanks(of: topology)
      parts.topology = topology
    })
}

extension Topology {
  package var structured: StructuredValue {
    .object([
      "input_shape": .shape(inputShape),
      "preprocessing": .object(["scale": .number(preprocessing.scale), "offset": .number(preprocessing.offset)]),
      "layers": .array(layers.map(\.structured)),
      "loss": loss.map { .string($0) },
      "class_names": classNames.isEmpty ? nil : .array(classNames.map { .string($0) }),
    ])
  }

  package init(structured value: EncodedValue) throws(ModelFormatError) {
    let fields = try FieldReader(value, path: "topology")
    let preprocessing = try fields.object("preprocessing")
    let layers = try fields.objects("layers") { (layer) throws(ModelFormatError) in try LayerDescription(layer) }
    self.init(
      inputShape: try fields.shape("input_shape"),
      preprocessing: Preprocessing(
        scale: try preprocessing.number("scale"), offset: try preprocessing.number("offset")),
      layers: layers,
      loss: try fields.optionalString("loss"),
      classNames: fields.has("class_names") ? try fields.strings("class_names") : [])
  }
}

extension LayerDescription {
  package var structured: StructuredValue {
    .object([
      "kind": .string(kind),
      "name": .string(name),
      "output_shape": .shape(outputShape),
      "attributes": attributes.structured,
      "parameters": .array(
        parameters.map { .object(["role": .string($0.role), "tensor": .string($0.tensor)]) }),
    ])
  }

  init(_ fields: FieldReader) throws(ModelFormatError) {
    let parameters = try fields.objects("parameters") { (parameter) throws(ModelFormatError) in
      Parameter(role: try parameter.string("role"), tensor: try parameter.string("tensor"))
    }
    self.init(
      kind: try fields.string("kind"), name: try fields.string("name"),
      outputShape: try fields.shape("output_shape"),
      attributes: try fields.object("attributes").attributes(), parameters: parameters)
  }
}

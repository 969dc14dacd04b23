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
      return topology
    },
    decode: { (value, limits, parts) throws(ModelFormatError) in
      let topology = try Topology(structured: value)
      try limits.checkRanks(of: topology)
      parts.topology = topology
    })
}

extension Topology: StructuredEncodable {
  package func write(to writer: inout StructuredWriter) {
    writer.object(3 + (loss == nil ? 0 : 1) + (classNames.isEmpty ? 0 : 1)) { writer in
      if let loss { writer.field("loss") { $0.string(loss) } }
      writer.field("layers") { $0.array(layers) { $1.write(to: &$0) } }
      if !classNames.isEmpty { writer.field("class_names") { $0.array(classNames) { $0.string($1) } } }
      writer.field("input_shape") { $0.array(inputShape) { $0.integer($1) } }
      writer.field("preprocessing") { writer in
        writer.object(2) { writer in
          writer.field("scale") { $0.number(preprocessing.scale) }
          writer.field("offset") { $0.number(preprocessing.offset) }
        }
      }
    }
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

extension LayerDescription: StructuredEncodable {
  package func write(to writer: inout StructuredWriter) {
    writer.object(5) { writer in
      writer.field("kind") { $0.string(kind) }
      writer.field("name") { $0.string(name) }
      writer.field("attributes") { attributes.write(to: &$0) }
      writer.field("parameters") { writer in
        writer.array(parameters) { (writer, parameter) in
          writer.object(2) { writer in
            writer.field("role") { $0.string(parameter.role) }
            writer.field("tensor") { $0.string(parameter.tensor) }
          }
        }
      }
      writer.field("output_shape") { $0.array(outputShape) { $0.integer($1) } }
    }
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

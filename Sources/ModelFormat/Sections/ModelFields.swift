/// How the parts of a model stand as structured values. Writing and reading of each part are side by side.

extension AttributeValue {
  package var structured: StructuredValue {
    switch self {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .list(let elements): .array(elements.map(\.structured))
    }
  }
}

extension Attributes {
  package var structured: StructuredValue {
    .object(entries.map { StructuredValue.Field(name: $0.name, value: $0.value.structured) })
  }
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

  package init(structured value: StructuredValue) throws(ModelFormatError) {
    let fields = try FieldReader(value, path: "topology")
    let preprocessing = try fields.object("preprocessing")
    var layers: [LayerDescription] = []
    for layer in try fields.objects("layers") { layers.append(try LayerDescription(layer)) }
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
    var parameters: [Parameter] = []
    for parameter in try fields.objects("parameters") {
      parameters.append(
        Parameter(role: try parameter.string("role"), tensor: try parameter.string("tensor")))
    }
    self.init(
      kind: try fields.string("kind"), name: try fields.string("name"),
      outputShape: try fields.shape("output_shape"),
      attributes: try fields.object("attributes").attributes(), parameters: parameters)
  }
}

extension TrainingHistory {
  /// The values of a column stand as the bytes of 64-bit numbers, little-endian, with a single NaN.
  package var structured: StructuredValue {
    .object([
      "columns": .array(
        columns.map { column in
          let bits = column.values.map { ($0.isNaN ? CBOR.canonicalNaN : $0.bitPattern).littleEndian }
          return .object(["name": .string(column.name), "values": .bytes(bits.withUnsafeBytes { Array($0) })])
        })
    ])
  }

  package init(structured value: StructuredValue) throws(ModelFormatError) {
    var fields: [(name: String, bytes: [UInt8])] = []
    for column in try FieldReader(value, path: "history").objects("columns") {
      fields.append((try column.string("name"), try column.bytes("values")))
    }
    var columns: [Column] = []
    for (name, bytes) in fields {
      guard bytes.count % 8 == 0 else {
        throw ModelFormatError(
          .invalidHistory, expected: "8 bytes per value in column \(name.debugDescription)",
          found: "\(bytes.count) bytes")
      }
      let values = bytes.withUnsafeBytes { buffer in
        (0..<buffer.count / 8).map {
          Double(
            bitPattern: UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)))
        }
      }
      columns.append(Column(name: name, values: values))
    }
    try self.init(columns: columns)
  }
}

extension TensorDescription {
  init(_ fields: FieldReader, _ limits: DecodingLimits) throws(ModelFormatError) {
    let name = try fields.string("name")
    let type = try fields.string("type")
    guard let dataType = DataType(rawValue: type) else {
      throw ModelFormatError(
        .invalidTensor, tensor: name,
        expected: "one of the types \(DataType.allCases.map(\.rawValue).joined(separator: ", "))",
        found: type.debugDescription)
    }
    let shape = try fields.shape("shape")
    try limits.checkRank(shape, tensor: name)
    try self.init(name: name, dataType: dataType, shape: shape)
  }
}

extension StructuredValue {
  static func shape(_ dimensions: [Int]) -> StructuredValue { .array(dimensions.map { .integer($0) }) }
}

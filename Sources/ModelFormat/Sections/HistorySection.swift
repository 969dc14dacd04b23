import BinaryIO

extension SectionType {
  package static let history = SectionType("hIST")
}

extension PartSection {
  /// What was measured during training.
  static let history = PartSection(
    type: .history, name: "history",
    encode: { (parts, _) in parts.history.columns.isEmpty ? nil : parts.history.structured },
    decode: { (value, _, parts) throws(ModelFormatError) in
      parts.history = try TrainingHistory(structured: value)
    })
}

extension TrainingHistory {
  /// The values of a column are stored as the bytes of 64-bit numbers, little-endian, with a single NaN.
  package var structured: StructuredValue {
    .object([
      "columns": .array(
        columns.map { column in
          let bits = column.values.map { ($0.isNaN ? CBOR.canonicalNaN : $0.bitPattern).littleEndian }
          return unsafe .object([
            "name": .string(column.name), "values": .bytes(bits.withUnsafeBytes { unsafe Array($0) }),
          ])
        })
    ])
  }

  package init(structured value: EncodedValue) throws(ModelFormatError) {
    let fields = try FieldReader(value, path: "history").objects("columns") { (column) throws(ModelFormatError) in
      (name: try column.string("name"), bytes: try column.bytes("values"))
    }
    var columns: [Column] = []
    columns.reserveCapacity(fields.count)
    for (name, range) in fields {
      guard range.count % 8 == 0 else {
        throw ModelFormatError(
          .invalidHistory, expected: "8 bytes per value in column \(ByteName(name).quoted)",
          found: "\(range.count) bytes")
      }
      let values = unsafe value.bytes.withUnsafeBytes { buffer in
        (0..<range.count / 8).map {
          unsafe Double(
            bitPattern: UInt64(
              littleEndian: buffer.loadUnaligned(fromByteOffset: range.lowerBound + $0 * 8, as: UInt64.self)))
        }
      }
      columns.append(Column(name: name, values: values))
    }
    try self.init(columns: columns)
  }
}

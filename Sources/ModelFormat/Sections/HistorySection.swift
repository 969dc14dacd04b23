import BinaryIO

extension SectionType {
  package static let history = SectionType("hIST")
}

extension PartSection {
  /// What was measured during training.
  static let history = PartSection(
    type: .history, name: "history",
    encode: { (parts, _) in parts.history.columns.isEmpty ? nil : parts.history },
    decode: { (value, _, parts) throws(ModelFormatError) in
      parts.history = try TrainingHistory(structured: value)
    },
    check: { (value) throws(ModelFormatError) in _ = try TrainingHistory.columns(of: value) })
}

extension TrainingHistory: StructuredEncodable {
  /// The values of a column are stored as the bytes of 64-bit numbers, little-endian, with a single NaN.
  package func write(to writer: inout StructuredWriter) {
    writer.object(1) { writer in
      writer.field("columns") { writer in
        writer.array(columns) { (writer, column) in
          writer.object(2) { writer in
            writer.field("name") { $0.string(column.name) }
            writer.field("values") { $0.byteString(of: column.values) }
          }
        }
      }
    }
  }

  package init(structured value: EncodedValue) throws(ModelFormatError) {
    try self.init(
      columns: TrainingHistory.columns(of: value).map { name, range in
        let values = unsafe value.bytes.withUnsafeBytes { buffer in
          (0..<range.count / 8).map {
            unsafe Double(
              bitPattern: UInt64(
                littleEndian: buffer.loadUnaligned(fromByteOffset: range.lowerBound + $0 * 8, as: UInt64.self)))
          }
        }
        return Column(name: name, values: values)
      })
  }

  /// The names of all columns, and where the bytes of their values are: sound ones.
  fileprivate static func columns(
    of value: EncodedValue
  ) throws(ModelFormatError) -> [(name: String, bytes: Range<Int>)] {
    let columns = try FieldReader(value, path: "history").objects("columns") { (column) throws(ModelFormatError) in
      (name: try column.string("name"), bytes: try column.bytes("values"))
    }
    for (name, range) in columns where range.count % 8 != 0 {
      throw ModelFormatError(
        .invalidHistory, expected: "8 bytes per value in column \(ByteName(name).quoted)",
        found: "\(range.count) bytes")
    }
    try check(columns.lazy.map { ($0.name, $0.bytes.count / 8) })
    return columns
  }
}

import BinaryIO

/// What the index says of one tensor.
struct TensorEntry: Equatable, Sendable {
  let description: TensorDescription
  /// The size of every chunk before compression, except the last.
  let chunkSize: Int

  /// How many chunks the tensor has.
  var chunkCount: Int {
    description.byteCount / chunkSize + (description.byteCount % chunkSize == 0 ? 0 : 1)
  }
}

extension TensorEntry: StructuredEncodable {
  package func write(to writer: inout StructuredWriter) {
    writer.object(4) { writer in
      writer.field("name") { $0.string(description.name) }
      writer.field("type") { $0.string(description.dataType.rawValue) }
      writer.field("shape") { $0.array(description.shape) { $0.integer($1) } }
      writer.field("chunk_size") { $0.integer(chunkSize) }
    }
  }

  init(_ fields: FieldReader, _ limits: DecodingLimits) throws(ModelFormatError) {
    description = try TensorDescription(fields, limits)
    chunkSize = try fields.count("chunk_size")
    guard chunkSize > 0, chunkSize % description.dataType.byteCount == 0 else {
      throw ModelFormatError(
        .invalidField, tensor: description.name,
        expected: "a chunk size of whole elements of \(description.dataType.byteCount) bytes, and not 0",
        found: "\(chunkSize)")
    }
  }

  /// The tensors of a list of the index.
  ///
  /// - Parameters:
  ///   - name: the field of the index.
  ///   - others: how many tensors other lists have.
  ///   - total: the size of all tensors so far in bytes.
  static func decode(
    _ name: String, of index: FieldReader, after others: Int, _ total: inout Int, _ limits: DecodingLimits
  ) throws(ModelFormatError) -> [TensorEntry] {
    try limits.checkTensorCount(others + index.array(name).underestimatedCount)
    var (names, sum) = (Set<ByteName>(), total)
    let entries = try index.objects(name) { (fields) throws(ModelFormatError) in
      let entry = try TensorEntry(fields, limits)
      let tensor = entry.description
      guard names.insert(ByteName(tensor.name)).inserted else {
        throw ModelFormatError(
          .duplicateTensor, tensor: tensor.name, expected: "each tensor name once", found: "the same name twice")
      }
      sum = try limits.checkedTotal(sum, adding: tensor)
      return entry
    }
    total = sum
    return entries
  }
}

extension TensorDescription {
  init(_ fields: FieldReader, _ limits: DecodingLimits) throws(ModelFormatError) {
    let name = try fields.string("name")
    let type = try fields.string("type")
    guard let dataType = DataType(named: ByteName(type)) else {
      throw ModelFormatError(
        .invalidTensor, tensor: name,
        expected: "one of the types \(DataType.allCases.map(\.rawValue).joined(separator: ", "))",
        found: ByteName(type).quoted)
    }
    let shape = try fields.shape("shape")
    try limits.checkRank(shape, tensor: name)
    try self.init(name: name, dataType: dataType, shape: shape)
  }
}

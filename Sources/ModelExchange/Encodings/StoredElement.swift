import BinaryIO
import ModelFormat

/// What the elements of a tensor are in a file that stores them as they are.
enum StoredElement: Sendable {
  case plain(DataType)
  case encoded(BlockEncoding)

  /// What people call the type.
  var name: String {
    switch self {
    case .plain(let type): type.rawValue
    case .encoded(let blocks): blocks.encoding.name
    }
  }

  /// A tensor of such elements.
  ///
  /// - Throws: `invalidTensor` for a name or a shape that no tensor can have.
  func description(named name: String, shape: [Int]) throws(ModelFormatError) -> TensorDescription {
    switch self {
    case .plain(let type): try TensorDescription(name: name, dataType: type, shape: shape)
    case .encoded(let blocks): try TensorDescription(name: name, encoding: blocks.encoding, shape: shape)
    }
  }

  /// The values of such a tensor, as numbers.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - start: where the stored bytes begin in it.
  ///   - advice: what to do about a tensor without numbers; nil for what can be said of all.
  /// - Throws: `unsupported` for blocks that cannot be turned into numbers.
  func values(
    of tensor: TensorDescription, in source: any RandomAccessSource, at start: Int, advice: String? = nil
  ) throws(ModelFormatError) -> any TensorValues {
    guard case .encoded(let blocks) = self else { return StoredValues(source, at: start, tensor) }
    guard let decode = blocks.decode else {
      do { try tensor.checkNumbers(advice: advice) } catch { throw error.at(path: source.name) }
      return bytes(of: tensor, in: source, at: start)
    }
    return DecodedValues(bytes(of: tensor, in: source, at: start), tensor, decode)
  }

  /// The values of such a tensor as they are stored.
  func encodedValues(
    of tensor: TensorDescription, in source: any RandomAccessSource, at start: Int
  ) -> any TensorValues {
    switch self {
    case .plain: StoredValues(source, at: start, tensor)
    case .encoded: bytes(of: tensor, in: source, at: start)
    }
  }

  private func bytes(
    of tensor: TensorDescription, in source: any RandomAccessSource, at start: Int
  ) -> StoredValues {
    StoredValues(source, at: start, tensor.encodedBytes)
  }
}

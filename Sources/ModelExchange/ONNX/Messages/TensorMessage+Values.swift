import BinaryIO
import ModelFormat

extension TensorMessage {
  /// Whether reading a few values costs as much as reading many.
  var isSlow: Bool {
    if case .typed = place { true } else { false }
  }

  /// The values of the tensor, as it is in the file.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - encoded: whether blocks are wanted as they are stored; else they become numbers.
  /// - Throws: any error about where they are stored that shows before they are read.
  func values(in source: any RandomAccessSource, encoded: Bool) throws(ModelFormatError) -> any TensorValues {
    guard let element = type.element, let description = try description() else {
      throw ModelFormatError(.unsupported, tensor: name, expected: "numbers", found: "texts").at(path: source.name)
    }
    guard case .encoded(let blocks) = element else { return try stored(description, in: source) }
    let bytes = try stored(description.encodedBytes, in: source)
    guard !encoded, let decode = blocks.decode else { return bytes }
    return DecodedValues(bytes, description, decode)
  }

  /// - Parameter tensor: the tensor, or the bytes of its blocks as one.
  private func stored(
    _ tensor: TensorDescription, in source: any RandomAccessSource
  ) throws(ModelFormatError) -> any TensorValues {
    switch place {
    case .range(let range): return StoredValues(source, at: range.lowerBound, tensor)
    case .typed(let field, let message): return try TypedValues(source, field, in: message, tensor)
    case .external(let external): return StoredValues(try file(external, of: source), at: external.offset, tensor)
    // There are none.
    case .none: return StoredValues(source, at: range.lowerBound, tensor)
    }
  }

  /// Makes sure that values in another file are there.
  ///
  /// - Throws: what `ModelFolder.open(_:)` throws; `truncated` for a file that is too short.
  func checkExternal(of source: any RandomAccessSource) throws(ModelFormatError) {
    guard case .external(let external) = place else { return }
    _ = try file(external, of: source)
  }

  private func file(
    _ external: ExternalPlace, of source: any RandomAccessSource
  ) throws(ModelFormatError) -> any RandomAccessSource {
    do throws(ModelFormatError) {
      let file = try ModelFolder(of: source).open(external.location)
      let size = try description()?.encodedByteCount ?? 0
      guard external.offset <= file.byteCount, size <= file.byteCount - external.offset else {
        throw ModelFormatError(
          .truncated, offset: external.offset, expected: "\(size) bytes of values",
          found: "\(max(file.byteCount - external.offset, 0)) up to the end of the file"
        ).at(path: file.name)
      }
      return file
    } catch { throw error.at(tensor: name) }
  }
}

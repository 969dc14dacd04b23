public import ModelFormat

/// The elements of a tensor as text that gives them back exactly: the shortest digits for numbers with a point, all digits
/// for integers, `true` and `false`.
public struct TensorElements: Sendable {
  /// The tensor.
  public let description: TensorDescription
  private let values: any TensorValues

  /// - Parameters:
  ///   - source: what the tensor is in.
  ///   - place: its place there.
  /// - Throws: any error about where the values are stored.
  public init(_ source: any ModelSource, at place: Int) throws(ModelFormatError) {
    description = source.contents.tensors[place]
    values = try source.values(at: place)
  }

  /// The texts of some elements, in row-major order. O(size of a chunk + elements).
  ///
  /// - Throws: any error about the values.
  public func texts(in range: Range<Int>) throws(ModelFormatError) -> [String] {
    let type = description.dataType
    let bytes = range.lowerBound * type.byteCount..<range.upperBound * type.byteCount
    return try unsafe values.withValues(in: bytes) { (bytes) throws(ModelFormatError) in
      var texts: [String] = []
      texts.reserveCapacity(range.count)
      switch type.kind {
      case .unsignedInteger(bits: 64):
        unsafe ElementBlocks.forEach(bytes, of: type) { (block: UnsafeBufferPointer<UInt64>) in
          for index in 0..<block.count { texts.append(unsafe String(block[index])) }
        }
      case .signedInteger(bits: 64):
        unsafe ElementBlocks.forEach(bytes, of: type) { (block: UnsafeBufferPointer<UInt64>) in
          for index in 0..<block.count { texts.append(unsafe String(Int64(bitPattern: block[index]))) }
        }
      case .signedInteger, .unsignedInteger, .boolean, .floatingPoint:
        unsafe ElementBlocks.forEach(bytes, of: type) { (block: UnsafeBufferPointer<Double>) in
          for index in 0..<block.count { texts.append(unsafe TensorElements.text(block[index], type)) }
        }
      }
      return texts
    }
  }

  private static func text(_ value: Double, _ type: DataType) -> String {
    switch type.kind {
    case .boolean: value == 0 ? "false" : "true"
    case .signedInteger, .unsignedInteger: String(Int64(value))
    // The bits of a NaN say nothing to people.
    case .floatingPoint where value.isNaN: "nan"
    case .floatingPoint(exponentBits: 11, _): value.description
    case .floatingPoint: Float(value).description
    }
  }
}

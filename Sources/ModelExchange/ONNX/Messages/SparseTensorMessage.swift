import BinaryIO
import ModelFormat

/// A `SparseTensorProto`: the elements of a tensor that are not zero, and where they are in it.
struct SparseTensorMessage {
  let values: TensorMessage
  let indices: TensorMessage
  private(set) var shape: [Int] = []

  /// - Throws: any error of the two tensors; `invalidTensor` where one is missing.
  init(_ window: SourceWindow, _ range: Range<Int>, limits: DecodingLimits) throws(ModelFormatError) {
    var (values, indices): (TensorMessage?, TensorMessage?) = (nil, nil)
    var reader = WireReader(window, range, message: "SparseTensorProto")
    while let field = try reader.next() {
      switch field.number {
      case 1: values = try TensorMessage(window, try field.range, limits: limits)
      case 2: indices = try TensorMessage(window, try field.range, limits: limits)
      case 3:
        try field.appendIntegers(to: &shape, window)
        try TensorMessage.checkRank(shape.count, limits, at: field.offset)
      default: break
      }
    }
    guard let values, let indices else {
      throw ModelFormatError(
        .invalidTensor, section: "SparseTensorProto", offset: range.lowerBound, expected: "values and indices",
        found: values == nil ? "no values" : "no indices")
    }
    self.values = values
    self.indices = indices
  }
}

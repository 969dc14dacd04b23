import ModelFormat

/// A `ValueInfoProto`: an input or output of a graph.
struct ValueMessage {
  private(set) var name = ""
  /// The dimensions of a tensor, nil for those that are open; nil for what is no tensor, or has any rank.
  private(set) var shape: [Int?]?

  init(_ window: SourceWindow, _ range: Range<Int>, limits: DecodingLimits) throws(ModelFormatError) {
    try window.keep(byteCount: NodeMessage.overhead, at: range.lowerBound)
    var reader = WireReader(window, range, message: "ValueInfoProto")
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try field.text(window)
      case 2:
        // TypeProto.tensor_type.shape
        guard let type = try ValueMessage.message(1, in: try field.range, window, "TypeProto"),
          let shape = try ValueMessage.message(2, in: type, window, "TypeProto.Tensor")
        else { continue }
        self.shape = try ValueMessage.dimensions(shape, window, limits)
      default: break
      }
    }
  }

  private static func message(
    _ number: Int, in range: Range<Int>, _ window: SourceWindow, _ name: String
  ) throws(ModelFormatError) -> Range<Int>? {
    var reader = WireReader(window, range, message: name)
    var found: Range<Int>?
    while let field = try reader.next() { if field.number == number { found = try field.range } }
    return found
  }

  private static func dimensions(
    _ range: Range<Int>, _ window: SourceWindow, _ limits: DecodingLimits
  ) throws(ModelFormatError) -> [Int?] {
    var dimensions: [Int?] = []
    var reader = WireReader(window, range, message: "TensorShapeProto")
    while let field = try reader.next() {
      guard field.number == 1 else { continue }
      try TensorMessage.checkRank(dimensions.count + 1, limits, at: field.offset)
      var dimension = WireReader(window, try field.range, message: "TensorShapeProto.Dimension")
      var value: Int?
      while let field = try dimension.next() { if field.number == 1 { value = try field.integer } }
      dimensions.append(value)
    }
    return dimensions
  }
}

import BinaryIO
import ModelFormat

/// An `AttributeProto`: a setting of a node.
struct AttributeMessage {
  private(set) var name = ""
  private(set) var float: Float = 0
  private(set) var integer = 0
  private(set) var text: [UInt8] = []
  private(set) var integers: [Int] = []
  private(set) var floats: [Float] = []
  private(set) var tensor: TensorMessage?
  private(set) var sparse: SparseTensorMessage?
  /// Where graphs that the node contains are.
  private(set) var graphs: [Range<Int>] = []

  init(_ window: SourceWindow, _ range: Range<Int>, limits: DecodingLimits) throws(ModelFormatError) {
    var reader = WireReader(window, range, message: "AttributeProto")
    while let field = try reader.next() {
      switch field.number {
      case 1: name = try field.text(window)
      case 2: float = try field.float
      case 3: integer = try field.integer
      case 4: text = try window.kept(try field.range)
      case 5: tensor = try TensorMessage(window, try field.range, limits: limits)
      case 6, 11: graphs.append(try field.range)
      case 7: try appendFloats(field, window)
      case 8: try field.appendIntegers(to: &integers, window)
      case 22: sparse = try SparseTensorMessage(window, try field.range, limits: limits)
      default: break
      }
    }
  }

  private mutating func appendFloats(_ field: WireField, _ window: SourceWindow) throws(ModelFormatError) {
    guard case .bytes(let range) = field.content else {
      try window.keep(byteCount: MemoryLayout<Float>.size, at: field.offset)
      return floats.append(try field.float)
    }
    guard range.count % MemoryLayout<Float>.size == 0 else {
      throw ModelFormatError(
        .malformedValue, section: "AttributeProto", offset: field.offset, expected: "4 bytes for each number",
        found: "\(range.count) bytes")
    }
    try window.keep(byteCount: range.count, at: field.offset)
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: MemoryLayout<Float>.size) {
      floats.append(Float(bitPattern: try window.number(at: offset, UInt32.self)))
    }
  }
}

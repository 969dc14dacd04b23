import BinaryIO
import ModelFormat

/// A `NodeProto`: one operator of a graph.
struct NodeMessage {
  private(set) var name = ""
  private(set) var operatorName = ""
  private(set) var domain = ""
  private(set) var inputs: [String] = []
  private(set) var outputs: [String] = []
  private(set) var attributes: [AttributeMessage] = []

  /// What a node takes in memory by itself, at most, with its share of lists.
  static let overhead = 256

  init(_ window: SourceWindow, _ range: Range<Int>, limits: DecodingLimits) throws(ModelFormatError) {
    try window.keep(byteCount: NodeMessage.overhead, at: range.lowerBound)
    var reader = WireReader(window, range, message: "NodeProto")
    while let field = try reader.next() {
      switch field.number {
      case 1, 2:
        try window.keep(byteCount: MemoryLayout<String>.size, at: field.offset)
        let value = try field.text(window)
        if field.number == 1 { inputs.append(value) } else { outputs.append(value) }
      case 3: name = try field.text(window)
      case 4: operatorName = try field.text(window)
      case 5:
        try window.keep(byteCount: NodeMessage.overhead, at: field.offset)
        attributes.append(try AttributeMessage(window, try field.range, limits: limits))
      case 7: domain = try field.text(window)
      default: break
      }
    }
  }

  /// The operator with its domain, unless that is ONNX's own.
  var fullOperatorName: String { isStandard ? operatorName : "\(domain).\(operatorName)" }

  /// Whether the operator is one of ONNX's own domain.
  var isStandard: Bool { domain.isEmpty || ByteName(domain) == "ai.onnx" }

  /// What messages call it.
  var title: String {
    name.isEmpty
      ? "a node \(ByteName(fullOperatorName).excerpt)"
      : "the node \(ByteName(name).quoted) (\(ByteName(fullOperatorName).excerpt))"
  }

  func attribute(_ name: ByteName) -> AttributeMessage? { attributes.first { ByteName($0.name) == name } }
}

import BinaryIO
import ModelFormat

/// A `ModelProto`: what an ONNX file is.
struct ModelMessage {
  /// The program that writes files of ours, by the name that it has in them.
  static let ownProducer = "nnkit"

  let graph: GraphMessage
  /// Texts with their keys, which anyone may have added.
  private(set) var properties: [(name: String, value: String)] = []
  private(set) var producer = ""
  /// The version of the operators of ONNX's own domain; nil where the file does not say.
  private(set) var operatorVersion: Int?

  private var version = 0
  private var producerVersion = ""
  private var domain = ""
  private var description = ""
  private var modelVersion = 0
  private var operatorSets: [String] = []
  private var functionCount = 0

  /// The version of the format, and that of the operators.
  var versionText: String {
    "IR \(version)" + (operatorVersion.map { ", opset \($0)" } ?? "")
  }

  /// - Throws: any error of the wire format; `invalidField` for a file without a graph, or with two.
  init(_ source: any RandomAccessSource, limits: DecodingLimits) throws(ModelFormatError) {
    let window = SourceWindow(source, keepingAtMost: limits.structuredSectionSize)
    var graph: GraphMessage?
    var reader = WireReader(window, 0..<source.byteCount, message: "ModelProto")
    while let field = try reader.next() {
      switch field.number {
      case 1: version = try field.integer
      case 2: producer = try field.text(window)
      case 3: producerVersion = try field.text(window)
      case 4: domain = try field.text(window)
      case 5: modelVersion = try field.integer
      case 6: description = try field.text(window)
      case 7:
        guard graph == nil else {
          throw ModelFormatError(
            .invalidField, section: "ModelProto", offset: field.offset, expected: "one graph", found: "two")
        }
        graph = try GraphMessage(window, try field.range, limits: limits)
      case 8:
        let set = try OperatorSet(window, try field.range)
        if set.isStandard { operatorVersion = set.version }
        operatorSets.append("\(set.isStandard ? "ai.onnx" : set.domain) \(set.version)")
      case 14:
        try window.keep(byteCount: NodeMessage.overhead, at: field.offset)
        let entry = try TextEntry(window, try field.range)
        properties.append((entry.key, entry.value))
      case 25: functionCount += 1
      default: break
      }
    }
    guard let graph else {
      throw ModelFormatError(.invalidField, section: "ModelProto", expected: "a graph", found: "none")
    }
    self.graph = graph
  }

  /// What there is to say of a file that another program wrote, as metadata under names that begin with `onnx.`.
  ///
  /// - Parameter obstacle: why the graph is no network that we run; nil where it is one.
  func metadata(obstacle: String?) -> [(name: String, value: AttributeValue)] {
    var entries: [(name: String, value: AttributeValue)] = [("onnx.ir_version", .integer(version))]
    func add(_ name: String, _ text: String) { if !text.isEmpty { entries.append((name, .string(text))) } }
    func add(_ name: String, _ texts: [String]) {
      if !texts.isEmpty { entries.append((name, .list(texts.map { .string($0) }))) }
    }
    add("onnx.operator_sets", operatorSets)
    add("onnx.producer", producerVersion.isEmpty ? producer : "\(producer) \(producerVersion)")
    add("onnx.domain", domain)
    add("onnx.description", description)
    add("onnx.graph", graph.name)
    add("onnx.operators", graph.operators.texts)
    add("onnx.sparse_tensors", graph.sparse.map { "\($0.name) \($0.shape)" })
    add("onnx.text_tensors", graph.texts.map { "\($0.name) \($0.shape)" })
    add("onnx.no_network", obstacle ?? "")
    if modelVersion != 0 { entries.append(("onnx.model_version", .integer(modelVersion))) }
    if functionCount > 0 { entries.append(("onnx.functions", .integer(functionCount))) }
    return entries
  }
}

/// An `OperatorSetIdProto`: the version of the operators of a domain.
private struct OperatorSet {
  private(set) var domain = ""
  private(set) var version = 0

  var isStandard: Bool { domain.isEmpty || ByteName(domain) == "ai.onnx" }

  init(_ window: SourceWindow, _ range: Range<Int>) throws(ModelFormatError) {
    try window.keep(byteCount: NodeMessage.overhead, at: range.lowerBound)
    var reader = WireReader(window, range, message: "OperatorSetIdProto")
    while let field = try reader.next() {
      switch field.number {
      case 1: domain = try field.text(window)
      case 2: version = try field.integer
      default: break
      }
    }
  }
}

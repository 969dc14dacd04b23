import BinaryIO
import ModelFormat

/// A `GraphProto`: nodes, the tensors that they use, and what comes in and goes out.
struct GraphMessage {
  private(set) var name = ""
  /// The nodes in their order, unless there are too many for a network that we could run.
  private(set) var nodes: [NodeMessage] = []
  private(set) var hasAllNodes = true
  /// The tensors that are stored, those of nodes and of graphs inside of nodes among them.
  private(set) var tensors: [TensorMessage] = []
  /// What is stored and is no tensor of numbers: the shape of a sparse tensor, whose two parts are tensors, and texts.
  private(set) var sparse: [(name: String, shape: [Int])] = []
  private(set) var texts: [(name: String, shape: [Int])] = []
  private(set) var inputs: [ValueMessage] = []
  private(set) var outputs: [ValueMessage] = []
  private(set) var operators = OperatorCounts()

  /// How many nodes are kept.
  private static let nodeLimit = 1 << 13

  private let window: SourceWindow
  private let limits: DecodingLimits

  init(_ window: SourceWindow, _ range: Range<Int>, limits: DecodingLimits) throws(ModelFormatError) {
    self.window = window
    self.limits = limits
    try read(range, prefix: nil, depth: 0)
  }

  /// - Parameters:
  ///   - prefix: what goes before the names of tensors of a graph inside of another; nil for the graph itself.
  ///   - depth: how many graphs it is inside of.
  private mutating func read(_ range: Range<Int>, prefix: String?, depth: Int) throws(ModelFormatError) {
    guard depth <= limits.nesting else {
      throw ModelFormatError(
        .limitExceeded, section: "GraphProto", offset: range.lowerBound,
        expected: "graphs nested at most \(limits.nesting) deep", found: "deeper nesting")
    }
    var reader = WireReader(window, range, message: "GraphProto")
    while let field = try reader.next() {
      switch field.number {
      case 1: try add(NodeMessage(window, try field.range, limits: limits), prefix, depth)
      case 2: if prefix == nil { name = try field.text(window) }
      case 5: try add(TensorMessage(window, try field.range, limits: limits), prefix)
      case 11: if prefix == nil { inputs.append(try ValueMessage(window, try field.range, limits: limits)) }
      case 12: if prefix == nil { outputs.append(try ValueMessage(window, try field.range, limits: limits)) }
      case 15: try add(SparseTensorMessage(window, try field.range, limits: limits), nil, prefix)
      default: break
      }
    }
  }

  private mutating func add(_ node: NodeMessage, _ prefix: String?, _ depth: Int) throws(ModelFormatError) {
    try operators.add(node.fullOperatorName)
    let output = node.outputs.first ?? ""
    for attribute in node.attributes {
      for graph in attribute.graphs {
        try read(graph, prefix: (prefix ?? "") + "\(output).\(attribute.name).", depth: depth + 1)
      }
    }
    if node.isConstant, let attribute = node.attributes.first {
      // Numbers such as axes and factors are no weights.
      if let tensor = attribute.tensor, tensor.isWeight { try add(tensor.named(output), prefix) }
      if let sparse = attribute.sparse { try add(sparse, output, prefix) }
    }
    guard prefix == nil else { return }
    if nodes.count < GraphMessage.nodeLimit { nodes.append(node) } else { hasAllNodes = false }
  }

  private mutating func add(_ tensor: TensorMessage, _ prefix: String?) throws(ModelFormatError) {
    guard tensors.count + texts.count + sparse.count < limits.tensorCount else {
      throw ModelFormatError(
        .limitExceeded, section: "GraphProto", offset: tensor.range.lowerBound,
        expected: "at most \(limits.tensorCount) tensors", found: "more")
    }
    let tensor = prefix.map { tensor.named($0 + tensor.name) } ?? tensor
    if tensor.type == .string { texts.append((tensor.name, tensor.shape)) } else { tensors.append(tensor) }
  }

  private mutating func add(
    _ tensor: SparseTensorMessage, _ name: String?, _ prefix: String?
  ) throws(ModelFormatError) {
    let name = name ?? tensor.values.name
    try add(tensor.values.named(name + ".values"), prefix)
    try add(tensor.indices.named(name + ".indices"), prefix)
    sparse.append(((prefix ?? "") + name, tensor.shape))
  }
}

extension NodeMessage {
  /// Whether its output is the same for any input.
  var isConstant: Bool { isStandard && ByteName(operatorName) == "Constant" }
}

extension TensorMessage {
  /// Whether a tensor of a node may be one that was learned: floating-point numbers of at least one dimension.
  fileprivate var isWeight: Bool {
    guard case .plain(let type)? = type.element else { return type != .string && !shape.isEmpty }
    return type.isFloatingPoint && !shape.isEmpty
  }
}

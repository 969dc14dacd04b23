import BinaryIO
import LayerKinds
import ModelFormat

/// Follows a graph from its input to its output, and takes each node, or a few together, for a layer.
struct GraphRecognition {
  var network: RecognisedNetwork
  private let nodes: [NodeMessage]
  /// Which nodes take a value, each once.
  private var followers: [ByteName: [Int]] = [:]

  /// - Throws: `GraphMisfit` for a graph that is no chain from one input to one output.
  init(
    _ graph: GraphMessage, _ constants: GraphConstants, version: Int
  ) throws(GraphMisfit) {
    guard graph.hasAllNodes else { throw GraphMisfit("there are too many nodes") }
    guard !graph.nodes.isEmpty else { throw GraphMisfit("there are no nodes") }
    let inputs = graph.inputs.filter { constants.weight($0.name) == nil }
    guard inputs.count == 1, graph.outputs.count == 1 else {
      throw GraphMisfit(
        "there are \(inputs.count) inputs and \(graph.outputs.count) outputs, where networks have one of each")
    }
    network = try RecognisedNetwork(inputs[0], constants: constants, version: version)
    nodes = graph.nodes
    for (index, node) in nodes.enumerated() {
      for input in Set(node.inputs.map { ByteName($0) }) where !input.text.isEmpty {
        followers[input, default: []].append(index)
      }
    }
    // Each step takes at least one node, unless a graph goes round in circles.
    for _ in 0...nodes.count {
      let next = nodes(after: network.value)
      if ByteName(network.value) == ByteName(graph.outputs[0].name) {
        if let other = next.first { throw GraphMisfit(other, "takes the output") }
        if network.layers.isEmpty { throw GraphMisfit("there are no layers") }
        return
      }
      try step(next)
    }
    throw GraphMisfit("the nodes go round in circles")
  }

  /// The nodes that take a value, in their order.
  private func nodes(after value: String) -> [NodeMessage] { (followers[ByteName(value)] ?? []).map { nodes[$0] } }

  /// The only node that takes a value.
  func node(after value: String) -> NodeMessage? {
    let next = nodes(after: value)
    return next.count == 1 ? next[0] : nil
  }

  private mutating func step(_ next: [NodeMessage]) throws(GraphMisfit) {
    guard let node = next.first else { throw GraphMisfit("no node takes \(ByteName(network.value).quoted)") }
    guard next.count > 1 else { return try step(node) }
    if try recogniseSiLU(next) { return }
    if try recogniseGELU(next) { return }
    // A node that asks for the shape is a part of the one that gives another.
    let others = next.filter { !$0.isOperator("Shape") }
    guard others.count == 1, others[0].isOperator("Reshape") else {
      throw GraphMisfit(
        "\(next.count) nodes take \(ByteName(network.value).quoted), among them \(next[0].title) and \(next[1].title)")
    }
    try reshape(others[0])
  }

  /// Takes a node by itself, or with those that complete it.
  private mutating func step(_ node: NodeMessage) throws(GraphMisfit) {
    guard node.isStandard else { throw GraphMisfit(node, "is no operator of ONNX's own") }
    switch node.operatorName {
    case "Gemm": try product(node)
    case "MatMul": try matrixProduct(node)
    case "Conv": try convolution(node)
    case "BatchNormalization": try normalization(node)
    case "MaxPool": try pooling(.maxpool, node)
    case "AveragePool": try pooling(.averagepool, node)
    case "GlobalMaxPool": try globalPooling(.maxpool, node)
    case "GlobalAveragePool": try globalPooling(.averagepool, node)
    case "ReduceMean": try mean(node)
    case "Softmax": try softmax(node)
    case "Dropout": try dropout(node)
    case "Flatten": try flatten(node)
    case "Reshape": try reshape(node)
    case "Squeeze": try squeeze(node)
    case "Unsqueeze": try unsqueeze(node)
    case "Transpose": try transpose(node)
    case "Add", "Sub", "Mul", "Div": try arithmetic(node)
    case "Cast":
      guard node.castsToFloat else { throw GraphMisfit(node, "makes integers of the values") }
      try network.advance(over: node)
    case "Identity": try network.advance(over: node)
    default:
      guard let kind = ElementwiseOperator.kind(named: node.operatorName) else {
        throw GraphMisfit(node, "is no layer of ours")
      }
      try elementwise(kind, node)
    }
  }
}

extension NodeMessage {
  /// Whether it is an operator of ONNX's own with this name.
  func isOperator(_ name: ByteName) -> Bool { isStandard && ByteName(operatorName) == name }
}

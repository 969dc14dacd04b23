import BinaryIO
import LayerKinds
import ModelFormat

// Operators that give the values another shape.

extension GraphRecognition {
  mutating func flatten(_ node: NodeMessage) throws(GraphMisfit) {
    let axis = node.attribute("axis")?.integer ?? 1
    guard axis == 1 || axis == -network.shape.count else { throw GraphMisfit(node, "flattens samples together") }
    try network.reshape(to: [network.count], node)
    try network.advance(over: node)
  }

  mutating func reshape(_ node: NodeMessage) throws(GraphMisfit) {
    guard node.inputs.count == 2, ByteName(node.inputs[0]) == ByteName(network.value),
      let target = GraphShape(of: node.inputs[1], network)?.dimensions
    else { throw GraphMisfit(node, "makes a shape that is no constant") }
    // Where 0 is to mean 0, there are no values.
    let isEmpty = (node.attribute("allowzero")?.integer ?? 0) != 0 && target.contains(.known(0))
    guard let first = target.first, !isEmpty else { throw GraphMisfit(node, "leaves no values") }
    var shape: [Int] = []
    for (index, dimension) in target.dropFirst().enumerated() {
      // 0 keeps a dimension, −1 is what follows from the others.
      guard case .known(let length) = dimension, length != 0 || index < network.shape.count else {
        throw GraphMisfit(node, "moves the dimension of the mini-batch")
      }
      shape.append(length == 0 ? network.shape[index] : length)
    }
    let rest = CheckedArithmetic.product(shape.filter { $0 != -1 }) ?? 0
    if let open = shape.firstIndex(of: -1), rest > 0, network.count % rest == 0 { shape[open] = network.count / rest }
    let keepsBatch =
      switch first {
      case .batch: true
      case .known(let length): length == 0 || length == network.batch || length == -1 && rest == network.count
      }
    guard keepsBatch else { throw GraphMisfit(node, "changes the number of samples") }
    try network.reshape(to: shape, node)
    try network.advance(over: node)
  }

  mutating func squeeze(_ node: NodeMessage) throws(GraphMisfit) {
    let rank = network.shape.count + 1
    guard let axes = axes(of: node, rank: rank), axes.allSatisfy({ (1..<rank).contains($0) }) else {
      throw GraphMisfit(node, "removes the dimension of the mini-batch")
    }
    let left = network.shape.enumerated().filter { !axes.contains($0.offset + 1) }.map(\.element)
    try network.reshape(to: left, node)
    try network.advance(over: node)
  }

  mutating func unsqueeze(_ node: NodeMessage) throws(GraphMisfit) {
    guard let axes = axes(of: node, rank: nil), axes.count == 1 else { throw GraphMisfit(node, "adds dimensions") }
    let place = axes[0] < 0 ? axes[0] + network.shape.count + 2 : axes[0]
    guard (1...network.shape.count + 1).contains(place) else { throw GraphMisfit(node, "adds a dimension in front") }
    var shape = network.shape
    shape.insert(1, at: place - 1)
    try network.reshape(to: shape, node)
    try network.advance(over: node)
  }

  /// Only dimensions of length 1 may move: then nothing else does.
  mutating func transpose(_ node: NodeMessage) throws(GraphMisfit) {
    let order = node.attribute("perm")?.integers ?? []
    guard order.first == 0, order.sorted() == Array(0...network.shape.count) else {
      throw GraphMisfit(node, "moves the dimension of the mini-batch")
    }
    let longer = order.dropFirst().filter { network.shape[$0 - 1] != 1 }
    guard longer == longer.sorted() else { throw GraphMisfit(node, "puts values in another order") }
    try network.reshape(to: order.dropFirst().map { network.shape[$0 - 1] }, node)
    try network.advance(over: node)
  }

  /// - Parameter rank: that of the values, for axes that are counted from the end.
  private func axes(of node: NodeMessage, rank: Int?) -> [Int]? {
    let axes =
      node.attribute("axes")?.integers ?? (node.inputs.count > 1 ? network.constants.integers(node.inputs[1]) : nil)
    return axes?.map { axis in axis < 0 ? axis + (rank ?? 0) : axis }
  }
}

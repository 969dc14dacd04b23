import BinaryIO
import LayerKinds
import ModelFormat

// Functions of values, whether a node is one or several make one up.

extension GraphRecognition {
  /// One function of each value, by its own operator.
  mutating func elementwise(_ kind: LayerKind, _ node: NodeMessage) throws(GraphMisfit) {
    let attributes = ElementwiseOperator(kind)?.attributes ?? []
    guard node.attribute("approximate").map({ $0.text.elementsEqual("none".utf8) }) ?? true,
      // Swish has a factor that SiLU lacks.
      kind != .silu || (node.attribute("alpha")?.float ?? 1) == 1
    else { throw GraphMisfit(node, "computes another function than ours of that name") }
    try network.append(
      kind, attributes.map { .number((node.attribute(ByteName($0.name))?.float ?? $0.absent).shortest) }, node: node)
    try network.advance(over: node)
  }

  mutating func softmax(_ node: NodeMessage) throws(GraphMisfit) {
    let isOld = network.version < 13
    let axis = node.attribute("axis")?.integer ?? (isOld ? 1 : -1)
    // Before version 13, all dimensions from the axis on are taken together.
    guard axis == 1 && (isOld || network.shape.count == 1) || axis == -1 && network.shape.count == 1 else {
      throw GraphMisfit(node, "is not over all values of a sample")
    }
    try network.append(.softmax, [], node: node)
    try network.advance(over: node)
  }

  mutating func dropout(_ node: NodeMessage) throws(GraphMisfit) {
    let isTraining = node.inputs.count > 2 && !node.inputs[2].isEmpty && network.constants.number(node.inputs[2]) != 0
    guard node.outputs.dropFirst().allSatisfy({ self.node(after: $0) == nil }), !isTraining else {
      throw GraphMisfit(node, "is set to training")
    }
    var rate = node.attribute("ratio")?.float.shortest ?? 0.5
    if node.inputs.count > 1, !node.inputs[1].isEmpty {
      guard let number = network.constants.number(node.inputs[1]) else {
        throw GraphMisfit(node, "has a rate that is no constant")
      }
      rate = Float(number).shortest
    }
    try network.append(.dropout, [.number(rate)], node: node)
    try network.advance(over: node)
  }

  /// Raw values times a number, or plus one, before the first layer.
  mutating func arithmetic(_ node: NodeMessage) throws(GraphMisfit) {
    guard let other = node.other(than: network.value), let number = network.constants.number(other) else {
      throw GraphMisfit(node, "computes with something other than one number")
    }
    let isFirst = ByteName(node.inputs[0]) == ByteName(network.value)
    switch (node.operatorName, isFirst) {
    case ("Add", _): try network.scale(by: 1, adding: number, node)
    case ("Mul", _): try network.scale(by: number, adding: 0, node)
    case ("Sub", true): try network.scale(by: 1, adding: -number, node)
    case ("Sub", false): try network.scale(by: -1, adding: number, node)
    case ("Div", true) where number != 0: try network.scale(by: 1 / number, adding: 0, node)
    default: throw GraphMisfit(node, "divides by the values, or by 0")
    }
    try network.advance(over: node)
  }

  /// x · Sigmoid(x): two nodes take x, and one of them the other.
  ///
  /// - Returns: whether it was that.
  mutating func recogniseSiLU(_ next: [NodeMessage]) throws(GraphMisfit) -> Bool {
    guard next.count == 2, let sigmoid = next.first(where: { $0.isOperator("Sigmoid") }),
      let product = next.first(where: { $0.isOperator("Mul") }), let value = sigmoid.outputs.first,
      product.takes(network.value, and: value), node(after: value) != nil
    else { return false }
    try network.append(.silu, [], node: product)
    try network.advance(over: product)
    return true
  }

  /// x · (1 + erf(x / √2)) · ½, in whatever order the factors come.
  ///
  /// - Returns: whether it was that.
  mutating func recogniseGELU(_ next: [NodeMessage]) throws(GraphMisfit) -> Bool {
    let x = network.value
    guard next.count == 2,
      let start = next.first(where: { node in
        node.outputs.first.flatMap { self.node(after: $0)?.isOperator("Erf") } ?? false
      }),
      let scaled = start.outputs.first, let factor = start.other(than: x).flatMap({ network.constants.number($0) }),
      start.isOperator("Mul") && abs(factor - 0.5.squareRoot()) < 1e-3
        || start.isOperator("Div") && abs(factor - 2.0.squareRoot()) < 1e-3,
      let error = self.node(after: scaled)?.outputs.first,
      let sum = self.node(after: error), sum.isOperator("Add"),
      sum.other(than: error).flatMap({ network.constants.number($0) }) == 1
    else { return false }
    // What is left is to be multiplied: by x, and by ½.
    var (product, hasValue, hasHalf) = (sum, false, false)
    while !hasValue || !hasHalf {
      guard let value = product.outputs.first, let next = self.node(after: value), next.isOperator("Mul"),
        let other = next.other(than: value)
      else { return false }
      if ByteName(other) == ByteName(x), !hasValue {
        hasValue = true
      } else if network.constants.number(other) == 0.5, !hasHalf {
        hasHalf = true
      } else if let half = network.constants.producer(of: other), half.isOperator("Mul"), !hasValue, !hasHalf,
        half.other(than: x).flatMap({ network.constants.number($0) }) == 0.5
      {
        (hasValue, hasHalf) = (true, true)
      } else {
        return false
      }
      product = next
    }
    try network.append(.gelu, [], node: product)
    try network.advance(over: product)
    return true
  }
}

extension NodeMessage {
  /// Whether its two inputs are these, in any order.
  fileprivate func takes(_ first: String, and second: String) -> Bool {
    other(than: first).map { ByteName($0) == ByteName(second) } ?? false
  }
}

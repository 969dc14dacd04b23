import BinaryIO
import LayerKinds
import ModelFormat

// Layers with weights, and those that look at windows.

extension GraphRecognition {
  /// `Gemm`: alpha · x · W + beta · b.
  mutating func product(_ node: NodeMessage) throws(GraphMisfit) {
    guard node.inputs.count >= 2, ByteName(node.inputs[0]) == ByteName(network.value),
      (node.attribute("transA")?.integer ?? 0) == 0
    else { throw GraphMisfit(node, "does not multiply the values with weights") }
    let isTransposed = node.attribute("transB")?.integer ?? 0 != 0
    let (alpha, beta) = (node.attribute("alpha")?.float ?? 1, node.attribute("beta")?.float ?? 1)
    let weight = try affineWeight(node.inputs[1], isTransposed: isTransposed, factor: alpha, node)
    let bias = try network.vector(
      node.inputs.count > 2 ? node.inputs[2] : nil, count: weight.shape[1], factor: beta, role: "bias", node)
    try network.append(.affine, [.integer(weight.shape[1])], tensors: [weight, bias], node: node)
    try network.advance(over: node)
  }

  /// `MatMul`, and an `Add` after it.
  mutating func matrixProduct(_ node: NodeMessage) throws(GraphMisfit) {
    guard node.inputs.count == 2, ByteName(node.inputs[0]) == ByteName(network.value) else {
      throw GraphMisfit(node, "does not multiply the values with weights")
    }
    let weight = try affineWeight(node.inputs[1], isTransposed: false, factor: 1, node)
    guard let output = node.outputs.first else { throw GraphMisfit(node, "has no output") }
    guard let sum = self.node(after: output), sum.isOperator("Add"), let other = sum.other(than: output),
      network.constants.weight(other) != nil
    else {
      let bias = try network.vector(nil, count: weight.shape[1], role: "bias", node)
      try network.append(.affine, [.integer(weight.shape[1])], tensors: [weight, bias], node: node)
      return try network.advance(over: node)
    }
    let bias = try network.vector(other, count: weight.shape[1], role: "bias", node)
    try network.append(.affine, [.integer(weight.shape[1])], tensors: [weight, bias], node: node)
    try network.advance(over: sum)
  }

  /// The weights [inputs, outputs] of a layer that multiplies a vector with them.
  private mutating func affineWeight(
    _ value: String, isTransposed: Bool, factor: Float, _ node: NodeMessage
  ) throws(GraphMisfit) -> TensorDescription {
    guard network.shape.count == 1 else {
      throw GraphMisfit(node, "multiplies values of the shape \(network.shape), which are no vector")
    }
    guard let weight = network.constants.weight(value) else {
      throw GraphMisfit(node, "has weights that are not stored")
    }
    let stored = network.constants.tensors[weight.place].description.shape
    guard stored.count == 2 else { throw GraphMisfit(node, "has weights of the shape \(stored)") }
    let isTransposed = isTransposed != weight.isTransposed
    return try network.present(
      weight, shape: isTransposed ? [stored[1], stored[0]] : stored, isTransposed: isTransposed, factor: factor, node)
  }

  /// `Conv` with square windows.
  mutating func convolution(_ node: NodeMessage) throws(GraphMisfit) {
    guard node.inputs.count >= 2, let weight = network.constants.weight(node.inputs[1]), !weight.isTransposed else {
      throw GraphMisfit(node, "has weights that are not stored")
    }
    let shape = network.constants.tensors[weight.place].description.shape
    guard network.shape.count == 3, shape.count == 4 else {
      throw GraphMisfit(node, "has weights of the shape \(shape) for values of the shape \(network.shape)")
    }
    guard (node.attribute("group")?.integer ?? 1) == 1 else { throw GraphMisfit(node, "has groups of channels") }
    let window = try GraphWindow(node, size: Array(shape[2...]), input: network.shape)
    let weights = try network.present(weight, shape: shape, node)
    let bias = try network.vector(
      node.inputs.count > 2 ? node.inputs[2] : nil, count: shape[0], role: "bias", node)
    try network.append(
      .conv,
      [.integer(shape[0]), .integer(window.size), .integer(window.stride), .integer(window.padding)],
      tensors: [weights, bias], node: node)
    try network.advance(over: node)
  }

  mutating func normalization(_ node: NodeMessage) throws(GraphMisfit) {
    guard node.inputs.count == 5, (node.attribute("training_mode")?.integer ?? 0) == 0,
      (node.attribute("spatial")?.integer ?? 1) == 1, node.outputs.dropFirst().allSatisfy(\.isEmpty)
    else { throw GraphMisfit(node, "is set to training") }
    guard [1, 3].contains(network.shape.count) else {
      throw GraphMisfit(node, "normalises values of the shape \(network.shape)")
    }
    var tensors: [TensorDescription] = []
    for (role, input) in zip(LayerKind.batchnorm.definition.tensors.map(\.role), node.inputs.dropFirst()) {
      tensors.append(try network.vector(input, count: network.shape[0], role: role, node))
    }
    let momentum = node.attribute("momentum")?.float.shortest ?? 0.9
    try network.append(
      .batchnorm,
      [
        .number(Float(1 - momentum).shortest), .number(node.attribute("epsilon")?.float.shortest ?? 1e-5),
      ], tensors: tensors, node: node)
    try network.advance(over: node)
  }

  mutating func pooling(_ kind: LayerKind, _ node: NodeMessage) throws(GraphMisfit) {
    guard network.shape.count == 3, node.outputs.dropFirst().allSatisfy(\.isEmpty) else {
      throw GraphMisfit(node, "pools values of the shape \(network.shape), or says where they come from")
    }
    let window = try GraphWindow(node, size: node.attribute("kernel_shape")?.integers ?? [], input: network.shape)
    guard window.padding == 0 else { throw GraphMisfit(node, "pads what it pools") }
    try network.append(kind, [.integer(window.size), .integer(window.stride)], node: node)
    try network.advance(over: node)
  }

  mutating func globalPooling(_ kind: LayerKind, _ node: NodeMessage) throws(GraphMisfit) {
    guard network.shape.count == 3, network.shape[1] == network.shape[2] else {
      throw GraphMisfit(node, "pools values of the shape \(network.shape), which are no square")
    }
    let size = network.shape[1]
    if size > 1 { try network.append(kind, [.integer(size), .integer(size)], node: node) }
    try network.advance(over: node)
  }

  /// `ReduceMean` over height and width.
  mutating func mean(_ node: NodeMessage) throws(GraphMisfit) {
    let axes =
      node.attribute("axes")?.integers ?? (node.inputs.count > 1 ? network.constants.integers(node.inputs[1]) : nil)
    guard let axes, Set(axes.map { $0 < 0 ? $0 + 4 : $0 }) == [2, 3] else {
      throw GraphMisfit(node, "is no mean over height and width")
    }
    try globalPooling(.averagepool, node)
    if node.attribute("keepdims")?.integer ?? 1 == 0 { try network.reshape(to: [network.count], node) }
  }
}

extension NodeMessage {
  /// The input besides a value, of a node with two.
  func other(than value: String) -> String? {
    guard inputs.count == 2 else { return nil }
    if ByteName(inputs[0]) == ByteName(value) { return inputs[1] }
    return ByteName(inputs[1]) == ByteName(value) ? inputs[0] : nil
  }
}

extension Float {
  /// The number that has the same shortest decimal text: 0.1 for the 0.1 of 32 bits.
  var shortest: Double { Double(description) ?? Double(self) }
}

import ModelFormat

/// The shapes that follow from a layer's kind, its attributes and its input. nil wherever nothing follows: kinds of
/// other programs, missing attributes, and numbers that no network has.
struct LayerShapes {
  let layer: LayerDescription
  let input: [Int]

  /// The shape of the output.
  var output: [Int]? {
    switch layer.kind {
    case "sigmoid", "relu", "leakyrelu", "gelu", "tanh", "identity", "softmax", "dropout", "batchnorm": input
    case "flatten": elementCount(input).map { [$0] }
    case "conv":
      if let filters = integer("filters"), let plane = plane("kernel_size") { [filters] + plane } else { nil }
    case "maxpool", "averagepool": plane("size").map { input.dropLast(2) + $0 }
    default: nil
    }
  }

  /// The shape of the tensor with a role.
  func tensor(_ role: String) -> [Int]? {
    switch (layer.kind, role) {
    case ("affine", "weight"): return elementCount(input).map { [$0] + layer.outputShape }
    case ("affine", _): return layer.outputShape
    case ("conv", "weight"):
      guard let filters = integer("filters"), let size = integer("kernel_size"), (2...3).contains(input.count)
      else { return nil }
      return [filters, input.count == 3 ? input[0] : 1, size, size]
    case ("conv", _): return integer("filters").map { [$0] }
    case ("batchnorm", _): return input.count == 3 ? [input[0]] : elementCount(input).map { [$0] }
    default: return nil
    }
  }

  /// Height and width behind windows of the size that an attribute gives.
  private func plane(_ sizeName: String) -> [Int]? {
    guard (2...3).contains(input.count), let size = integer(sizeName), let stride = integer("stride"), stride > 0
    else { return nil }
    let padding = integer("padding") ?? 0
    var plane: [Int] = []
    for length in input.suffix(2) {
      guard LayerShapes.plausible.contains(length), length + 2 * padding >= size else { return nil }
      plane.append((length + 2 * padding - size) / stride + 1)
    }
    return plane
  }

  /// Numbers whose sums and products cannot overflow.
  private static let plausible = 0...Int(Int32.max)

  private func integer(_ name: String) -> Int? {
    guard case .integer(let value) = layer.attributes[name], LayerShapes.plausible.contains(value) else { return nil }
    return value
  }

  /// The product of the dimensions; nil when one is negative or the product overflows.
  private func elementCount(_ shape: [Int]) -> Int? {
    guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
    if shape.contains(0) { return 0 }
    var count = 1
    for dimension in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      if overflow { return nil }
      count = product
    }
    return count
  }
}

/// A tensor that the layers of a kind have.
package struct LayerTensor: Sendable {
  /// How it begins in a new network.
  package enum Start: Sendable {
    /// Random numbers of an initialiser, which looks at how many values come in and go out: products of dimensions.
    case random(inputs: [LayerDimension], outputs: [LayerDimension])
    /// All elements have this value.
    case constant(Double)
  }

  /// What the tensor is for, as in "weight".
  package let role: String
  /// Its dimensions, row-major.
  package let shape: [LayerDimension]
  /// How it begins.
  package let start: Start
  /// Whether training measures it rather than learns it.
  package let isMeasured: Bool

  init(_ role: String, _ shape: [LayerDimension], _ start: Start, isMeasured: Bool = false) {
    self.role = role
    self.shape = shape
    self.start = start
    self.isMeasured = isMeasured
  }
}

/// Dimensions of a tensor.
package enum LayerDimension: Sendable, Equatable {
  /// One: how many values come in.
  case inputs
  /// Those of the output.
  case output
  /// Those that normalisation keeps apart: one, the channels, of [channels, height, width]; all of other inputs.
  case channels
  /// One: the channels of [channels, height, width], or 1 for [height, width].
  case planes
  /// One: the value of a field.
  case field(String)
}

/// A layer's input, its output and its settings: what dimensions follow from.
package struct LayerContext {
  let input: [Int]
  let output: [Int]
  let integer: (String) -> Int?

  /// - Parameter integer: The value of a field; nil where it is not known.
  package init(input: [Int], output: [Int], integer: @escaping (String) -> Int?) {
    self.input = input
    self.output = output
    self.integer = integer
  }

  /// The dimensions that a list stands for.
  ///
  /// - Throws: `LayerMisfit` where they do not follow.
  package func shape(_ dimensions: [LayerDimension]) throws(LayerMisfit) -> [Int] {
    var shape: [Int] = []
    for dimension in dimensions {
      switch dimension {
      case .inputs: shape.append(try LayerContext.elementCount(input))
      case .output: shape += output
      case .channels: shape.append(input.count == 3 ? input[0] : try LayerContext.elementCount(input))
      case .planes:
        try LayerOutput.checkImage(input)
        shape.append(input.count == 3 ? input[0] : 1)
      case .field(let name): shape.append(try LayerContext.value(name, integer))
      }
    }
    return shape
  }

  /// The product of the dimensions that a list stands for; `Int.max` if that is more.
  package func product(_ dimensions: [LayerDimension]) throws(LayerMisfit) -> Int {
    try shape(dimensions).reduce(1) { product, dimension in
      let (result, overflow) = product.multipliedReportingOverflow(by: dimension)
      return overflow ? .max : result
    }
  }

  /// The value of a field that has to be there.
  static func value(_ name: String, _ integer: (String) -> Int?) throws(LayerMisfit) -> Int {
    guard let value = integer(name) else {
      throw LayerMisfit(reason: .value, expected: "an integer \(name)", found: "none")
    }
    return value
  }

  /// The product of an input's dimensions.
  static func elementCount(_ shape: [Int]) throws(LayerMisfit) -> Int {
    let misfit = LayerMisfit(
      reason: .size, expected: "an input shape whose size fits in 63 bits", found: "\(shape)")
    guard shape.allSatisfy({ $0 >= 0 }) else { throw misfit }
    if shape.contains(0) { return 0 }
    var count = 1
    for dimension in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      if overflow { throw misfit }
      count = product
    }
    return count
  }
}

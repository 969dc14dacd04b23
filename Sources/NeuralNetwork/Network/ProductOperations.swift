/// The floating-point operations of the matrix products that one sample of training needs.
///
/// A product of m × k and k × n matrices counts 2·m·n·k. Each layer with weights needs one for its output and one for
/// ∂L/∂W, and one more for ∂L/∂X unless no layer before it has parameters. Everything else counts nothing: activations,
/// biases, the loss and the update.
package struct ProductOperations: Sendable, Equatable {
  package let forward: Int
  package let weightGradient: Int
  package let inputGradient: Int

  package var total: Int { forward + weightGradient + inputGradient }

  package init(of layers: [PlacedLayer]) {
    var sums = (forward: 0, input: 0)
    var somebodyLearnsBefore = false
    for layer in layers {
      let operations = Self.ofOneProduct(layer)
      sums.forward += operations
      if somebodyLearnsBefore { sums.input += operations }
      somebodyLearnsBefore = somebodyLearnsBefore || !layer.parameters.isEmpty
    }
    (forward, weightGradient, inputGradient) = (sums.forward, sums.forward, sums.input)
  }

  /// Twice a multiplication for each output and each value that comes into it. All three products of a layer are as
  /// large: they differ in which of the three matrices is the result.
  private static func ofOneProduct(_ layer: PlacedLayer) -> Int {
    layer.parameters.reduce(0) { sum, parameter in
      guard case .random(let fan) = parameter.start else { return sum }
      return sum + 2 * fan.inputs * layer.outputShape.reduce(1, *)
    }
  }
}

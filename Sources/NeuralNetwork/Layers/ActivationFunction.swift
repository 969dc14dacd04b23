/// A function that a network applies to each value by itself, and its derivative.
///
/// Value and derivative run through the same loops as the layers of a network.
public enum ActivationFunction: String, Sendable, CaseIterable {
  /// σ(x) = 1 / (1 + e⁻ˣ), in (0, 1); σ′ = σ(1 − σ) ≤ 0.25.
  case sigmoid
  /// max(x, 0); the derivative is 1 for x > 0 and otherwise 0, at 0 too.
  case relu
  /// tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ), in (−1, 1); tanh′ = 1 − tanh² ≤ 1.
  case tanh
  /// x itself; the derivative is 1.
  case identity

  /// f(x). NaN gives NaN.
  public func value<Scalar: NetworkScalar>(at x: Scalar) -> Scalar {
    var result: Scalar = 0
    unsafe withUnsafePointer(to: x) { input in
      unsafe Scalar.kernels.loops.activate(self, input: input, count: 1, output: &result)
    }
    return result
  }

  /// f′(x).
  public func derivative<Scalar: NetworkScalar>(at x: Scalar) -> Scalar {
    var result: Scalar = 0
    let one: Scalar = 1
    unsafe withUnsafePointer(to: value(at: x)) { output in
      unsafe withUnsafePointer(to: one) { gradient in
        unsafe Scalar.kernels.loops.activateBackward(
          self, output: output, outputGradient: gradient, count: 1, inputGradient: &result)
      }
    }
    return result
  }
}

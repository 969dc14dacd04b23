/// How gradients that are too great are made smaller, before weight decay and optimiser see them.
public enum GradientClipping: Sendable, Equatable {
  /// All gradients are multiplied by min(1, c / (‖g‖₂ + 10⁻⁶)), with ‖g‖₂ over all parameters (Pascanu, Mikolov and
  /// Bengio, 2013). The direction stays. The definition is that of PyTorch's `clip_grad_norm_`.
  case norm(Double)
  /// Each gradient is brought into −c...c.
  case value(Double)

  /// c
  public var limit: Double {
    switch self {
    case .norm(let limit), .value(let limit): limit
    }
  }

  func validate() throws(NetworkError) {
    guard Float(limit) > 0, Float(limit).isFinite else {
      throw NetworkError(
        .valueOutOfRange, at: "gradient clipping", expected: "a limit above 0 that Float can hold",
        found: "\(limit)")
    }
  }
}

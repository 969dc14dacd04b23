/// How gradients change the parameters.
///
/// g is ∂L/∂W of a mini-batch, after clipping and weight decay; η the learning rate; t counts the mini-batches from 1;
/// all that is remembered begins at 0. The definitions, the place of ε outside the root and the default settings are
/// those of PyTorch's `torch.optim`.
public enum Optimizer: Sendable, Equatable {
  /// Mini-batch gradient descent (Robbins and Monro, 1951): W ← W − η g.
  case sgd
  /// Gradient descent with momentum μ (Polyak, 1964): v ← μ v + g, W ← W − η v.
  case momentum(_ momentum: Double = 0.9)
  /// Nesterov's momentum μ (1983), in the form of Sutskever et al. (2013) that needs the gradient at W alone:
  /// v ← μ v + g, W ← W − η (g + μ v).
  case nesterov(_ momentum: Double = 0.9)
  /// AdaGrad (Duchi, Hazan and Singer, 2011): s ← s + g², W ← W − η g / (√s + ε).
  case adagrad(epsilon: Double = 1e-10)
  /// RMSProp (Tieleman and Hinton, 2012): s ← ρ s + (1 − ρ) g², W ← W − η g / (√s + ε).
  case rmsprop(decay: Double = 0.99, epsilon: Double = 1e-8)
  /// Adam (Kingma and Ba, 2015): m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g²,
  /// W ← W − η m̂ / (√ŝ + ε) with m̂ = m / (1 − β₁ᵗ) and ŝ = s / (1 − β₂ᵗ).
  case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
  /// Adam with decoupled weight decay λ (Loshchilov and Hutter, 2019): W ← W − η λ W, then as Adam.
  case adamw(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)

  /// The optimisers by name.
  public enum Name: String, Sendable, CaseIterable {
    /// See `Optimizer.sgd`.
    case sgd
    /// See `Optimizer.momentum`.
    case momentum
    /// See `Optimizer.nesterov`.
    case nesterov
    /// See `Optimizer.adagrad`.
    case adagrad
    /// See `Optimizer.rmsprop`.
    case rmsprop
    /// See `Optimizer.adam`.
    case adam
    /// See `Optimizer.adamw`.
    case adamw
  }

  /// The optimiser of that name with its default settings.
  public init(_ name: Name) {
    switch name {
    case .sgd: self = .sgd
    case .momentum: self = .momentum()
    case .nesterov: self = .nesterov()
    case .adagrad: self = .adagrad()
    case .rmsprop: self = .rmsprop()
    case .adam: self = .adam()
    case .adamw: self = .adamw()
    }
  }

  /// The same optimiser with other settings.
  ///
  /// - Parameter setting: The new value of a setting by its name; nil leaves it as it is.
  public func with(_ setting: (String) -> Double?) -> Optimizer {
    switch self {
    case .sgd: .sgd
    case .momentum(let momentum): .momentum(setting("momentum") ?? momentum)
    case .nesterov(let momentum): .nesterov(setting("momentum") ?? momentum)
    case .adagrad(let epsilon): .adagrad(epsilon: setting("epsilon") ?? epsilon)
    case .rmsprop(let decay, let epsilon):
      .rmsprop(decay: setting("decay") ?? decay, epsilon: setting("epsilon") ?? epsilon)
    case .adam(let beta1, let beta2, let epsilon):
      .adam(
        beta1: setting("beta1") ?? beta1, beta2: setting("beta2") ?? beta2, epsilon: setting("epsilon") ?? epsilon)
    case .adamw(let beta1, let beta2, let epsilon):
      .adamw(
        beta1: setting("beta1") ?? beta1, beta2: setting("beta2") ?? beta2, epsilon: setting("epsilon") ?? epsilon)
    }
  }

  /// Which optimiser this is.
  public var name: Name {
    switch self {
    case .sgd: .sgd
    case .momentum: .momentum
    case .nesterov: .nesterov
    case .adagrad: .adagrad
    case .rmsprop: .rmsprop
    case .adam: .adam
    case .adamw: .adamw
    }
  }

  /// The settings by name: "momentum", "decay", "beta1", "beta2" and "epsilon", as far as there are any.
  public var settings: [(name: String, value: Double)] {
    switch self {
    case .sgd: []
    case .momentum(let momentum), .nesterov(let momentum): [("momentum", momentum)]
    case .adagrad(let epsilon): [("epsilon", epsilon)]
    case .rmsprop(let decay, let epsilon): [("decay", decay), ("epsilon", epsilon)]
    case .adam(let beta1, let beta2, let epsilon), .adamw(let beta1, let beta2, let epsilon):
      [("beta1", beta1), ("beta2", beta2), ("epsilon", epsilon)]
    }
  }

  /// A learning rate to start from: 0.1 for gradient descent; 0.01 with momentum, whose default of 0.9 adds up ten
  /// steps; otherwise PyTorch's.
  public var defaultLearningRate: Double {
    switch self {
    case .sgd: 0.1
    case .momentum, .nesterov, .adagrad, .rmsprop: 0.01
    case .adam, .adamw: 0.001
    }
  }

  /// Whether weight decay shrinks the weights by itself instead of adding to their gradients.
  var decouplesWeightDecay: Bool { name == .adamw }

  /// λ where none is given: 0.01 for AdamW, otherwise 0.
  public var defaultWeightDecay: Double { name == .adamw ? 0.01 : 0 }

  /// Checks that what remembers fades, and that nothing is divided by 0.
  func validate() throws(NetworkError) {
    for (name, value) in settings {
      if name == "epsilon" {
        guard Float(value) > 0, Float(value).isFinite else {
          throw NetworkError(
            .valueOutOfRange, at: "epsilon", expected: "a number above 0 that Float can hold", found: "\(value)")
        }
      } else if !(value >= 0 && value < 1) {
        throw NetworkError(
          .valueOutOfRange, at: name, expected: "a number from 0 to below 1", found: "\(value)")
      }
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An optimiser in one certain mini-batch: its settings and all that follows from the number of the mini-batch.
enum UpdateRule<Scalar: NetworkScalar>: Sendable {
  case descent(rate: Scalar)
  case momentum(rate: Scalar, momentum: Scalar, isNesterov: Bool)
  case adagrad(rate: Scalar, epsilon: Scalar)
  case rmsprop(rate: Scalar, decay: Scalar, epsilon: Scalar)
  case adam(AdamStep<Scalar>)

  /// - Parameter iteration: The mini-batches before this one.
  init(_ optimizer: Optimizer, rate: Double, iteration: Int) {
    let scalarRate = Scalar(rate)
    switch optimizer {
    case .sgd: self = .descent(rate: scalarRate)
    case .momentum(let momentum):
      self = .momentum(rate: scalarRate, momentum: Scalar(momentum), isNesterov: false)
    case .nesterov(let momentum):
      self = .momentum(rate: scalarRate, momentum: Scalar(momentum), isNesterov: true)
    case .adagrad(let epsilon): self = .adagrad(rate: scalarRate, epsilon: Scalar(epsilon))
    case .rmsprop(let decay, let epsilon):
      self = .rmsprop(rate: scalarRate, decay: Scalar(decay), epsilon: Scalar(epsilon))
    case .adam(let beta1, let beta2, let epsilon), .adamw(let beta1, let beta2, let epsilon):
      let time = Double(iteration) + 1
      self = .adam(
        AdamStep(
          rate: Scalar(rate / (1 - pow(beta1, time))), beta1: Scalar(beta1),
          firstShare: Scalar(1 - beta1), beta2: Scalar(beta2), secondShare: Scalar(1 - beta2),
          rootFactor: Scalar(1 / (1 - pow(beta2, time)).squareRoot()), epsilon: Scalar(epsilon)))
    }
  }

  /// Changes parameters by their gradients.
  ///
  /// - Parameters:
  ///   - sums: What the optimiser remembers of the gradients of all parameters; empty if it remembers none.
  ///   - squares: What it remembers of their squares, likewise.
  ///   - start: Where `values` begin among all parameters.
  func apply(
    to values: UnsafeMutablePointer<Scalar>, gradients: UnsafePointer<Scalar>, count: Int,
    sums: AlignedBuffer<Scalar>, squares: AlignedBuffer<Scalar>, from start: Int, _ kernels: any Kernels<Scalar>
  ) {
    switch self {
    case .descent(let rate):
      unsafe kernels.descend(parameters: values, gradients: gradients, count: count, rate: rate)
    case .momentum(let rate, let momentum, let isNesterov):
      unsafe kernels.descendWithMomentum(
        parameters: values, gradients: gradients, velocities: sums.pointer + start, count: count, rate: rate,
        momentum: momentum, isNesterov: isNesterov)
    case .adagrad(let rate, let epsilon):
      unsafe kernels.descendByRoots(
        parameters: values, gradients: gradients, squares: squares.pointer + start, count: count, rate: rate,
        kept: 1, added: 1, epsilon: epsilon)
    case .rmsprop(let rate, let decay, let epsilon):
      unsafe kernels.descendByRoots(
        parameters: values, gradients: gradients, squares: squares.pointer + start, count: count, rate: rate,
        kept: decay, added: 1 - decay, epsilon: epsilon)
    case .adam(let step):
      unsafe kernels.adam(
        step, parameters: values, gradients: gradients, means: sums.pointer + start,
        squares: squares.pointer + start, count: count)
    }
  }
}

extension Optimizer {
  /// Which sums it remembers: of gradients, of squared gradients.
  var memory: (first: Bool, second: Bool) {
    switch self {
    case .sgd: (false, false)
    case .momentum, .nesterov: (true, false)
    case .adagrad, .rmsprop: (false, true)
    case .adam, .adamw: (true, true)
    }
  }
}

/// The factors of Adam in one mini-batch, with the corrections of the bias worked in.
struct AdamStep<Scalar: NetworkScalar>: Sendable {
  /// η / (1 − β₁ᵗ)
  let rate: Scalar
  let beta1: Scalar
  /// 1 − β₁, rounded once.
  let firstShare: Scalar
  let beta2: Scalar
  /// 1 − β₂, rounded once.
  let secondShare: Scalar
  /// 1 / √(1 − β₂ᵗ)
  let rootFactor: Scalar
  let epsilon: Scalar
}

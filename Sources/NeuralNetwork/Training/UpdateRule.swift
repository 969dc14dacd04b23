/// How an optimiser changes a stretch of the parameters, given the gradients of one mini-batch.
protocol UpdateRule<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  /// Changes `update.count` parameters. Called for disjoint stretches from several threads at once.
  func apply(_ update: ParameterUpdate<Scalar>)
}

/// One stretch of the parameters and its gradients.
struct ParameterUpdate<Scalar: NetworkScalar> {
  let parameters: UnsafeMutablePointer<Scalar>
  let gradients: UnsafePointer<Scalar>
  let count: Int
  let learningRate: Scalar
}

/// W ← W − η ∂L/∂W.
struct GradientDescent<Scalar: NetworkScalar>: UpdateRule {
  func apply(_ update: ParameterUpdate<Scalar>) {
    Scalar.kernels.loops.descend(
      parameters: update.parameters, gradients: update.gradients, count: update.count,
      rate: update.learningRate)
  }
}

extension Optimizer {
  func makeRule<Scalar: NetworkScalar>() -> any UpdateRule<Scalar> {
    switch self {
    case .sgd: GradientDescent<Scalar>()
    }
  }
}

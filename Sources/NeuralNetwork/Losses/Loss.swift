/// What training minimises. The loss of a mini-batch is the mean over its samples.
public enum Loss: String, Sendable, CaseIterable {
  /// −Σ_k t_k log y_k for a network that ends in softmax, with t one-hot, a label, or a distribution.
  ///
  /// Training computes it from the logits u: log Σ_k e^(u_k − m) − (u_t − m) with m = max u. It is exact
  /// for any finite logits; the gradient is ∂L/∂u = (y − t) / N.
  case crossEntropy = "cross-entropy"
  /// ½ Σ_k (y_k − t_k)², with gradient (y − t) / N. A label stands for its one-hot vector.
  case squaredError = "squared-error"
  /// −Σ_k t_k log y_k + (1 − t_k) log(1 − y_k) for a network that ends in sigmoid, with targets t in [0, 1] that
  /// do not exclude one another.
  ///
  /// With one output, labels are 0 or 1 and y is the probability of class 1; with several, a label stands for
  /// its one-hot vector. Training computes it from the logits u: Σ_k max(u_k, 0) − u_k t_k + log(1 + e^(−|u_k|)).
  /// It is exact for any finite logits; the gradient is ∂L/∂u = (y − t) / N.
  case binaryCrossEntropy = "binary-cross-entropy"

  /// The last layer of a network for this loss, if only one can be: the loss contains it, and training skips it.
  public var outputLayer: LayerSpecification? {
    switch self {
    case .crossEntropy: .softmax
    case .binaryCrossEntropy: .sigmoid
    case .squaredError: nil
    }
  }

  /// An answer that needs no network; nil where none is known, or it is right for all samples. O(number of targets).
  public func constantAnswer<Scalar: NetworkScalar>(to targets: Targets<Scalar>) -> ConstantAnswer? {
    switch self {
    case .crossEntropy:
      return ConstantAnswer(kind: .evenOdds, loss: Loss.crossEntropyOfGuessing(classes: targets.width))
    case .squaredError:
      let loss = Loss.squaredErrorOfMean(targets)
      return loss > 0 ? ConstantAnswer(kind: .meanTarget, loss: loss) : nil
    case .binaryCrossEntropy: return nil
    }
  }
}

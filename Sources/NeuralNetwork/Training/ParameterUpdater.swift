/// Changes the parameters by their gradients, and remembers what the optimiser needs for the next time.
///
/// Called for disjoint stretches from several threads at once. What is remembered lies in buffers as long as that of the
/// parameters, at the same places, so that each stretch has its own.
final class ParameterUpdater<Scalar: NetworkScalar>: @unchecked Sendable {
  private let optimizer: Optimizer
  private let weightDecay: Double
  private let clipping: GradientClipping?
  private let parameters: AlignedBuffer<Scalar>
  /// Sums of gradients, v or m; empty for optimisers that have none.
  private let first: AlignedBuffer<Scalar>
  /// Sums of squared gradients, s; empty for optimisers that have none.
  private let second: AlignedBuffer<Scalar>
  private let segments: [Segment]

  /// Parameters side by side that weight decay treats alike.
  private struct Segment {
    var range: Range<Int>
    let decays: Bool
  }

  /// - Parameter entries: The tensors of `parameters`, in order. Weight decay is for weights alone: for those that are
  ///   drawn at random. Biases, and the scales and shifts of batch normalisation, stay as they are: they do not make a
  ///   function steeper, and the error of their few values is small (Goodfellow, Bengio and Courville, 2016, 7.1).
  init(
    optimizer: Optimizer, weightDecay: Double, clipping: GradientClipping?,
    parameters: AlignedBuffer<Scalar>, entries: [ParameterEntry]
  ) {
    self.optimizer = optimizer
    self.weightDecay = weightDecay
    self.clipping = clipping
    self.parameters = parameters
    let needs = optimizer.memory
    first = AlignedBuffer(count: needs.first ? parameters.count : 0)
    second = AlignedBuffer(count: needs.second ? parameters.count : 0)
    var segments: [Segment] = []
    for entry in entries {
      let decays = weightDecay > 0 && entry.specification.isDrawnAtRandom
      if let last = segments.indices.last, segments[last].decays == decays {
        segments[last].range = segments[last].range.lowerBound..<entry.range.upperBound
      } else {
        segments.append(Segment(range: entry.range, decays: decays))
      }
    }
    self.segments = segments
  }

  /// Whether `begin` wants to know the norm of all gradients.
  var needsNorm: Bool {
    if case .norm = clipping { true } else { false }
  }

  /// Whether parameters without gradients stay as they are.
  var passesOverZeros: Bool { optimizer == .sgd && weightDecay == 0 }

  /// What all workers do in one mini-batch.
  ///
  /// - Parameters:
  ///   - iteration: The mini-batches before this one.
  ///   - norm: ‖g‖₂ over all parameters; 0 if it is not needed.
  func begin(iteration: Int, rate: Double, norm: Double) -> UpdateStep<Scalar> {
    var scale = 1.0
    var bound: Scalar?
    switch clipping {
    case .norm(let limit): scale = min(1, limit / (norm + 1e-6))
    case .value(let limit): bound = Scalar(limit)
    case nil: break
    }
    return UpdateStep(
      rule: UpdateRule(optimizer, rate: rate, iteration: iteration), scale: Scalar(scale), bound: bound,
      coupledDecay: optimizer.decouplesWeightDecay ? 0 : Scalar(weightDecay),
      shrinkage: optimizer.decouplesWeightDecay ? Scalar(1 - rate * weightDecay) : 1)
  }

  /// Changes the parameters in `range`, whose gradients are at `gradients`.
  ///
  /// - Parameter block: Room for as many numbers; may be `gradients`.
  func apply(
    _ step: UpdateStep<Scalar>, to range: Range<Int>, gradients: UnsafePointer<Scalar>,
    block: UnsafeMutablePointer<Scalar>
  ) {
    let kernels = Scalar.kernels.loops
    var gradients = unsafe gradients
    if let bound = step.bound {
      unsafe kernels.clamp(gradients, to: bound, count: range.count, output: block)
      unsafe gradients = unsafe UnsafePointer(block)
    }
    if step.scale != 1 {
      unsafe kernels.scale(gradients, by: step.scale, count: range.count, output: block)
      unsafe gradients = unsafe UnsafePointer(block)
    }
    for segment in segments {
      let piece = segment.range.clamped(to: range)
      guard !piece.isEmpty else { continue }
      let values = unsafe parameters.pointer + piece.lowerBound
      let offset = piece.lowerBound - range.lowerBound
      var own = unsafe gradients + offset
      if segment.decays, step.shrinkage != 1 {
        unsafe kernels.scale(values, by: step.shrinkage, count: piece.count, output: values)
      }
      if segment.decays, step.coupledDecay != 0 {
        unsafe kernels.addScaled(
          own, values, factor: step.coupledDecay, count: piece.count, output: block + offset)
        unsafe own = unsafe UnsafePointer(block + offset)
      }
      unsafe step.rule.apply(
        to: values, gradients: own, count: piece.count, sums: first, squares: second, from: piece.lowerBound, kernels)
    }
  }
}

/// What happens to all parameters in one mini-batch.
struct UpdateStep<Scalar: NetworkScalar>: Sendable {
  let rule: UpdateRule<Scalar>
  /// What clipping by norm multiplies gradients by.
  let scale: Scalar
  /// What clipping by value keeps gradients within.
  let bound: Scalar?
  /// λ in g ← g + λ W, the derivative of L + λ/2 ‖W‖²; 0 if weight decay is decoupled.
  let coupledDecay: Scalar
  /// 1 − η λ in W ← (1 − η λ) W, if weight decay is decoupled.
  let shrinkage: Scalar
}

extension ParameterSpecification {
  /// Whether an initialiser draws the values: they are weights that multiply what comes in.
  fileprivate var isDrawnAtRandom: Bool {
    if case .random = start { true } else { false }
  }
}

/// The working part of a layer: what a network calls once for each mini-batch, forward and backward.
///
/// A layer keeps no values of its own. Parameters, activations, gradients and working space belong to the
/// caller, so that several threads can use one layer for different rows at once.
protocol Layer<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  var inputShape: [Int] { get }
  var outputShape: [Int] { get }
  var parameters: [ParameterSpecification] { get }

  /// What the layer measures while it is trained and uses in inference; no gradient changes it.
  var runningStatistics: [ParameterSpecification] { get }

  /// How many numbers of working space the layer wants for each row. What a forward pass leaves there is
  /// what the backward pass of the same mini-batch finds.
  var scratchCountPerRow: Int { get }

  /// How many numbers of working space the layer wants besides, however many rows there are. They lie in
  /// front of those of the rows, and last as long.
  var fixedScratchCount: Int { get }

  /// How many numbers the layer sums over the workers of a mini-batch at one go.
  var sharedSumCount: Int { get }

  /// The fewest samples of a mini-batch that the layer can be trained with.
  var leastBatchSize: Int { get }

  /// Which memory the layer may share with its neighbours.
  var memoryUse: MemoryUse { get }

  /// Computes `pass.output` from `pass.input`.
  func forward(_ pass: ForwardPass<Scalar>)

  /// Computes the gradients of the parameters and, if wanted, of the input.
  func backward(_ pass: BackwardPass<Scalar>)

  /// Takes what the last forward pass in training found into the running statistics. Called once for each
  /// mini-batch that was learned from, by one worker.
  func updateRunningStatistics(
    _ statistics: UnsafeMutablePointer<Scalar>, scratch: UnsafePointer<Scalar>, batch: BatchShare<Scalar>)
}

extension Layer {
  var parameters: [ParameterSpecification] { [] }
  var runningStatistics: [ParameterSpecification] { [] }
  var scratchCountPerRow: Int { 0 }
  var fixedScratchCount: Int { 0 }
  var sharedSumCount: Int { 0 }
  var leastBatchSize: Int { 1 }
  var memoryUse: MemoryUse { MemoryUse() }
  var inputCount: Int { inputShape.reduce(1, *) }
  var outputCount: Int { outputShape.reduce(1, *) }

  func updateRunningStatistics(
    _ statistics: UnsafeMutablePointer<Scalar>, scratch: UnsafePointer<Scalar>, batch: BatchShare<Scalar>
  ) {}
}

/// Which memory a layer may share with its neighbours. Shared memory need not be written and read again.
struct MemoryUse {
  /// Whether `output` may be `input`, and `inputGradient` be `outputGradient`. The backward pass of such a
  /// layer does not read `input`.
  var worksInPlace = false
  /// Whether the backward pass reads `output`, which then has to stay as it is.
  var readsOutputInBackward = false
}

/// What the results of a forward pass are for.
enum PassMode: Sendable {
  /// A backward pass follows.
  case training
  /// Only the output counts.
  case inference
}

/// What a layer sees of a forward pass. Matrices are [rows, values of one sample].
@safe
struct ForwardPass<Scalar: NetworkScalar> {
  let mode: PassMode
  let rows: Int
  let input: UnsafePointer<Scalar>
  let output: UnsafeMutablePointer<Scalar>
  let parameters: UnsafePointer<Scalar>
  let runningStatistics: UnsafePointer<Scalar>
  let scratch: UnsafeMutablePointer<Scalar>
  /// Means something in training only.
  let batch: BatchShare<Scalar>
}

/// What a layer sees of a backward pass.
@safe
struct BackwardPass<Scalar: NetworkScalar> {
  let rows: Int
  let input: UnsafePointer<Scalar>
  let output: UnsafePointer<Scalar>
  let outputGradient: UnsafePointer<Scalar>
  /// Where ∂L/∂input goes; nil if no one wants it, as in front of the first layer.
  let inputGradient: UnsafeMutablePointer<Scalar>?
  let parameters: UnsafePointer<Scalar>
  /// Where ∂L/∂parameters goes; each element is overwritten.
  let parameterGradients: UnsafeMutablePointer<Scalar>
  let scratch: UnsafeMutablePointer<Scalar>
  let batch: BatchShare<Scalar>
}

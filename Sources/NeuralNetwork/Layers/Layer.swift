/// The working part of a layer: what a network calls once for each mini-batch, forward and backward.
///
/// A layer keeps no values of its own. Parameters, activations, gradients and working space belong to the
/// caller, so that several threads can use one layer for different rows at once.
protocol Layer<Scalar>: Sendable {
  associatedtype Scalar: NetworkScalar

  var inputShape: [Int] { get }
  var outputShape: [Int] { get }
  var parameters: [ParameterSpecification] { get }

  /// How many numbers of working space the layer wants for each row. What a forward pass leaves there is
  /// what the backward pass of the same mini-batch finds.
  var scratchCountPerRow: Int { get }

  /// Computes `pass.output` from `pass.input`.
  func forward(_ pass: ForwardPass<Scalar>)

  /// Computes the gradients of the parameters and, if wanted, of the input.
  func backward(_ pass: BackwardPass<Scalar>)
}

extension Layer {
  var parameters: [ParameterSpecification] { [] }
  var scratchCountPerRow: Int { 0 }
  var outputCount: Int { outputShape.reduce(1, *) }
}

/// What the results of a forward pass are for.
enum PassMode: Sendable {
  /// A backward pass follows.
  case training
  /// Only the output counts.
  case inference
}

/// What a layer sees of a forward pass. Matrices are [rows, values of one sample].
struct ForwardPass<Scalar: NetworkScalar> {
  let mode: PassMode
  let rows: Int
  let input: UnsafePointer<Scalar>
  let output: UnsafeMutablePointer<Scalar>
  let parameters: UnsafePointer<Scalar>
  let scratch: UnsafeMutablePointer<Scalar>
}

/// What a layer sees of a backward pass.
struct BackwardPass<Scalar: NetworkScalar> {
  let rows: Int
  let input: UnsafePointer<Scalar>
  let output: UnsafePointer<Scalar>
  let outputGradient: UnsafePointer<Scalar>
  /// Where ∂L/∂input goes; nil if nobody wants it, as in front of the first layer.
  let inputGradient: UnsafeMutablePointer<Scalar>?
  let parameters: UnsafePointer<Scalar>
  /// Where ∂L/∂parameters goes; each element is overwritten.
  let parameterGradients: UnsafeMutablePointer<Scalar>
  let scratch: UnsafeMutablePointer<Scalar>
}

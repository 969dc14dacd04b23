import Threads

/// The beginning of a training step: brings the samples of a mini-batch to the layers, and may do the first of them.
///
/// All workers call each function once in a step, each with its own pass; those without rows, too.
protocol InputStage<Scalar>: AnyObject, Sendable {
  associatedtype Scalar: NetworkScalar

  /// The layers that the stage does itself; the network goes on with the next one.
  var layerCount: Int { get }

  /// How many parameters, from the first on, have their gradients in the stage. They are divided among the workers, and
  /// no sum over workers is needed.
  var parameterCount: Int { get }

  /// Leaves what the first layer after the stage takes in the workspace.
  ///
  /// - Parameter barrier: Where the workers wait for one another, if they do.
  func forward(_ pass: InputPass<Scalar>, barrier: Barrier)

  /// Takes over ∂L/∂(output of the stage) of the rows of the pass, and writes the gradients of those parameters of its
  /// layers that every worker sums for itself.
  func backward(
    _ pass: InputPass<Scalar>, outputGradients: UnsafePointer<Scalar>,
    parameterGradients: UnsafeMutablePointer<Scalar>)

  /// Computes the gradients that are in the stage, for the parameters of one worker. After a barrier behind `backward`.
  func computeGradients(worker: Int, samples: Int)

  /// Calls `body` with stretches of the parameters of a worker and where their gradients are; nil where these are all 0.
  func forEachStretch(of worker: Int, _ body: (Range<Int>, UnsafePointer<Scalar>?) -> Void)
}

/// What an input stage sees of a step.
@safe
struct InputPass<Scalar: NetworkScalar> {
  let worker: Int
  /// All samples of the mini-batch.
  let indices: UnsafePointer<Int>
  let samples: Int
  /// The worker's share of them.
  let rows: Range<Int>
  let parameters: UnsafePointer<Scalar>
  let workspace: Workspace<Scalar>
}

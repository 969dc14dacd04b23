/// What one worker of a training step has for itself; touched by others only after a barrier.
final class TrainingWorker<Scalar: NetworkScalar>: @unchecked Sendable {
  let workspace: Workspace<Scalar>
  let gradients: AlignedBuffer<Scalar>
  /// Room for the sum of one stretch of all workers' gradients.
  let block: AlignedBuffer<Scalar>
  var result = LossSum()
  /// Of the gradients in this worker's share of the parameters.
  var sumOfSquares = 0.0

  /// Numbers that are added and updated at one go; small enough for the first-level cache.
  static var blockCount: Int { 2_048 }

  init(_ layout: WorkspaceLayout, parameterCount: Int) {
    workspace = Workspace(layout)
    gradients = AlignedBuffer(count: parameterCount)
    block = AlignedBuffer(count: Self.blockCount)
  }
}

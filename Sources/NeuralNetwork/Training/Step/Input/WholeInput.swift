import Threads

/// The undivided case: each worker gathers its rows, and all layers are those of the network.
final class WholeInput<Scalar: NetworkScalar>: InputStage {
  private let data: DatasetInputs<Scalar>

  init(_ data: DatasetInputs<Scalar>) {
    self.data = data
  }

  var layerCount: Int { 0 }
  var parameterCount: Int { 0 }

  @specialized(where Scalar == Float)
  func forward(_ pass: InputPass<Scalar>, barrier: Barrier) {
    unsafe data.gather(pass.indices + pass.rows.lowerBound, rows: pass.rows.count, into: pass.workspace.input)
  }

  func backward(
    _ pass: InputPass<Scalar>, outputGradients: UnsafePointer<Scalar>,
    parameterGradients: UnsafeMutablePointer<Scalar>
  ) {}

  func computeGradients(worker: Int, samples: Int) {}

  func forEachStretch(of worker: Int, _ body: (Range<Int>, UnsafePointer<Scalar>?) -> Void) {}
}

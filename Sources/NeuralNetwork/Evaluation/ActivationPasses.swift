/// Runs a network over a few samples at a time, in inference mode, and keeps the values between its layers: a memory for
/// each of several workers, which is used again for each pass.
package final class ActivationPasses<Scalar: NetworkScalar>: Sendable {
  /// What runs.
  package let network: Network<Scalar>
  /// The most rows of a pass.
  package let capacity: Int
  private let values: ValueBuffers<Scalar>
  private let workspaces: [Workspace<Scalar>]

  /// How many rows a pass over a network takes, so that their values stay near the processor. It depends on the layers
  /// alone: matrix products of another number of rows may round otherwise.
  package static func rows(for architecture: Architecture<Scalar>) -> Int {
    let layout = WorkspaceLayout(of: architecture, capacity: 1, mode: .inference, keepsOutputs: true)
    return max(1, min(256, (1 << 18) / max(layout.perRow, 1)))
  }

  /// Allocates the memory of all workers, and copies the values of the network.
  ///
  /// - Throws: `NetworkError` with the code `tooLarge` if the values of so many rows are too many.
  package init(_ network: Network<Scalar>, capacity: Int, workers: Int) throws(NetworkError) {
    self.network = network
    self.capacity = capacity
    let layout = WorkspaceLayout(of: network.architecture, capacity: capacity, mode: .inference, keepsOutputs: true)
    try layout.check(at: "activations")
    values = ValueBuffers(network)
    workspaces = (0..<workers).map { _ in Workspace(layout) }
  }

  /// Computes the values after each layer for some samples, at most `capacity`.
  ///
  /// - Parameter rows: The samples, one after another. What is more than `capacity` of them is left out.
  /// - Returns: How many samples there are.
  @discardableResult
  package func run(_ rows: UnsafeBufferPointer<Scalar>, worker: Int) -> Int {
    let (workspace, width) = (workspaces[worker], network.architecture.inputCount)
    let count = min(rows.count / width, capacity)
    guard count > 0, let first = rows.baseAddress else { return 0 }
    unsafe workspace.input.update(from: first, count: count * width)
    network.architecture.forward(
      workspace, values: values.pointers, rows: count, depth: network.architecture.layers.count)
    return count
  }

  /// The values of the last pass of a worker that come into a layer; for the number of layers, the network's output.
  ///
  /// - Parameter rows: How many samples the pass had. They lie one after another.
  package func values(before layer: Int, rows: Int, worker: Int) -> UnsafeBufferPointer<Scalar> {
    let layers = network.architecture.layers
    let width = layer < layers.count ? layers[layer].inputCount : network.architecture.outputCount
    return unsafe UnsafeBufferPointer(start: workspaces[worker].inputOfLayer(layer), count: rows * width)
  }
}

/// Where the values of a network are.
@safe
struct ValuePointers<Scalar: NetworkScalar> {
  let parameters: UnsafePointer<Scalar>
  let runningStatistics: UnsafePointer<Scalar>
}

/// The values of a network in memory that does not move, as training changes them.
final class ValueBuffers<Scalar: NetworkScalar>: Sendable {
  let parameters: AlignedBuffer<Scalar>
  let runningStatistics: AlignedBuffer<Scalar>

  init(_ network: Network<Scalar>) {
    parameters = AlignedBuffer(network.parameters)
    runningStatistics = AlignedBuffer(network.runningStatistics)
  }

  var pointers: ValuePointers<Scalar> {
    unsafe ValuePointers(parameters: parameters.pointer, runningStatistics: runningStatistics.pointer)
  }

  var areFinite: Bool {
    [parameters, runningStatistics].allSatisfy { buffer in
      unsafe UnsafeBufferPointer(start: buffer.pointer, count: buffer.count).allSatisfy(\.isFinite)
    }
  }
}

extension Architecture {
  /// Computes the outputs of the first `depth` layers from the workspace's input.
  ///
  /// - Parameter first: The layer to begin with; the output of the one before is in the workspace.
  /// - Parameter batch: The place of the rows in their mini-batch; nil if they are all of it, or for inference.
  func forward(
    _ workspace: Workspace<Scalar>, values: ValuePointers<Scalar>, rows: Int, from first: Int = 0, depth: Int,
    batch: BatchShare<Scalar>? = nil
  ) {
    let batch = batch ?? BatchShare(samples: rows)
    for index in first..<depth {
      unsafe layers[index].forward(
        ForwardPass(
          mode: workspace.mode, rows: rows, input: workspace.inputOfLayer(index),
          output: workspace.outputs[index], parameters: values.parameters + offsets[index],
          runningStatistics: values.runningStatistics + statisticsOffsets[index],
          scratch: workspace.scratch[index], batch: batch))
    }
  }

  /// Takes ∂L/∂(output of the first `depth` layers), which the loss left in the workspace, back through them.
  ///
  /// - Parameter batch: The same as in the forward pass.
  /// - Parameter last: The layer to end with, 0 for all.
  /// - Returns: ∂L/∂input of that layer if it is not the first or if `wantsInputGradient`, otherwise memory without meaning.
  @discardableResult
  func backward(
    _ workspace: Workspace<Scalar>, values: ValuePointers<Scalar>,
    parameterGradients: UnsafeMutablePointer<Scalar>, rows: Int, depth: Int, to last: Int = 0,
    batch: BatchShare<Scalar>? = nil, wantsInputGradient: Bool = false
  ) -> UnsafePointer<Scalar> {
    let batch = batch ?? BatchShare(samples: rows)
    var (current, other) = unsafe workspace.gradients
    for index in stride(from: depth - 1, through: last, by: -1) {
      let layer = layers[index]
      let inPlace = layer.memoryUse.worksInPlace
      unsafe layer.backward(
        BackwardPass(
          rows: rows, input: workspace.inputOfLayer(index), output: workspace.outputs[index],
          outputGradient: current,
          inputGradient: index > 0 || wantsInputGradient ? (inPlace ? current : other) : nil,
          parameters: values.parameters + offsets[index],
          parameterGradients: parameterGradients + offsets[index], scratch: workspace.scratch[index],
          batch: batch))
      if !inPlace { unsafe swap(&current, &other) }
    }
    return unsafe UnsafePointer(current)
  }

  /// Takes what the first `depth` layers found in the last forward pass into their running statistics.
  func updateRunningStatistics(
    _ workspace: Workspace<Scalar>, statistics: UnsafeMutablePointer<Scalar>, depth: Int,
    batch: BatchShare<Scalar>
  ) {
    for index in 0..<depth where !layers[index].runningStatistics.isEmpty {
      unsafe layers[index].updateRunningStatistics(
        statistics + statisticsOffsets[index], scratch: workspace.scratch[index], batch: batch)
    }
  }
}

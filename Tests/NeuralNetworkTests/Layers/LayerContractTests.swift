import Testing

@testable import NeuralNetwork

/// What a layer may rely on: the mode of a pass, and scratch memory that lasts from forward to backward.
struct LayerContractTests {
  /// Multiplies by 1 + row in training, notes the factor in its scratch, and does nothing in inference.
  private struct RowScaling: Layer {
    typealias Scalar = Double
    let inputShape = [2]
    let outputShape = [2]
    let scratchCountPerRow = 1

    func forward(_ pass: ForwardPass<Double>) {
      for row in 0..<pass.rows {
        let factor = pass.mode == .training ? Double(1 + row) : 1
        pass.scratch[row] = factor
        for column in 0..<2 { pass.output[row * 2 + column] = pass.input[row * 2 + column] * factor }
      }
    }

    func backward(_ pass: BackwardPass<Double>) {
      for row in 0..<pass.rows {
        for column in 0..<2 {
          pass.inputGradient?[row * 2 + column] = pass.outputGradient[row * 2 + column] * pass.scratch[row]
        }
      }
    }
  }

  @Test func theModeAndTheScratchMemoryReachALayer() throws {
    let architecture = try Architecture<Double>(
      inputShape: [2], working: [(RowScaling(), .identity), (RowScaling(), .identity)])
    let input: [Double] = [1, 2, 3, 4, 5, 6]
    let training = Workspace<Double>(WorkspaceLayout(of: architecture, capacity: 3, mode: .training))
    training.input.update(from: input, count: 6)
    let parameters = AlignedBuffer<Double>(count: 1)
    let values = ValuePointers(
      parameters: UnsafePointer(parameters.pointer), runningStatistics: UnsafePointer(parameters.pointer))
    architecture.forward(training, values: values, rows: 3, depth: 2)
    let output = Array(UnsafeBufferPointer(start: training.inputOfLayer(2), count: 6))
    #expect(output == [1, 2, 12, 16, 45, 54])
    training.gradients.0.update(repeating: 1, count: 6)
    let gradient = architecture.backward(
      training, values: values, parameterGradients: parameters.pointer, rows: 3, depth: 2,
      wantsInputGradient: true)
    #expect(Array(UnsafeBufferPointer(start: gradient, count: 6)) == [1, 1, 4, 4, 9, 9])

    let inference = Workspace<Double>(WorkspaceLayout(of: architecture, capacity: 3, mode: .inference))
    inference.input.update(from: input, count: 6)
    architecture.forward(inference, values: values, rows: 3, depth: 2)
    #expect(Array(UnsafeBufferPointer(start: inference.inputOfLayer(2), count: 6)) == input)
  }
}

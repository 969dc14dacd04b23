/// The memory of one thread for passes over at most `capacity` rows; allocated once, used for each batch.
///
/// For training each layer has its own output, because the backward pass needs it. For inference two
/// buffers take turns.
final class Workspace<Scalar: NetworkScalar>: @unchecked Sendable {
  let capacity: Int
  let mode: PassMode
  let input: UnsafeMutablePointer<Scalar>
  /// The output of each layer.
  let outputs: [UnsafeMutablePointer<Scalar>]
  let scratch: [UnsafeMutablePointer<Scalar>]
  /// The loss writes ∂L/∂output to the first; then the two take turns, layer by layer.
  let gradients: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
  let labels: UnsafeMutablePointer<Int32>
  let targets: UnsafeMutablePointer<Scalar>
  private let buffers: [AlignedBuffer<Scalar>]

  init(stack: LayerStack<Scalar>, capacity: Int, mode: PassMode) {
    self.capacity = capacity
    self.mode = mode
    var buffers: [AlignedBuffer<Scalar>] = []
    func allocate(_ width: Int) -> UnsafeMutablePointer<Scalar> {
      let buffer = AlignedBuffer<Scalar>(count: capacity * width)
      buffers.append(buffer)
      return buffer.pointer
    }
    let widths = stack.layers.map(\.outputCount)
    let widest = max(stack.inputCount, widths.max() ?? 0)
    input = allocate(stack.inputCount)
    switch mode {
    case .training:
      outputs = widths.map { allocate($0) }
      gradients = (allocate(widest), allocate(widest))
    case .inference:
      let pair = [allocate(widest), allocate(widest)]
      outputs = widths.indices.map { pair[$0 % 2] }
      let space = allocate(stack.outputCount)
      gradients = (space, space)
    }
    scratch = stack.layers.map { allocate($0.scratchCountPerRow) }
    targets = allocate(stack.outputCount)
    self.buffers = buffers
    labels = .allocate(capacity: capacity)
    labels.initialize(repeating: 0, count: capacity)
  }

  deinit {
    labels.deallocate()
  }

  /// Checks that a workspace for training with `capacity` rows keeps within the limit of elements.
  static func check(stack: LayerStack<Scalar>, capacity: Int, at place: String) throws(NetworkError) {
    let widths = stack.layers.map { $0.outputCount + $0.scratchCountPerRow }
    let perRow = widths.reduce(stack.inputCount, +) + 2 * max(stack.inputCount, widths.max() ?? 0)
    let (count, overflow) = perRow.multipliedReportingOverflow(by: capacity)
    guard !overflow, count <= SizeLimits.elements else {
      throw NetworkError(
        .tooLarge, at: place, expected: "a working memory of at most \(SizeLimits.elements) numbers",
        found: "\(perRow) numbers for each of \(capacity) samples")
    }
  }

  /// The values that come into the layer at `index`; for the number of layers, the network's output.
  func inputOfLayer(_ index: Int) -> UnsafeMutablePointer<Scalar> {
    index == 0 ? input : outputs[index - 1]
  }
}

extension LayerStack {
  /// Computes the outputs of the first `depth` layers from the workspace's input.
  func forward(_ workspace: Workspace<Scalar>, parameters: UnsafePointer<Scalar>, rows: Int, depth: Int) {
    for index in 0..<depth {
      layers[index].forward(
        ForwardPass(
          mode: workspace.mode, rows: rows, input: workspace.inputOfLayer(index),
          output: workspace.outputs[index], parameters: parameters + offsets[index],
          scratch: workspace.scratch[index]))
    }
  }

  /// Takes ∂L/∂(output of the first `depth` layers), which the loss left in the workspace, back through them.
  ///
  /// - Returns: ∂L/∂input if `wantsInputGradient`, otherwise memory without meaning.
  @discardableResult
  func backward(
    _ workspace: Workspace<Scalar>, parameters: UnsafePointer<Scalar>,
    parameterGradients: UnsafeMutablePointer<Scalar>, rows: Int, depth: Int, wantsInputGradient: Bool = false
  ) -> UnsafePointer<Scalar> {
    var (current, other) = workspace.gradients
    for index in stride(from: depth - 1, through: 0, by: -1) {
      layers[index].backward(
        BackwardPass(
          rows: rows, input: workspace.inputOfLayer(index), output: workspace.outputs[index],
          outputGradient: current, inputGradient: index > 0 || wantsInputGradient ? other : nil,
          parameters: parameters + offsets[index], parameterGradients: parameterGradients + offsets[index],
          scratch: workspace.scratch[index]))
      swap(&current, &other)
    }
    return UnsafePointer(current)
  }
}

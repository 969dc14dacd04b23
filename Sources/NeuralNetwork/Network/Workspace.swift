/// The memory of one thread for passes over at most `capacity` rows; allocated once, used for each batch.
///
/// For training each layer has its own output, because the backward pass needs it; only those that may, and
/// whose input no one reads again, write over their input. For inference two buffers take turns.
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

  /// - Parameter hasInput: Whether passes begin with the first layer, and so with `input`.
  init(stack: LayerStack<Scalar>, capacity: Int, mode: PassMode, hasInput: Bool = true) {
    self.capacity = capacity
    self.mode = mode
    var buffers: [AlignedBuffer<Scalar>] = []
    func allocate(count: Int) -> UnsafeMutablePointer<Scalar> {
      let buffer = AlignedBuffer<Scalar>(count: count)
      buffers.append(buffer)
      return buffer.pointer
    }
    func allocate(_ width: Int) -> UnsafeMutablePointer<Scalar> { allocate(count: capacity * width) }
    let widths = stack.layers.map(\.outputCount)
    let widest = max(stack.inputCount, widths.max() ?? 0)
    input = allocate(hasInput ? stack.inputCount : 0)
    switch mode {
    case .training:
      var previous = input
      outputs = widths.indices.map { index in
        if !stack.overwritesInput[index] { previous = allocate(widths[index]) }
        return previous
      }
      gradients = (allocate(widest), allocate(widest))
    case .inference:
      var (previous, other) = (allocate(widest), allocate(widest))
      outputs = stack.layers.map { layer in
        if !layer.memoryUse.worksInPlace { swap(&previous, &other) }
        return previous
      }
      let space = allocate(stack.outputCount)
      gradients = (space, space)
    }
    scratch = stack.layers.map { layer in
      allocate(count: layer.fixedScratchCount + capacity * layer.scratchCountPerRow)
    }
    targets = allocate(stack.outputCount)
    self.buffers = buffers
    labels = .allocate(capacity: capacity)
    labels.initialize(repeating: 0, count: capacity)
  }

  /// How many numbers the buffers hold.
  var elementCount: Int { buffers.reduce(0) { $0 + $1.count } }

  deinit {
    labels.deallocate()
  }

  /// Checks that a workspace for training with `capacity` rows keeps within the limit of elements.
  static func check(stack: LayerStack<Scalar>, capacity: Int, at place: String) throws(NetworkError) {
    let widths = stack.layers.map { $0.outputCount + $0.scratchCountPerRow }
    let perRow = widths.reduce(stack.inputCount, +) + 2 * max(stack.inputCount, widths.max() ?? 0)
    let fixed = stack.layers.reduce(0) { $0 + $1.fixedScratchCount }
    let (count, overflow) = perRow.multipliedReportingOverflow(by: capacity)
    guard !overflow, fixed <= SizeLimits.elements, count <= SizeLimits.elements - fixed else {
      throw NetworkError(
        .tooLarge, at: place, expected: "a working memory of at most \(SizeLimits.elements) numbers",
        found: "\(perRow) numbers for each of \(capacity) samples" + (fixed > 0 ? ", and \(fixed) for all" : ""))
    }
  }

  /// The values that come into the layer at `index`; for the number of layers, the network's output.
  func inputOfLayer(_ index: Int) -> UnsafeMutablePointer<Scalar> {
    index == 0 ? input : outputs[index - 1]
  }
}

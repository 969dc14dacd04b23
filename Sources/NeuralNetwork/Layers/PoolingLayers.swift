/// The greatest value of each window of each channel; of equal ones the first, in rows from the top. A NaN
/// counts as greatest, so that it cannot hide from the loss.
///
/// The scratch memory keeps the place of the greatest value in its window, i · size + j. Backward, each
/// gradient goes to that place alone.
struct MaximumPoolingLayer<Scalar: NetworkScalar>: Layer {
  let inputShape: [Int]
  let outputShape: [Int]
  private let window: SlidingWindow

  init(_ layer: FittedLayer) throws(NetworkError) {
    window = SlidingWindow(layer, size: try layer.integer("size"), stride: try layer.integer("stride"))
    // Places in a window are stored as numbers of this type, which has to tell all of them apart.
    let greatest = 4096
    guard window.size <= greatest else {
      throw NetworkError(
        .tooLarge, at: layer.place, expected: "a window size of at most \(greatest)", found: "\(window.size)")
    }
    inputShape = layer.inputShape
    outputShape = layer.outputShape
  }

  var scratchCountPerRow: Int { outputCount }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    unsafe Scalar.kernels.loops.maximumPool(
      pass.input, window, planes: pass.rows * window.channels, output: pass.output, places: pass.scratch)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = unsafe pass.inputGradient else { return }
    unsafe Scalar.kernels.loops.maximumPoolBackward(
      pass.outputGradient, places: pass.scratch, window, planes: pass.rows * window.channels,
      inputGradient: inputGradient)
  }
}

/// The mean of each window of each channel. Backward, each value of a window gets an equal part of the gradient.
struct AveragePoolingLayer<Scalar: NetworkScalar>: Layer {
  let inputShape: [Int]
  let outputShape: [Int]
  private let window: SlidingWindow

  init(_ layer: FittedLayer) throws(NetworkError) {
    window = SlidingWindow(layer, size: try layer.integer("size"), stride: try layer.integer("stride"))
    inputShape = layer.inputShape
    outputShape = layer.outputShape
  }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    unsafe Scalar.kernels.loops.averagePool(
      pass.input, window, planes: pass.rows * window.channels, output: pass.output)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = unsafe pass.inputGradient else { return }
    unsafe Scalar.kernels.loops.averagePoolBackward(
      pass.outputGradient, window, planes: pass.rows * window.channels, inputGradient: inputGradient)
  }
}

/// Y[f] = b[f] + Σ_c Σ_ij W[f, c, i, j] · X[c, y · stride + i − padding, x · stride + j − padding].
///
/// Each image is unfolded to a matrix C[channels · size², windows] with one window in each column; so the
/// layer becomes products of matrices: Y = W·C + b, ∂L/∂W = G·Cᵀ and ∂L/∂C = Wᵀ·G, which is folded back by
/// adding up what belongs to one place of the image. Image after image, so that the matrix stays in the cache
/// and its memory does not grow with the mini-batch; the backward pass unfolds again, which costs less than
/// to keep the matrices.
struct ConvolutionLayer<Scalar: NetworkScalar>: Layer {
  let inputShape: [Int]
  let outputShape: [Int]
  let parameters: [ParameterSpecification]
  private let window: SlidingWindow
  private let filters: Int
  /// The values of one window.
  private let depth: Int

  init(_ layer: FittedLayer) throws(NetworkError) {
    window = SlidingWindow(
      layer, size: try layer.integer("kernel_size"), stride: try layer.integer("stride"),
      padding: try layer.integer("padding"))
    filters = try layer.integer("filters")
    depth = window.channels * window.size * window.size
    try SizeLimits.check(shape: [depth, window.outputPlane], at: "\(layer.place): windows of one image")
    inputShape = layer.inputShape
    outputShape = layer.outputShape
    parameters = layer.parameters
  }

  var fixedScratchCount: Int { isPointwise ? 0 : depth * window.outputPlane }

  /// Whether each window is one place, so that the image is its own unfolded matrix.
  private var isPointwise: Bool { window.size == 1 && window.stride == 1 }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    let kernels = Scalar.kernels.loops
    let positions = window.outputPlane
    let bias = unsafe pass.parameters + filters * depth
    for row in 0..<pass.rows {
      let output = unsafe pass.output + row * outputCount
      unsafe kernels.fillPlanes(bias, planes: filters, positions: positions, output: output)
      unsafe kernels.multiply(
        MatrixProduct(
          left: pass.parameters, right: unfolded(pass.input + row * inputCount, pass.scratch, kernels),
          rows: filters, columns: positions, inner: depth, accumulation: 1, output: output))
    }
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    let kernels = Scalar.kernels.loops
    let positions = window.outputPlane
    let weightGradient = unsafe pass.parameterGradients
    unsafe weightGradient.update(repeating: 0, count: filters * depth)
    unsafe kernels.sumChannels(
      ChannelValues(pass.outputGradient, rows: pass.rows, channels: filters, positions: positions),
      sums: pass.parameterGradients + filters * depth)
    for row in 0..<pass.rows {
      let gradient = unsafe pass.outputGradient + row * outputCount
      unsafe kernels.multiply(
        MatrixProduct(
          left: gradient, right: unfolded(pass.input + row * inputCount, pass.scratch, kernels),
          rightTransposed: true, rows: filters, columns: depth, inner: positions, accumulation: 1,
          output: weightGradient))
      guard let inputGradient = unsafe pass.inputGradient.map({ unsafe $0 + row * inputCount }) else { continue }
      unsafe kernels.multiply(
        MatrixProduct(
          left: pass.parameters, leftTransposed: true, right: gradient, rows: depth, columns: positions,
          inner: filters, accumulation: 0, output: isPointwise ? inputGradient : pass.scratch))
      if !isPointwise { unsafe kernels.fold(pass.scratch, window, image: inputGradient) }
    }
  }

  private func unfolded(
    _ image: UnsafePointer<Scalar>, _ scratch: UnsafeMutablePointer<Scalar>, _ kernels: any Kernels<Scalar>
  ) -> UnsafePointer<Scalar> {
    guard !isPointwise else { return unsafe image }
    unsafe kernels.unfold(image, window, columns: scratch)
    return unsafe UnsafePointer(scratch)
  }
}

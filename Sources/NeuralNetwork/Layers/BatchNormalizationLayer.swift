/// y = γ x̂ + β with x̂ = (x − μ) / √(σ² + ε), for each channel of [channels, height, width], for each value of
/// other shapes.
///
/// μ and σ² are mean and variance over all n values of the channel in the whole mini-batch, whichever workers
/// have them: each sums its own rows, and `BatchShare.sum` adds up the sums. Backward, with g = ∂L/∂y:
/// ∂L/∂γ = Σ g x̂, ∂L/∂β = Σ g and ∂L/∂x = γ / √(σ² + ε) · (g − Σ g / n − x̂ · Σ g x̂ / n).
struct BatchNormalizationLayer<Scalar: NetworkScalar>: Layer {
  let shape: [Int]
  let parameters: [ParameterSpecification]
  let runningStatistics: [ParameterSpecification]
  private let channels: Int
  private let positions: Int
  private let momentum: Scalar
  private let epsilon: Scalar

  init(_ layer: FittedLayer) throws(NetworkError) {
    shape = layer.inputShape
    channels = shape.count == 3 ? shape[0] : shape.reduce(1, *)
    positions = shape.count == 3 ? shape[1] * shape[2] : 1
    momentum = Scalar(try layer.number("momentum"))
    epsilon = Scalar(try layer.number("epsilon"))
    parameters = layer.parameters
    runningStatistics = layer.runningStatistics
  }

  var inputShape: [Int] { shape }
  var outputShape: [Int] { shape }
  /// Mean and variance of the mini-batch, factors, sums, and sums of products.
  var fixedScratchCount: Int { 5 * channels }
  var sharedSumCount: Int { 2 * channels }
  /// A single value is its own mean: x̂ would be 0 whatever x is, and nothing in front of the layer would learn.
  var leastBatchSize: Int { positions == 1 ? 2 : 1 }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    let kernels = Scalar.kernels.loops
    let values = unsafe ChannelValues(pass.input, rows: pass.rows, channels: channels, positions: positions)
    var mean = unsafe pass.runningStatistics
    var variance = unsafe mean + channels
    if pass.mode == .training {
      let measured = unsafe pass.scratch
      let share = 1 / Scalar(pass.batch.samples * positions)
      unsafe kernels.sumChannels(values, sums: measured)
      unsafe pass.batch.sum(measured, count: channels)
      for channel in 0..<channels { unsafe measured[channel] *= share }
      unsafe kernels.sumSquaredDeviations(values, mean: measured, sums: measured + channels)
      unsafe pass.batch.sum(measured + channels, count: channels)
      for channel in channels..<2 * channels { unsafe measured[channel] *= share }
      unsafe mean = unsafe UnsafePointer(measured)
      unsafe variance = unsafe mean + channels
    }
    let factors = unsafe pass.scratch + 2 * channels
    for channel in 0..<channels {
      unsafe factors[channel] = unsafe pass.parameters[channel] / (variance[channel] + epsilon).squareRoot()
    }
    unsafe kernels.normalize(
      values, mean: mean, factors: factors, shifts: pass.parameters + channels, output: pass.output)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    let kernels = Scalar.kernels.loops
    let values = unsafe ChannelValues(pass.input, rows: pass.rows, channels: channels, positions: positions)
    let (mean, variance) = unsafe (pass.scratch, pass.scratch + channels)
    let (factors, sums) = unsafe (pass.scratch + 2 * channels, pass.scratch + 3 * channels)
    let products = unsafe sums + channels
    unsafe kernels.sumGradients(
      pass.outputGradient, values, mean: mean, sums: sums, products: products)
    for channel in 0..<channels {
      unsafe pass.parameterGradients[channel] = unsafe products[channel] / (variance[channel] + epsilon).squareRoot()
      unsafe pass.parameterGradients[channels + channel] = unsafe sums[channel]
    }
    guard let inputGradient = unsafe pass.inputGradient else { return }
    unsafe pass.batch.sum(sums, count: 2 * channels)
    let share = 1 / Scalar(pass.batch.samples * positions)
    for channel in 0..<channels {
      unsafe sums[channel] *= -factors[channel] * share
      unsafe products[channel] *= -factors[channel] * share / (variance[channel] + epsilon)
    }
    unsafe kernels.normalizeBackward(
      pass.outputGradient, values, mean: mean, factors: factors, slopes: products, shifts: sums,
      inputGradient: inputGradient)
  }

  /// With one value for each channel there is no variance to learn from; then nothing changes.
  func updateRunningStatistics(
    _ statistics: UnsafeMutablePointer<Scalar>, scratch: UnsafePointer<Scalar>, batch: BatchShare<Scalar>
  ) {
    let count = batch.samples * positions
    guard count > 1 else { return }
    let unbiased = Scalar(count) / Scalar(count - 1)
    for channel in 0..<channels {
      let variance = unsafe scratch[channels + channel] * unbiased
      unsafe statistics[channel] += momentum * (scratch[channel] - statistics[channel])
      unsafe statistics[channels + channel] += momentum * (variance - statistics[channels + channel])
    }
  }
}

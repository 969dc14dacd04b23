/// x for x > 0, otherwise slope · x (Maas et al., 2013); the derivative at 0 is the slope.
struct LeakyReLULayer<Scalar: NetworkScalar>: Layer {
  let shape: [Int]
  private let slope: Scalar

  init(shape: [Int], slope: Double, place: String) throws(NetworkError) {
    // With a slope of at least 0 the sign of the output tells the sign of the input.
    guard slope >= 0, Scalar(slope).isFinite else {
      throw NetworkError(
        .valueOutOfRange, at: place, expected: "a finite slope of at least 0", found: "\(slope)")
    }
    self.shape = shape
    self.slope = Scalar(slope)
  }

  var inputShape: [Int] { shape }
  var outputShape: [Int] { shape }
  var memoryUse: MemoryUse { MemoryUse(worksInPlace: true, readsOutputInBackward: true) }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    Scalar.kernels.loops.leakyRectify(
      pass.input, slope: slope, count: pass.rows * outputCount, output: pass.output)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = pass.inputGradient else { return }
    Scalar.kernels.loops.leakyRectifyBackward(
      output: pass.output, outputGradient: pass.outputGradient, slope: slope, count: pass.rows * outputCount,
      inputGradient: inputGradient)
  }
}

/// x Φ(x) with the distribution function Φ(x) = ½ (1 + erf(x / √2)) of the normal distribution, not its
/// approximation by tanh; the derivative is Φ(x) + x e^(−x²/2) / √(2π).
struct GELULayer<Scalar: NetworkScalar>: Layer {
  let shape: [Int]

  var inputShape: [Int] { shape }
  var outputShape: [Int] { shape }

  @specialized(where Scalar == Float)
  func forward(_ pass: ForwardPass<Scalar>) {
    Scalar.kernels.loops.gelu(pass.input, count: pass.rows * outputCount, output: pass.output)
  }

  @specialized(where Scalar == Float)
  func backward(_ pass: BackwardPass<Scalar>) {
    guard let inputGradient = pass.inputGradient else { return }
    Scalar.kernels.loops.geluBackward(
      input: pass.input, outputGradient: pass.outputGradient, count: pass.rows * outputCount,
      inputGradient: inputGradient)
  }
}

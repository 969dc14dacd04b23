/// One layer of a network as its author writes it; shapes follow from the input shape.
public enum LayerSpecification: Sendable, Equatable, Hashable {
  /// x ↦ x·W + b with W[inputs, outputs] and b[outputs]. Inputs of higher rank are flattened first.
  case affine(outputs: Int)
  /// Each filter's weights times each `kernelSize` × `kernelSize` window of all channels, plus its bias.
  ///
  /// Inputs [channels, height, width], or [height, width] for one channel; outputs [filters, height′, width′]
  /// with height′ = ⌊(height + 2·padding − kernelSize) / stride⌋ + 1. Weights [filters, channels, kernelSize,
  /// kernelSize]. The padding, less than `kernelSize`, is zeros on each side.
  case convolution(filters: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0)
  /// The greatest value of each `size` × `size` window of each channel. What does not fill a window is left out.
  case maximumPooling(size: Int, stride: Int)
  /// The mean of each `size` × `size` window of each channel. What does not fill a window is left out.
  case averagePooling(size: Int, stride: Int)
  /// The same values in a shape of one dimension.
  case flatten
  /// In training each value becomes 0 with probability `rate` in [0, 1), and is divided by 1 − rate otherwise;
  /// in inference all stay (Srivastava et al., 2014).
  case dropout(rate: Double)
  /// γ (x − μ) / √(σ² + epsilon) + β for each channel of inputs of rank 3, for each value of others (Ioffe and
  /// Szegedy, 2015).
  ///
  /// In training μ and σ² are mean and variance over the whole mini-batch, in inference running ones:
  /// running ← (1 − momentum) · running + momentum · batch, where the batch's variance is the unbiased one.
  case batchNormalization(momentum: Double = 0.1, epsilon: Double = 1e-5)
  /// 1 / (1 + e⁻ˣ) for each value.
  case sigmoid
  /// max(x, 0) for each value.
  case relu
  /// x for x > 0, otherwise slope · x, with a slope of at least 0.
  case leakyReLU(slope: Double = 0.01)
  /// x Φ(x) with Φ(x) = ½ (1 + erf(x / √2)), in its exact form (Hendrycks and Gimpel, 2016).
  case gelu
  /// tanh x for each value.
  case tanh
  /// x itself, the output of a regression.
  case identity
  /// e^(x_i) / Σ_k e^(x_k) over all values of a sample, the output of a classification.
  case softmax

  /// Windows that touch, but do not overlap.
  public static func maximumPooling(size: Int) -> LayerSpecification {
    .maximumPooling(size: size, stride: size)
  }

  /// Windows that touch, but do not overlap.
  public static func averagePooling(size: Int) -> LayerSpecification {
    .averagePooling(size: size, stride: size)
  }

  /// The name of the kind of layer, as in "affine1.weight" and in files.
  public var kind: String {
    switch self {
    case .affine: "affine"
    case .convolution: "conv"
    case .maximumPooling: "maxpool"
    case .averagePooling: "averagepool"
    case .flatten: "flatten"
    case .dropout: "dropout"
    case .batchNormalization: "batchnorm"
    case .sigmoid: "sigmoid"
    case .relu: "relu"
    case .leakyReLU: "leakyrelu"
    case .gelu: "gelu"
    case .tanh: "tanh"
    case .identity: "identity"
    case .softmax: "softmax"
    }
  }

  /// The layer for inputs of `inputShape`, whose dimensions are at least 1 and whose size is checked.
  ///
  /// - Parameters:
  ///   - index: The place in the network, from 0.
  ///   - place: The same in words, for errors.
  func makeLayer<Scalar: NetworkScalar>(
    inputShape: [Int], index: Int, place: String
  ) throws(NetworkError) -> any Layer<Scalar> {
    switch self {
    case .affine(let outputs):
      try AffineLayer<Scalar>(inputShape: inputShape, outputs: outputs, place: place)
    case .convolution(let filters, let kernelSize, let stride, let padding):
      try ConvolutionLayer<Scalar>(
        window: SlidingWindow(inputShape, size: kernelSize, stride: stride, padding: padding, place: place),
        inputShape: inputShape, filters: filters, place: place)
    case .maximumPooling(let size, let stride):
      try MaximumPoolingLayer<Scalar>(
        window: SlidingWindow(inputShape, size: size, stride: stride, place: place), inputShape: inputShape,
        place: place)
    case .averagePooling(let size, let stride):
      AveragePoolingLayer<Scalar>(
        window: try SlidingWindow(inputShape, size: size, stride: stride, place: place),
        inputShape: inputShape)
    case .flatten: FlattenLayer<Scalar>(inputShape: inputShape)
    case .dropout(let rate): try DropoutLayer<Scalar>(shape: inputShape, rate: rate, index: index, place: place)
    case .batchNormalization(let momentum, let epsilon):
      try BatchNormalizationLayer<Scalar>(
        shape: inputShape, momentum: momentum, epsilon: epsilon, place: place)
    case .sigmoid: ActivationLayer<Scalar>(function: .sigmoid, shape: inputShape)
    case .relu: ActivationLayer<Scalar>(function: .relu, shape: inputShape)
    case .leakyReLU(let slope): try LeakyReLULayer<Scalar>(shape: inputShape, slope: slope, place: place)
    case .gelu: GELULayer<Scalar>(shape: inputShape)
    case .tanh: ActivationLayer<Scalar>(function: .tanh, shape: inputShape)
    case .identity: ActivationLayer<Scalar>(function: .identity, shape: inputShape)
    case .softmax: SoftmaxLayer<Scalar>(shape: inputShape)
    }
  }
}

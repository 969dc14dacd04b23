import LayerKinds

extension LayerSpecification {
  /// x ↦ x·W + b with W[inputs, outputs] and b[outputs]. Inputs of higher rank are flattened first.
  public static func affine(outputs: Int) -> LayerSpecification {
    LayerSpecification(.affine, [.integer(outputs)])
  }

  /// Each filter's weights times each `kernelSize` × `kernelSize` window of all channels, plus its bias.
  ///
  /// Inputs [channels, height, width], or [height, width] for one channel; outputs [filters, height′, width′]
  /// with height′ = ⌊(height + 2·padding − kernelSize) / stride⌋ + 1. Weights [filters, channels, kernelSize,
  /// kernelSize]. The padding, less than `kernelSize`, is zeros on each side.
  public static func convolution(
    filters: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0
  ) -> LayerSpecification {
    LayerSpecification(.conv, [.integer(filters), .integer(kernelSize), .integer(stride), .integer(padding)])
  }

  /// The greatest value of each `size` × `size` window of each channel. What does not fill a window is left out.
  ///
  /// - Parameter stride: The step from window to window; nil for windows that touch, but do not overlap.
  public static func maximumPooling(size: Int, stride: Int? = nil) -> LayerSpecification {
    LayerSpecification(.maxpool, [.integer(size), .integer(stride ?? size)])
  }

  /// The mean of each `size` × `size` window of each channel. What does not fill a window is left out.
  ///
  /// - Parameter stride: The step from window to window; nil for windows that touch, but do not overlap.
  public static func averagePooling(size: Int, stride: Int? = nil) -> LayerSpecification {
    LayerSpecification(.averagepool, [.integer(size), .integer(stride ?? size)])
  }

  /// The same values in a shape of one dimension.
  public static let flatten = LayerSpecification(.flatten)

  /// In training each value becomes 0 with probability `rate` in [0, 1), and is divided by 1 − rate otherwise;
  /// in inference all stay (Srivastava et al., 2014).
  public static func dropout(rate: Double) -> LayerSpecification { LayerSpecification(.dropout, [.number(rate)]) }

  /// γ (x − μ) / √(σ² + epsilon) + β for each channel of inputs of rank 3, for each value of others (Ioffe and
  /// Szegedy, 2015).
  ///
  /// In training μ and σ² are mean and variance over the whole mini-batch, in inference running ones:
  /// running ← (1 − momentum) · running + momentum · batch, where the batch's variance is the unbiased one.
  public static func batchNormalization(momentum: Double = 0.1, epsilon: Double = 1e-5) -> LayerSpecification {
    LayerSpecification(.batchnorm, [.number(momentum), .number(epsilon)])
  }

  /// max(x, 0) for each value.
  public static let relu = LayerSpecification(.relu)
  /// x for x > 0, otherwise slope · x, with a slope of at least 0.
  public static func leakyReLU(slope: Double = 0.01) -> LayerSpecification {
    LayerSpecification(.leakyrelu, [.number(slope)])
  }
  /// x Φ(x) with Φ(x) = ½ (1 + erf(x / √2)), in its exact form (Hendrycks and Gimpel, 2016).
  public static let gelu = LayerSpecification(.gelu)
  /// x σ(x) with σ(x) = 1 / (1 + e⁻ˣ) (Elfwing et al., 2018; Hendrycks and Gimpel, 2016).
  public static let silu = LayerSpecification(.silu)
  /// x for x > 0, otherwise alpha · (eˣ − 1), with an alpha above 0 (Clevert, Unterthiner and Hochreiter, 2016).
  public static func elu(alpha: Double = 1) -> LayerSpecification { LayerSpecification(.elu, [.number(alpha)]) }
  /// ln(1 + eˣ) for each value (Dugas et al., 2001).
  public static let softplus = LayerSpecification(.softplus)
  /// 1 / (1 + e⁻ˣ) for each value.
  public static let sigmoid = LayerSpecification(.sigmoid)
  /// tanh x for each value.
  public static let tanh = LayerSpecification(.tanh)
  /// x itself, the output of a regression.
  public static let identity = LayerSpecification(.identity)
  /// e^(x_i) / Σ_k e^(x_k) over all values of a sample, the output of a classification.
  public static let softmax = LayerSpecification(.softmax)
}

extension LayerSpecification {
  /// The layer for inputs of `inputShape`, whose dimensions are at least 1 and whose size is checked.
  ///
  /// - Parameters:
  ///   - index: The place in the network, from 0.
  ///   - place: The same in words, for errors.
  /// - Throws: `NetworkError` for an input that the kind of layer cannot take, a setting that it cannot have, or tensors
  ///   that are too large.
  func makeLayer<Scalar: NetworkScalar>(
    inputShape: [Int], index: Int, place: String
  ) throws(NetworkError) -> any Layer<Scalar> {
    let layer = try FittedLayer(self, inputShape: inputShape, index: index, place: place, for: Scalar.self)
    return switch layerKind {
    case .affine: AffineLayer<Scalar>(layer)
    case .conv: try ConvolutionLayer<Scalar>(layer)
    case .maxpool: try MaximumPoolingLayer<Scalar>(layer)
    case .averagepool: try AveragePoolingLayer<Scalar>(layer)
    case .flatten: FlattenLayer<Scalar>(inputShape: inputShape)
    case .dropout: DropoutLayer<Scalar>(shape: inputShape, rate: try layer.number("rate"), index: index)
    case .batchnorm: try BatchNormalizationLayer<Scalar>(layer)
    case .relu: ActivationLayer<Scalar>(function: .relu, shape: inputShape)
    case .leakyrelu: LeakyReLULayer<Scalar>(shape: inputShape, slope: Scalar(try layer.number("slope")))
    case .gelu: FunctionLayer<Scalar>(function: GELU(), shape: inputShape)
    case .silu: FunctionLayer<Scalar>(function: SiLU(), shape: inputShape)
    case .elu: FunctionLayer<Scalar>(function: ELU(alpha: try layer.number("alpha")), shape: inputShape)
    case .softplus: FunctionLayer<Scalar>(function: Softplus(), shape: inputShape)
    case .sigmoid: ActivationLayer<Scalar>(function: .sigmoid, shape: inputShape)
    case .tanh: ActivationLayer<Scalar>(function: .tanh, shape: inputShape)
    case .identity: ActivationLayer<Scalar>(function: .identity, shape: inputShape)
    case .softmax: SoftmaxLayer<Scalar>(shape: inputShape)
    }
  }
}

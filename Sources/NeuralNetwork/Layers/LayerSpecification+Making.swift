import LayerKinds

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
    case .gelu: GELULayer<Scalar>(shape: inputShape)
    case .sigmoid: ActivationLayer<Scalar>(function: .sigmoid, shape: inputShape)
    case .tanh: ActivationLayer<Scalar>(function: .tanh, shape: inputShape)
    case .identity: ActivationLayer<Scalar>(function: .identity, shape: inputShape)
    case .softmax: SoftmaxLayer<Scalar>(shape: inputShape)
    }
  }
}

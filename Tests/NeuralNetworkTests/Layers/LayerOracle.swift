import TestSupport
import Testing

/// A network of Tests/Oracles/layers.py, by its name there.
struct LayerCase: Sendable, CustomTestStringConvertible {
  let name: String
  let network: String
  let inputShape: [Int]
  var loss = "squared-error"

  var testDescription: String { name }

  /// What PyTorch computes: the loss, its gradients by name, the running statistics after one step, and the predictions
  /// with them.
  func values() throws -> [String: [Double]] { try #require(LayerOracle.values.get()[name]) }
}

enum LayerOracle {
  static let rows = 3

  static let values = Result { try Oracle.recorded("layers.json") as [String: [String: [Double]]] }

  static let cases: [LayerCase] = [
    LayerCase(name: "convolution", network: "conv(3,3,stride=2,padding=1)", inputShape: [2, 5, 4]),
    LayerCase(name: "convolution of one channel", network: "conv(2,2)", inputShape: [4, 5]),
    LayerCase(name: "convolution of single places", network: "conv(2,1)", inputShape: [3, 2, 3]),
    LayerCase(name: "maximum pooling", network: "maxpool(2)", inputShape: [2, 5, 4]),
    LayerCase(name: "wide maximum pooling", network: "maxpool(2)", inputShape: [3, 12]),
    LayerCase(name: "overlapping maximum pooling", network: "maxpool(3,stride=2)", inputShape: [7, 6]),
    LayerCase(name: "average pooling", network: "averagepool(2)", inputShape: [2, 5, 4]),
    LayerCase(name: "overlapping average pooling", network: "averagepool(3,stride=2)", inputShape: [7, 6]),
    LayerCase(name: "batch normalisation of channels", network: "batchnorm", inputShape: [2, 3, 2]),
    LayerCase(
      name: "batch normalisation of values", network: "batchnorm(momentum=0.25,epsilon=0.01)", inputShape: [4]),
    LayerCase(name: "leaky rectifier", network: "leakyrelu(0.125)", inputShape: [7]),
    LayerCase(name: "gelu", network: "gelu", inputShape: [7]),
    LayerCase(name: "silu", network: "silu", inputShape: [7]),
    LayerCase(name: "elu", network: "elu", inputShape: [7]),
    LayerCase(name: "elu with its own alpha", network: "elu(0.75)", inputShape: [7]),
    LayerCase(name: "softplus", network: "softplus", inputShape: [7]),
    LayerCase(
      name: "binary cross-entropy of one output", network: "dense(1) sigmoid", inputShape: [4],
      loss: "binary-cross-entropy"),
    LayerCase(
      name: "binary cross-entropy of several outputs", network: "dense(3) sigmoid", inputShape: [4],
      loss: "binary-cross-entropy"),
    LayerCase(
      name: "all together", network: "conv(2,3,padding=1) batchnorm gelu maxpool(2) flatten dense(3) softmax",
      inputShape: [2, 4, 4], loss: "cross-entropy"),
  ]
}

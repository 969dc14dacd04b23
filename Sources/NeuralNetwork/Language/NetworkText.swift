/// Layers as people write them, such as `conv(8,3) relu maxpool(2) flatten dense(64) relu dense(10)`.
///
/// Words stand for layers, first to last, with spaces between them. Arguments go by their place, or by their
/// name behind those that go by place: `conv(8,3)`, `conv(8,3,padding=1)` and `conv(filters=8,kernel_size=3)`.
///
/// | word | layer |
/// |---|---|
/// | `dense(outputs)`, `affine(outputs)` | `affine` |
/// | `conv(filters, kernel_size, stride=1, padding=0)` | `convolution` |
/// | `maxpool(size, stride=size)` | `maximumPooling` |
/// | `averagepool(size, stride=size)` | `averagePooling` |
/// | `flatten` | `flatten` |
/// | `dropout(rate)` | `dropout` |
/// | `batchnorm(momentum=0.1, epsilon=1e-05)` | `batchNormalization` |
/// | `leakyrelu(slope=0.01)` | `leakyReLU` |
/// | `relu`, `gelu`, `sigmoid`, `tanh`, `identity`, `softmax` | the activation of that name |
public struct NetworkText: Sendable {
  /// What was written.
  public let text: String
  /// The layers, first to last; at least one.
  public let layers: [LayerSpecification]
  /// The word of each layer.
  private let words: [NetworkWord]

  /// Reads a description. O(length).
  ///
  /// - Throws: `NetworkTextError` with the first word that cannot be read, or none for a text without words.
  public init(_ text: String) throws(NetworkTextError) {
    let words = try NetworkWord.split(text)
    var layers: [LayerSpecification] = []
    for word in words { layers.append(try word.layer()) }
    guard !layers.isEmpty else {
      throw NetworkTextError(
        text: text, word: nil, expected: "at least one of \(LayerWord.names.joined(separator: ", "))", found: "none")
    }
    self.text = text
    self.words = words
    self.layers = layers
  }

  /// Follows the shape of a sample through the layers.
  ///
  /// - Returns: the shape of one sample behind the last layer.
  /// - Throws: `NetworkTextError` with the first word whose layer cannot take what comes in, or has an argument
  ///   that no such layer can have.
  public func outputShape(inputShape: [Int]) throws(NetworkTextError) -> [Int] {
    var shape = inputShape
    for (index, layer) in layers.enumerated() {
      do {
        try SizeLimits.check(shape: shape, at: "input shape")
        let made: any Layer<Float> = try layer.makeLayer(
          inputShape: shape, index: index, place: layer.kind)
        shape = made.outputShape
      } catch {
        // The shape helps where neither it nor an argument of the word is what was found.
        let isPlain = error.code == .valueOutOfRange || error.found == "\(shape)"
        throw self.error(
          atLayer: index, expected: error.expected,
          found: error.found + (isPlain ? "" : " where the input is \(shape)"))
      }
    }
    return shape
  }

  /// The error that points at the word of one layer.
  public func error(atLayer index: Int, expected: String, found: String) -> NetworkTextError {
    NetworkTextError(text: text, word: words[index], expected: expected, found: found)
  }

  /// The shortest text for layers; reading it gives the same layers.
  public static func text(of layers: [LayerSpecification]) -> String {
    layers.map { word(of: $0) }.joined(separator: " ")
  }

  /// The shortest word for one layer. Arguments that have their default are left out.
  public static func word(of layer: LayerSpecification) -> String {
    switch layer {
    case .affine(let outputs): return "dense(\(outputs))"
    case .convolution(let filters, let kernelSize, let stride, let padding):
      let step = stride == 1 ? "" : ",stride=\(stride)"
      return "conv(\(filters),\(kernelSize)\(step)\(padding == 0 ? "" : ",padding=\(padding)"))"
    case .maximumPooling(let size, let stride), .averagePooling(let size, let stride):
      return "\(layer.kind)(\(size)\(stride == size ? "" : ",stride=\(stride)"))"
    case .dropout(let rate): return "dropout(\(rate))"
    case .batchNormalization(let momentum, let epsilon):
      let arguments =
        (momentum == 0.1 ? [] : ["momentum=\(momentum)"]) + (epsilon == 1e-5 ? [] : ["epsilon=\(epsilon)"])
      return arguments.isEmpty ? layer.kind : "\(layer.kind)(\(arguments.joined(separator: ",")))"
    case .leakyReLU(let slope): return slope == 0.01 ? layer.kind : "\(layer.kind)(\(slope))"
    case .flatten, .sigmoid, .relu, .gelu, .tanh, .identity, .softmax: return layer.kind
    }
  }
}

/// Layers as people write them, such as `conv(8,3) relu maxpool(2) flatten dense(64) relu dense(10)`.
///
/// Words stand for layers, first to last, with spaces between them. Arguments go by their place, or by their
/// name after those that go by place: `conv(8,3)`, `conv(8,3,padding=1)` and `conv(filters=8,kernel_size=3)`.
///
/// `vocabulary` has all words with their arguments. An argument that has a default, as in `stride=1`, may be left out.
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
  /// - Returns: the shape of one sample after the last layer.
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
  public static func word(of layer: LayerSpecification) -> String { LayerWord.shortest(for: layer) }

  /// All words with their arguments, as in "conv(filters,kernel_size,stride=1,padding=0)", with commas between them.
  public static var vocabulary: String { LayerWord.vocabulary }
}

package import LayerKinds

/// One layer of a network as its author writes it; shapes follow from the input shape.
public struct LayerSpecification: Sendable, Hashable {
  /// What kind of layer it is.
  package let layerKind: LayerKind
  /// Its settings: a value for each field of the kind, in their order.
  package let values: [LayerValue]

  /// A layer of a kind with its settings. They are checked when the layer is made.
  package init(_ kind: LayerKind, _ values: [LayerValue] = []) {
    layerKind = kind
    self.values = values
  }

  /// The name of the kind of layer, as in "affine1.weight" and in files.
  public var kind: String { layerKind.rawValue }
}

extension LayerSpecification: CustomStringConvertible {
  /// The word for it in a network's text, as in "conv(8,3)".
  public var description: String { NetworkText.word(of: self) }
}

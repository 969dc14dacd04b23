import Formatting
import ModelFormat

/// A layer in a few words.
enum LayerLabel {
  /// The kind and the shape of the output, as in `affine 64`.
  static func text(_ layer: LayerDescription) -> String {
    "\(Text.escaped(layer.kind, atMost: 60)) \(Text.shape(Array(layer.outputShape.prefix(8))))"
  }

  /// The same after the name.
  static func named(_ layer: LayerDescription) -> String { "\(Text.escaped(layer.name, atMost: 60)): \(text(layer))" }
}

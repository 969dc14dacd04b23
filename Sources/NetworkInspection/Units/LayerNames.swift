import NeuralNetwork

/// What the layers of a network are called in findings and reports.
struct LayerNames {
  private let names: [String]

  /// - Parameter names: Those of the file, one for each layer; nil, or another number of them, for the network's own.
  init(_ names: [String]?, of architecture: Architecture<Float>) {
    let own = architecture.placedLayers.map(\.name)
    self.names = names.flatMap { $0.count == own.count ? $0 : nil } ?? own
  }

  subscript(index: Int) -> String { names[index] }
}

public import NeuralNetwork
import Threads

extension NetworkAlignment {
  /// The most units of a layer: the distances of all pairs take 8 bytes each, 128 MiB.
  public static let mostUnits = 4096

  /// Matches the hidden units of two networks, as `UnitMatching` says, and proves or refutes that they are the same but for
  /// the order of these.
  ///
  /// The same two networks give the same alignment for any number of threads. Time: a few times O(units² · weights of a
  /// unit) for each layer, and O(units³) for its assignment. Memory: a copy of both networks, and 8 · units² bytes.
  ///
  /// - Parameters:
  ///   - left: The network whose order stays.
  ///   - right: The network whose units are to be put in that order.
  ///   - names: What the layers of the left one are called, one for each; nil for the network's own names.
  ///   - threads: How many threads share the work.
  /// - Throws: `NetworkError` with the code `invalidShape` if the networks do not have the same layers, `tooLarge` for a
  ///   layer of more than `mostUnits` units, `valueOutOfRange`, `threadUnavailable` or `productsUnavailable` for the
  ///   threads.
  public init(
    _ left: Network<Float>, _ right: Network<Float>, names: [String]? = nil, threads: Int
  ) throws(NetworkError) {
    try NetworkAlignment.check(left.architecture, right.architecture)
    let spaces = UnitSpaces(left.architecture)
    for (units, layer) in zip(spaces.counts, spaces.layers) where units > NetworkAlignment.mostUnits {
      throw NetworkError(
        .tooLarge, at: "layer \(left.layerDescriptions[layer].name)",
        expected: "at most \(NetworkAlignment.mostUnits) units for a match", found: "\(units)")
    }
    let values = [left, right].map { $0.parameters + $0.runningStatistics }
    let matching = UnitMatching(spaces, left: values[0], right: values[1], pool: try WorkerPool(threads: threads))
    let order = matching.order()
    let layerNames = LayerNames(names, of: left.architecture)
    isSameUpToPermutation = matching.isExact(order)
    layers = left.layerDescriptions.compactMap { layer in
      let tensors = spaces.tensors.filter { $0.layer == layer.index }
      guard !tensors.isEmpty else { return nil }
      let permutation = spaces.layers.firstIndex(of: layer.index).map { order.permutations[$0] }
      var difference = RelativeDifference()
      for tensor in tensors {
        let moved = order.gather(tensor, of: values[1])
        unsafe values[0].withUnsafeBufferPointer { own in
          unsafe moved.withUnsafeBufferPointer {
            unsafe difference.add(UnsafeBufferPointer(rebasing: own[tensor.range]), $0)
          }
        }
      }
      return Layer(
        name: layerNames[layer.index], units: UnitShape(layer.outputShape).units, permutation: permutation,
        moved: permutation.map { zip($0, $0.indices).count { $0 != $1 } } ?? 0,
        residual: difference.value)
    }
  }

  private static func check(_ left: Architecture<Float>, _ right: Architecture<Float>) throws(NetworkError) {
    guard left.inputShape == right.inputShape else {
      throw NetworkError(
        .invalidShape, at: "input of the right network", expected: "\(left.inputShape)", found: "\(right.inputShape)")
    }
    let texts = [left, right].map { $0.specifications.map(\.description) }
    guard left.specifications == right.specifications else {
      let place =
        zip(texts[0], texts[1]).enumerated().first { $1.0 != $1.1 }?.offset ?? min(texts[0].count, texts[1].count)
      throw NetworkError(
        .invalidShape, at: "layer \(place) of the right network",
        expected: place < texts[0].count ? texts[0][place] : "none",
        found: place < texts[1].count ? texts[1][place] : "none")
    }
  }
}

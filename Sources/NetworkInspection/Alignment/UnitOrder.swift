/// An order for the units of each space of a network, and what its tensors look like in it.
struct UnitOrder: Equatable {
  /// For each space and each place in the new order, the unit that comes there.
  var permutations: [[Int]]

  /// The units as they are.
  init(unchanged spaces: UnitSpaces) { permutations = spaces.counts.map { Array(0..<$0) } }

  /// The values of a tensor in this order. O(values).
  ///
  /// - Parameters:
  ///   - first: The dimension that is to become the first one, the others staying as they are; nil for the tensor's own.
  ///   - space: One whose units stay in their own order; nil for none.
  func gather(
    _ tensor: UnitSpaces.Tensor, of values: [Float], first: Int? = nil, keeping space: Int? = nil
  ) -> [Float] {
    var stride = tensor.range.count
    var axes = tensor.dimensions.map { dimension in
      stride /= max(dimension.count, 1)
      let order = dimension.space.flatMap { $0 == space ? nil : permutations[$0] }
      return (0..<dimension.count).map { (order?[$0] ?? $0) * stride }
    }
    if let first { axes.insert(axes.remove(at: first), at: 0) }
    return unsafe [Float](unsafeUninitializedCapacity: tensor.range.count) { buffer, count in
      unsafe values.withUnsafeBufferPointer { values in
        unsafe UnitOrder.gather(
          axes[...], from: UnsafeBufferPointer(rebasing: values[tensor.range]), at: 0, into: buffer, &count)
      }
    }
  }

  private static func gather(
    _ axes: ArraySlice<[Int]>, from source: UnsafeBufferPointer<Float>, at start: Int,
    into target: UnsafeMutableBufferPointer<Float>, _ count: inout Int
  ) {
    guard let axis = axes.first else { return }
    if axes.count == 1 {
      for offset in axis {
        unsafe target.initializeElement(at: count, to: source[start + offset])
        count += 1
      }
      return
    }
    for offset in axis { unsafe gather(axes.dropFirst(), from: source, at: start + offset, into: target, &count) }
  }
}

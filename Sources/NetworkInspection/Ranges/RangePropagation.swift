import LayerKinds
import NeuralNetwork

/// Takes bounds of a network's inputs through its layers.
///
/// The positions of a channel share their bounds, which hold for the border of the image too. That costs as much as
/// the layers have weights, however large the image is. Time: O(parameters + values between layers).
struct RangePropagation {
  private let network: Network<Float>

  init(_ network: Network<Float>) { self.network = network }

  /// The bounds of what comes into each layer, first to last.
  func rangesBeforeLayers(_ inputs: ClosedRange<Double>) -> [ValueRanges] {
    var ranges = ValueRanges(inputs, count: network.architecture.inputCount)
    return network.layerDescriptions.map { layer in
      defer { ranges = after(layer, ranges) }
      return ranges
    }
  }

  /// The bounds of a layer's output.
  func after(_ layer: PlacedLayer, _ input: ValueRanges) -> ValueRanges {
    switch RangeRule(layer.specification) {
    case .affine: return affine(layer, input)
    case .convolution: return convolution(layer, input)
    case .window(let terms): return pooled(layer, input, terms: terms)
    case .normalization: return normalized(layer, input)
    case .unchanged: return input
    case .distribution: return ValueRanges(0...1, count: input.count)
    case .positivePart: return input.map { (max($0.lowerBound, 0), max($0.upperBound, 0)) }
    case .rising(let function):
      return input.map {
        RoundingMargin.outward(
          function($0.lowerBound), function($0.upperBound), by: RoundingMargin.ofFunction)
      }
    case .valley(let lowest, let function):
      return input.map { range in
        // At −∞ the formula has no value.
        let ends = (range.lowerBound == -.infinity ? 0 : function(range.lowerBound), function(range.upperBound))
        let least = range.contains(lowest) ? function(lowest) : min(ends.0, ends.1)
        return RoundingMargin.outward(least, max(ends.0, ends.1), by: RoundingMargin.ofFunction)
      }
    }
  }

  /// Calls `body` with the values of one of a layer's tensors.
  private func withValues<Result>(
    _ role: String, _ layer: PlacedLayer, _ body: (UnsafeBufferPointer<Float>) -> Result
  ) -> Result {
    for (entries, values) in [
      (network.parameterEntries, network.parameters), (network.runningStatisticsEntries, network.runningStatistics),
    ] {
      guard let entry = entries.first(where: { $0.layerIndex == layer.index && $0.role == role }) else { continue }
      return unsafe values.withUnsafeBufferPointer { unsafe body(UnsafeBufferPointer(rebasing: $0[entry.range])) }
    }
    return unsafe body(UnsafeBufferPointer(start: nil, count: 0))
  }

  private func values(_ role: String, _ layer: PlacedLayer) -> [Double] {
    unsafe withValues(role, layer) { unsafe $0.map(Double.init) }
  }

  private func affine(_ layer: PlacedLayer, _ input: ValueRanges) -> ValueRanges {
    var sums = RangeSums(biases: values("bias", layer))
    let outputs = layer.outputShape.reduce(1, *)
    unsafe withValues("weight", layer) { weights in
      for (row, start) in stride(from: 0, to: weights.count, by: max(outputs, 1)).enumerated() {
        let group = row / input.positions
        unsafe sums.add(
          UnsafeBufferPointer(rebasing: weights[start..<start + outputs]), input.lower[group], input.upper[group])
      }
    }
    return sums.ranges(positions: 1)
  }

  private func convolution(_ layer: PlacedLayer, _ input: ValueRanges) -> ValueRanges {
    let (filters, planes) = (layer.outputShape[0], layer.inputShape.count == 3 ? layer.inputShape[0] : 1)
    var input = input.grouped(into: planes)
    if (layer.specification.integer("padding") ?? 0) > 0 {
      input = input.map { (min($0.lowerBound, 0), max($0.upperBound, 0)) }
    }
    let biases = values("bias", layer)
    let bounds = unsafe withValues("weight", layer) { weights in
      (0..<filters).map { filter in
        var sums = RangeSums(biases: [biases[filter]])
        let window = weights.count / (filters * planes)
        for plane in 0..<planes {
          let start = (filter * planes + plane) * window
          unsafe sums.addAll(
            UnsafeBufferPointer(rebasing: weights[start..<start + window]), input.lower[plane], input.upper[plane])
        }
        return sums.ranges(positions: 1)
      }
    }
    return ValueRanges(
      lower: bounds.map { $0.lower[0] }, upper: bounds.map { $0.upper[0] },
      positions: layer.outputShape.dropFirst().reduce(1, *))
  }

  private func pooled(_ layer: PlacedLayer, _ input: ValueRanges, terms: Int) -> ValueRanges {
    let planes = layer.inputShape.count == 3 ? layer.inputShape[0] : 1
    let ranges = input.grouped(into: planes).map { range in
      // The greatest of some values is one of them; a mean is rounded.
      terms == 1
        ? (range.lowerBound, range.upperBound)
        : RoundingMargin.outward(range.lowerBound, range.upperBound, by: RoundingMargin.ofSum(terms + 1))
    }
    return ValueRanges(
      lower: ranges.lower, upper: ranges.upper, positions: layer.outputShape.reduce(1, *) / max(planes, 1))
  }

  private func normalized(_ layer: PlacedLayer, _ input: ValueRanges) -> ValueRanges {
    let (scales, shifts) = (values("weight", layer), values("bias", layer))
    let (means, variances) = (values("running_mean", layer), values("running_variance", layer))
    let epsilon = layer.specification.number("epsilon") ?? 0
    let input = input.grouped(into: scales.count)
    var (lower, upper) = (input.lower, input.upper)
    for index in scales.indices {
      let factor = scales[index] / (variances[index] + epsilon).squareRoot()
      let ends = [input.lower[index], input.upper[index]].map { factor * ($0 - means[index]) + shifts[index] }
      let greatest = max(input.lower[index].magnitude, input.upper[index].magnitude) + means[index].magnitude
      let margin = RoundingMargin.ofSum(8) * (factor.magnitude * greatest + shifts[index].magnitude)
      lower[index] = min(ends[0], ends[1]) - margin
      upper[index] = max(ends[0], ends[1]) + margin
    }
    return ValueRanges(lower: lower, upper: upper, positions: input.positions)
  }
}

extension LayerSpecification {
  /// The number of a field; nil if the kind has none of that name.
  func number(_ name: String) -> Double? {
    for (field, value) in zip(layerKind.definition.fields, values) where field.name == name {
      if case .number(let number) = value { return number }
    }
    return nil
  }

  /// The integer of a field; nil if the kind has none of that name.
  func integer(_ name: String) -> Int? { layerKind.definition.integer(name, values) }
}

import Formatting
package import LayerKinds
import ModelFormat
public import ModelInspection
public import NeuralNetwork

/// What can be said of a network's units from the range of its inputs alone, without a sample.
public enum RangeFindings {
  /// Beyond this on either side a sigmoid is within 0.00034 of its end.
  public static let sigmoidBound = 8.0
  /// Beyond this on either side tanh is within 0.00067 of its end.
  public static let hyperbolicTangentBound = 4.0

  /// Rectifiers that no input makes fire, and sigmoid and tanh units that every input leaves at one of their ends.
  ///
  /// Bounds go through the layers by interval arithmetic (Moore, 1966), with a margin for what binary32 rounds: what is
  /// found is true of every input in the range. Not everything that is true is found, as bounds of different values are
  /// taken for independent. A rectifier whose input is at most 0 counts as one that never fires, whatever its kind.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - inputs: What each value that comes into the first layer may be; nil where that is not known, and nothing is found.
  ///   - names: What the layers are called, one for each; nil for the network's own names.
  /// - Complexity: O(parameters + values between layers).
  public static func findings(
    _ network: Network<Float>, inputs: ClosedRange<Double>?, names: [String]? = nil
  ) -> [Finding] {
    guard let inputs else { return [] }
    let names = LayerNames(names, of: network.architecture)
    let ranges = RangePropagation(network).rangesBeforeLayers(inputs)
    return zip(network.layerDescriptions, ranges).compactMap { layer, ranges in
      let traits = layer.specification.layerKind.definition.traits
      if traits.contains(.rectifies) { return silent(layer, ranges, inputs, names[layer.index]) }
      if traits.contains(.saturates) { return saturated(layer, ranges, inputs, names[layer.index]) }
      return nil
    }
  }

  /// Whether bounds may say something of a layer of this kind; nil stands for one that is not known.
  package static func concern(_ kind: LayerKind?) -> Bool {
    guard let traits = kind?.definition.traits else { return false }
    return traits.contains(.rectifies) || traits.contains(.saturates)
  }

  private static func silent(
    _ layer: PlacedLayer, _ ranges: ValueRanges, _ inputs: ClosedRange<Double>, _ name: String
  ) -> Finding? {
    let shape = UnitShape(layer.inputShape)
    let ranges = ranges.grouped(into: shape.units)
    let units = ranges.upper.indices.filter { ranges.upper[$0] <= 0 }
    guard let greatest = units.map({ ranges.upper[$0] }).max() else { return nil }
    var evidence = evidence(of: inputs)
    evidence["largest_upper_bound"] = .number(greatest)
    return UnitFinding(layer: name, shape: shape, units: units).finding(
      .neverFires, .warning,
      "never \(units.count == 1 ? "fires" : "fire"): for all inputs \(text(inputs)), what comes in is at most "
        + Text.significant(greatest), evidence: evidence)
  }

  private static func saturated(
    _ layer: PlacedLayer, _ ranges: ValueRanges, _ inputs: ClosedRange<Double>, _ name: String
  ) -> Finding? {
    let shape = UnitShape(layer.inputShape)
    let ranges = ranges.grouped(into: shape.units)
    let bound = layer.specification.layerKind == .sigmoid ? sigmoidBound : hyperbolicTangentBound
    let units = ranges.upper.indices.filter { ranges.lower[$0] > bound || ranges.upper[$0] < -bound }
    guard let least = units.map({ max(ranges.lower[$0], -ranges.upper[$0]) }).min() else { return nil }
    var evidence = evidence(of: inputs)
    evidence["bound"] = .number(bound)
    evidence["least_magnitude"] = .number(least)
    return UnitFinding(layer: name, shape: shape, units: units).finding(
      .saturatedUnits, .warning,
      "\(units.count == 1 ? "is" : "are") at one end for all inputs \(text(inputs)): what comes in is beyond ±"
        + Text.significant(least), evidence: evidence)
  }

  private static func text(_ range: ClosedRange<Double>) -> String {
    "from \(Text.significant(range.lowerBound)) to \(Text.significant(range.upperBound))"
  }

  private static func evidence(of inputs: ClosedRange<Double>) -> Attributes {
    ["input_minimum": .number(inputs.lowerBound), "input_maximum": .number(inputs.upperBound)]
  }
}

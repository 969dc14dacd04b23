import BinaryIO
import Formatting
import LayerKinds
import ModelFormat
public import ModelInspection
import NeuralNetwork

/// What the values between the layers of a network were like on some samples.
public struct ActivationReport: Sendable {
  /// How many samples there were.
  public let samples: Int
  /// The layers, first to last; none without samples.
  public let layers: [LayerActivity]
  /// What a person should know of them: rectifiers that never fired, sigmoid and tanh units that stood at their ends, and
  /// the first layer whose values were not all finite. The last layer may be as sure as it wants.
  ///
  /// Units that give 0 on every sample are a warning. Those of rectifiers that let something of negative values through
  /// are a note.
  public let findings: [Finding]

  init(samples: Int, layers: [LayerActivity], network: Network<Float>) {
    self.samples = samples
    self.layers = layers
    if let broken = layers.first(where: { $0.nonFinite > 0 }) {
      findings = [ActivationReport.nonFinite(broken, samples)]
    } else {
      findings = zip(network.layerDescriptions, layers).flatMap { layer, activity in
        let isLast = layer.index == layers.count - 1
        return [
          ActivationReport.silent(layer, activity, samples),
          isLast ? nil : ActivationReport.saturated(layer, activity, samples),
        ].compactMap(\.self)
      }
    }
  }

  private static func silent(_ layer: PlacedLayer, _ activity: LayerActivity, _ samples: Int) -> Finding? {
    guard let units = activity.neverFired, !units.isEmpty else { return nil }
    let givesZero = layer.specification.layerKind == .relu || layer.specification.number("slope") == 0
    return UnitFinding(layer: activity.name, shape: UnitShape(layer.outputShape), units: units).finding(
      .neverFires, givesZero ? .warning : .note, "fired on none of \(Text.counted(samples, "sample"))",
      evidence: ["samples": .integer(samples)])
  }

  private static func saturated(_ layer: PlacedLayer, _ activity: LayerActivity, _ samples: Int) -> Finding? {
    guard let units = activity.saturated, !units.isEmpty else { return nil }
    return UnitFinding(layer: activity.name, shape: UnitShape(layer.outputShape), units: units).finding(
      .saturatedUnits, .warning,
      "stood within 0.01 of an end on at least 99 % of \(Text.counted(samples, "sample"))",
      evidence: ["samples": .integer(samples), "distance": 0.01, "fraction": 0.99])
  }

  private static func nonFinite(_ activity: LayerActivity, _ samples: Int) -> Finding {
    Finding(
      .nonFinite, .error, place: "layer \(ByteName(activity.name).excerpt)",
      message: "gives \(Text.counted(activity.nonFinite, "value")) that are not finite on "
        + "\(Text.counted(samples, "sample")); it is the first layer that does",
      evidence: [
        "layer": .string(activity.name), "samples": .integer(samples), "values": .integer(activity.nonFinite),
      ])
  }
}

import NetworkInspection

/// What the values between the layers were like on samples, as JSON has it.
struct ActivationsDocument: Encodable {
  struct Layer: Encodable {
    let name: String
    let kind: String
    let units: Int
    let mean: Double
    let standardDeviation: Double
    let zeroFraction: Double
    let nonFinite: Int
    let neverFired: [Int]?
    let saturated: [Int]?
  }

  let samples: Int
  let layers: [Layer]

  init(_ report: ActivationReport) {
    samples = report.samples
    layers = report.layers.map {
      Layer(
        name: $0.name, kind: $0.kind, units: $0.units, mean: $0.mean, standardDeviation: $0.standardDeviation,
        zeroFraction: $0.zeroFraction, nonFinite: $0.nonFinite, neverFired: $0.neverFired, saturated: $0.saturated)
    }
  }
}

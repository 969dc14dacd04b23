import ModelFormat

/// Units that compute the same as another one of their layer, but for a factor: the cosine of incoming weights and bias is
/// above 0.9999.
///
/// Few numbers agree by chance: in two dimensions one pair in 220 has such a cosine. So units with fewer than 16 incoming
/// numbers have to be equal to within 10⁻⁴ of the longer one as well.
///
/// One walk through the weights makes a sketch of each unit; the rare groups of units with nearly the same sketch are read
/// again and compared exactly. What a file can ask for is bounded: layers of more than 65,536 units, or 1,048,576 incoming
/// weights for each, are not looked into; a unit is compared exactly with at most 64 others that differ from one another;
/// and weights are read at most ten times.
struct DuplicateUnits {
  /// The cosine above which two units are duplicates.
  static let cosine = 0.9999
  /// Fewer incoming numbers have to be equal.
  static let leastNumberCount = 16
  /// How much equal numbers may differ.
  private static let equalTolerance = 1e-4
  private static let maximumUnitCount = 1 << 16
  private static let maximumWeightsPerUnit = 1 << 20
  private static let maximumLeaderCount = 64
  /// 32 MiB of weights are compared at a time.
  private static let maximumHeldCount = 1 << 22
  private static let maximumBatchCount = 8

  private let layer: WeightedLayer
  private let weight: TensorPieces
  private let bias: TensorPieces?
  private let factor: Double

  /// nil for layers that are not looked into: too large ones, those whose weights are no numbers, and those whose weights
  /// are all one number, which is a finding of its own.
  init?(_ layer: WeightedLayer, _ source: any ModelSource, _ contents: ModelContents) throws(ModelFormatError) {
    guard (2...DuplicateUnits.maximumUnitCount).contains(layer.layout.unitCount),
      layer.layout.weightsPerUnit <= DuplicateUnits.maximumWeightsPerUnit, layer.weight.isFinite,
      !layer.weight.isConstant, layer.bias?.isFinite ?? true
    else { return nil }
    self.layer = layer
    weight = try TensorPieces(source, contents, layer.weight.description)
    bias = try layer.bias.map { (bias) throws(ModelFormatError) in
      try TensorPieces(source, contents, bias.description)
    }
    let largest = max(layer.weight.largestMagnitude, layer.bias?.largestMagnitude ?? 0)
    factor = Double(sign: .plus, exponent: -max(-1022, min(1022, Int(largest.exponent))), significand: 1)
  }

  func finding() throws(ModelFormatError) -> Finding? {
    let sketches = try UnitSketches(weight: weight, layer.layout, bias: bias, factor: factor)
    let pairs = try pairs(in: UnitClusters.clusters(sketches))
    guard let first = pairs.first else { return nil }
    let (units, duplicates) = (layer.layout.unitCount, pairs.map(\.unit))
    let numbers = layer.layout.weightsPerUnit + (bias == nil ? 0 : 1)
    let rule =
      "cosine of incoming weights\(bias == nil ? "" : " and bias") above \(DuplicateUnits.cosine)"
      + (numbers < DuplicateUnits.leastNumberCount ? " and equal to within 0.01 %" : "")
    return Finding(
      .duplicateUnits, .warning, place: Evidence.place(ofLayer: layer.name),
      message:
        "\(pairs.count) of \(units) units \(pairs.count == 1 ? "is a duplicate" : "are duplicates") of another one "
        + "(\(rule)): unit \(first.unit) of unit \(first.leader), cosine \(Evidence.cosine(first.cosine))"
        + (pairs.count > 1 ? "; \(Evidence.words(duplicates, "unit"))" : ""),
      evidence: [
        "units": .integer(units), "count": .integer(pairs.count), "indices": Evidence.list(duplicates),
        "originals": Evidence.list(pairs.map(\.leader)),
        "cosines": .list(pairs.prefix(Evidence.maximumListedCount).map { .number($0.cosine) }),
        "threshold": .number(DuplicateUnits.cosine),
      ])
  }

  private struct Pair {
    let unit: Int
    let leader: Int
    let cosine: Double
  }

  /// The exact comparison of the units of each group, in the order of the units.
  private func pairs(in clusters: [[Int]]) throws(ModelFormatError) -> [Pair] {
    let length = layer.layout.weightsPerUnit + 1
    let capacity = max(2, DuplicateUnits.maximumHeldCount / length)
    var pairs: [Pair] = []
    var batch: [[Int]] = []
    var batchCount = 0
    // A group that is too large for a batch is cut; each part has the first unit of the group.
    let parts = clusters.flatMap { cluster in
      cluster.count <= capacity
        ? [cluster]
        : stride(from: 1, to: cluster.count, by: capacity - 1).map { start in
          [cluster[0]] + cluster[start..<min(start + capacity - 1, cluster.count)]
        }
    }
    for (place, part) in parts.enumerated() {
      batch.append(part)
      let next = place + 1 < parts.count ? parts[place + 1].count : .max
      guard next > capacity - batch.reduce(0, { $0 + $1.count }) else { continue }
      guard batchCount < DuplicateUnits.maximumBatchCount else { break }
      batchCount += 1
      let vectors = try UnitVectors(of: Set(batch.joined()).sorted(), weight, layer.layout, bias: bias, factor: factor)
      for part in batch { pairs += DuplicateUnits.pairs(in: part, vectors) }
      batch = []
    }
    return pairs.sorted { $0.unit < $1.unit }
  }

  /// Each unit with the first before it that it is a duplicate of.
  private static func pairs(in units: [Int], _ vectors: UnitVectors) -> [Pair] {
    var (pairs, leaders): ([Pair], [Int]) = ([], [])
    for unit in units {
      var found: Pair?
      for leader in leaders where found == nil {
        let comparison = vectors.compare(unit, leader)
        guard comparison.cosine > cosine,
          vectors.length >= leastNumberCount || comparison.relativeDistance <= equalTolerance
        else { continue }
        found = Pair(unit: unit, leader: leader, cosine: comparison.cosine)
      }
      if let found {
        pairs.append(found)
      } else if leaders.count < maximumLeaderCount {
        leaders.append(unit)
      }
    }
    return pairs
  }
}

/// Groups of units whose sketches are near one another: the only ones that may compute the same.
enum UnitClusters {
  /// Sketches of units with a cosine above 0.9999, which are at most 0.0142 apart, are farther apart than this only if
  /// the sketch stretches their difference, against that of the units, ten times: in practice never.
  private static let distance = 0.1415
  /// A unit is compared with so many that follow it in the order of their first numbers.
  private static let maximumNeighbourCount = 2048

  /// The groups of two and more, each in the order of the units. O(units²), and O(units) beyond the neighbours that
  /// a unit is compared with.
  static func clusters(_ sketches: UnitSketches) -> [[Int]] {
    let size = UnitSketches.size
    let units = (0..<sketches.unitCount).filter { sketches.hasWeights[$0] }.sorted { left, right in
      let (a, b) = (sketches.values[left * size], sketches.values[right * size])
      return a == b ? left < right : a < b
    }
    // Each unit points to one of its group, the first to itself.
    var parents = Array(0..<sketches.unitCount)
    func root(_ unit: Int) -> Int {
      var unit = unit
      while parents[unit] != unit {
        parents[unit] = parents[parents[unit]]
        unit = parents[unit]
      }
      return unit
    }
    for (place, unit) in units.enumerated() {
      for other in units[(place + 1)...].prefix(maximumNeighbourCount) {
        guard sketches.values[other * size] - sketches.values[unit * size] <= distance else { break }
        guard sketches.areNear(unit, other, within: distance) else { continue }
        let (a, b) = (root(unit), root(other))
        parents[max(a, b)] = min(a, b)
      }
    }
    var groups: [Int: [Int]] = [:]
    for unit in units.sorted() { groups[root(unit), default: []].append(unit) }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}

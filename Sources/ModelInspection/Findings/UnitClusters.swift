/// Groups of units whose sketches are near one another: the only ones that may compute the same.
enum UnitClusters {
  /// Units with a cosine above 0.9999 are at most 0.0142 apart, brought to length 1. Their sketches are farther apart than
  /// this only if the sketch stretches the difference five times as much as the units: about once in a million pairs.
  private static let distance = 0.071
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
    // Nearly all pairs are told apart by two numbers, which lie side by side here.
    let (firsts, seconds) = (units.map { sketches.values[$0 * size] }, units.map { sketches.values[$0 * size + 1] })
    for place in units.indices {
      let (first, second) = (firsts[place], seconds[place])
      for other in (place + 1..<units.count).prefix(maximumNeighbourCount) {
        guard firsts[other] - first <= distance else { break }
        guard (seconds[other] - second).magnitude <= distance,
          sketches.areNear(units[place], units[other], within: distance)
        else { continue }
        let (a, b) = (root(units[place]), root(units[other]))
        parents[max(a, b)] = min(a, b)
      }
    }
    var groups: [Int: [Int]] = [:]
    for unit in units.sorted() { groups[root(unit), default: []].append(unit) }
    return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
  }
}

import ModelFormat

/// Units that nothing comes into, or that go into nothing.
struct ZeroUnits {
  let source: any ModelSource
  let contents: ModelContents

  func findings(of layer: WeightedLayer) throws(ModelFormatError) -> [Finding] {
    var findings: [Finding] = []
    let layout = layer.layout
    let dead = try zeroSlices(of: layer.weight, layout, alongFirst: layout.unitIsFirst)
    if !dead.isEmpty {
      findings.append(
        Finding(
          .deadUnits, .warning, place: Evidence.place(ofLayer: layer.name),
          message: "\(count(dead, of: layout)) incoming weights that are all exactly 0, so that the output does not "
            + "depend on the input: \(Evidence.words(dead, "unit"))",
          evidence: evidence(dead, of: layout)))
    }
    let unused = try unusedUnits(of: layer)
    if !unused.isEmpty {
      findings.append(
        Finding(
          .unusedUnits, .warning, place: Evidence.place(ofLayer: layer.name),
          message:
            "\(count(unused, of: layout)) outgoing weights, or a scale of normalisation, that are all exactly 0, "
            + "so that nothing depends on the output: \(Evidence.words(unused, "unit"))",
          evidence: evidence(unused, of: layout)))
    }
    return findings
  }

  private func count(_ units: [Int], of layout: WeightLayout) -> String {
    "\(units.count) of \(layout.unitCount) units \(units.count == 1 ? "has" : "have")"
  }

  private func evidence(_ units: [Int], of layout: WeightLayout) -> Attributes {
    ["units": .integer(layout.unitCount), "count": .integer(units.count), "indices": Evidence.list(units)]
  }

  /// The units whose outputs are multiplied by 0 and nothing else. Where all the next weights are 0, that is said of
  /// those, and not of every unit in front of them.
  private func unusedUnits(of layer: WeightedLayer) throws(ModelFormatError) -> [Int] {
    var isUnused = [Bool](repeating: false, count: layer.layout.unitCount)
    if let next = layer.next, !(next.weight.isConstant && next.weight.largestMagnitude == 0) {
      let zeros = try zeroSlices(of: next.weight, next.layout, alongFirst: !next.layout.unitIsFirst)
      markBlocks(zeros, of: next.layout.inputCount, &isUnused)
    }
    for scale in layer.scales where scale.statistics.zeros > 0 {
      let count = scale.description.count
      var zeros: [Int] = []
      try unsafe TensorPieces(source, contents, scale.description).forEachBlock { first, block in
        for index in 0..<block.count where unsafe block[index] == 0 { zeros.append(first + index) }
        return true
      }
      markBlocks(zeros, of: count, &isUnused)
    }
    return isUnused.indices.filter { isUnused[$0] }
  }

  /// Marks the units all of whose inputs are among those that are 0, where each unit is a block of them.
  private func markBlocks(_ zeros: [Int], of inputCount: Int, _ isUnused: inout [Bool]) {
    let size = inputCount / isUnused.count
    var counts = [Int](repeating: 0, count: isUnused.count)
    for input in zeros { counts[input / size] += 1 }
    for unit in counts.indices where counts[unit] == size { isUnused[unit] = true }
  }

  /// The indices of the first or the second dimension at which all weights are 0. Reads nothing where there are fewer
  /// zeros than that takes.
  private func zeroSlices(
    of weight: MeasuredTensor, _ layout: WeightLayout, alongFirst: Bool
  ) throws(ModelFormatError) -> [Int] {
    let count = alongFirst ? layout.first : layout.second
    let sliceSize = layout.first * layout.second * layout.rest / count
    guard weight.statistics.zeros >= sliceSize else { return [] }
    if weight.statistics.zeros == weight.description.count { return Array(0..<count) }
    var isZero = [Bool](repeating: true, count: count)
    let (inner, rest, second) = (layout.second * layout.rest, layout.rest, layout.second)
    try unsafe TensorPieces(source, contents, weight.description).forEachBlock { first, block in
      for index in 0..<block.count where unsafe block[index] != 0 {
        let element = first + index
        isZero[alongFirst ? element / inner : element / rest % second] = false
      }
      return true
    }
    return isZero.indices.filter { isZero[$0] }
  }
}

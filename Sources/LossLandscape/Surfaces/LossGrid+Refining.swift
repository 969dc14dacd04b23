extension LossGrid {
  /// The grid with `parts` steps for each of its own, by cubic convolution: smooth lines for drawings.
  ///
  /// It goes through all values of the grid, and is exact for parabolas away from the border. Between two points of which
  /// one is not finite there is NaN. Source: Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981.
  ///
  /// - Complexity: O(number of values of the result).
  package func refined(by parts: Int) -> LossGrid {
    guard parts > 1 else { return self }
    let rows = y.indices.map { row in Self.refined((0..<x.count).map { self[$0, row] }, by: parts) }
    let width = rows.first?.count ?? 0
    let columns = (0..<width).map { column in Self.refined(rows.map { $0[column] }, by: parts) }
    let height = columns.first?.count ?? 0
    return LossGrid(
      uncheckedX: Self.subdivided(x, by: parts), y: Self.subdivided(y, by: parts),
      values: (0..<height).flatMap { row in (0..<width).map { columns[$0][row] } })
  }

  /// The same places with other values.
  package func mapped(_ function: (Double) -> Double) -> LossGrid {
    LossGrid(uncheckedX: x, y: y, values: values.map(function))
  }

  private static func subdivided(_ axis: [Double], by parts: Int) -> [Double] {
    zip(axis, axis.dropFirst()).flatMap { from, to in
      (0..<parts).map { from + (to - from) * Double($0) / Double(parts) }
    } + axis.suffix(1)
  }

  private static func refined(_ values: [Double], by parts: Int) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity((values.count - 1) * parts + 1)
    for index in 0..<values.count - 1 {
      let (b, c) = (values[index], values[index + 1])
      result.append(b)
      // Beyond the border, or a value that is not finite, it goes on straight.
      let before = index > 0 ? values[index - 1] : .nan
      let behind = index + 2 < values.count ? values[index + 2] : .nan
      let a = before.isFinite ? before : 2 * b - c
      let d = behind.isFinite ? behind : 2 * c - b
      for part in 1..<parts {
        let t = Double(part) / Double(parts)
        result.append(
          b.isFinite && c.isFinite
            ? b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))) : .nan)
      }
    }
    return result + values.suffix(1)
  }
}

/// Which points of a long curve are drawn, so that a page with a million of them stays small.
enum DrawnPoints {
  /// A curve has at most twice so many points: more than a screen has columns.
  static let mostStretches = 1_000

  /// The places of the points to draw, ascending: all of a short curve; of each stretch of a long one the least and the
  /// greatest, so that no peak is lost. A stretch without a point leaves a gap.
  ///
  /// - Parameter isDrawn: whether a value is a point; others leave a gap.
  static func places(of values: [Double], isDrawn: (Double) -> Bool) -> [Int] {
    guard values.count > 2 * mostStretches else { return Array(values.indices) }
    let length = (values.count - 1) / mostStretches + 1
    return stride(from: 0, to: values.count, by: length).flatMap { start -> [Int] in
      let stretch = start..<min(start + length, values.count)
      let points = stretch.filter { isDrawn(values[$0]) }
      guard let least = points.min(by: { (values[$0], $0) < (values[$1], $1) }),
        let greatest = points.max(by: { (values[$0], $0) < (values[$1], $1) })
      else { return [start] }
      return least == greatest ? [least] : [min(least, greatest), max(least, greatest)]
    }
  }
}

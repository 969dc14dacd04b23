/// A row of block characters whose heights show values.
enum Sparkline {
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// Counts, from 0 at the bottom; an empty bin is a space, and the smallest count that is not 0 shows.
  static func histogram(_ counts: [Int]) -> String {
    let highest = counts.max() ?? 0
    return String(
      counts.map { count in
        guard count > 0 else { return " " }
        return blocks[min(blocks.count - 1, Int(Double(count) / Double(highest) * Double(blocks.count)))]
      })
  }

  /// A series, scaled between its least and its greatest finite value; others show as `?`.
  static func series(_ values: [Double], width: Int) -> String {
    let points = resample(values, count: width)
    let finite = points.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      return String(repeating: "?", count: points.count)
    }
    return String(
      points.map { value in
        guard value.isFinite else { return "?" }
        // Brought to −1…1 first, so that the range of the greatest numbers is finite and that of the smallest not 0.
        let scale = max(low.magnitude, high.magnitude)
        let range = high / scale - low / scale
        let height = range > 0 ? (value / scale - low / scale) / range : 0.5
        return blocks[min(blocks.count - 1, Int(height * Double(blocks.count)))]
      })
  }

  /// At most `count` of the values, evenly spread, first and last among them.
  private static func resample(_ values: [Double], count: Int) -> [Double] {
    guard values.count > count, count > 1 else { return values }
    return (0..<count).map { values[$0 * (values.count - 1) / (count - 1)] }
  }
}

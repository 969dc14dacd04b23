import Formatting

/// How often values fall into each of several bins.
package struct HistogramChart: PagePart {
  private let frame: ChartFrame
  private let edges: [Double]
  private let counts: [Int]

  /// On a logarithmic axis a single value has a height too.
  private static let leastCount = 0.5

  /// - Parameters:
  ///   - edges: The borders of the bins, ascending and finite: one more than there are bins.
  ///   - counts: How many values lie in each bin. Without an edge on both sides a bin is left out.
  ///   - name: What the values are.
  ///   - isLogarithmic: Whether counts stand on a logarithmic axis, so that bins with few values show.
  package init(title: String, edges: [Double], counts: [Int], name: String, isLogarithmic: Bool = false) {
    self.edges = edges
    self.counts = Array(counts.prefix(max(edges.count - 1, 0)))
    let heights = self.counts.map(Double.init)
    frame = ChartFrame(
      title: title, across: ChartAxis(edges, parts: 4),
      up: isLogarithmic
        ? ChartAxis(logarithmic: [Self.leastCount] + heights.filter { $0 > 0 }, leastTick: 1, parts: 5)
        : ChartAxis(heights, includesZero: true, parts: 5),
      name: name)
  }

  package var html: String {
    let bars = counts.enumerated().compactMap { index, count -> String? in
      guard count > 0 else { return nil }
      let (left, right) = (
        frame.place(edges[index], Double(count)), frame.place(edges[index + 1], frame.up.range.lowerBound)
      )
      let words =
        "\(Text.significant(edges[index])) to \(Text.significant(edges[index + 1])): \(Text.grouped(count))"
      return """
        <rect class="bar" x="\(Markup.unit(left.x))" y="\(Markup.unit(left.y))" \
        width="\(Markup.unit(max(right.x - left.x, 0)))" height="\(Markup.unit(right.y - left.y))">\
        <title>\(Markup.number(words))</title></rect>
        """
    }
    return frame.html("a histogram", drawing: bars.joined(separator: "\n"))
  }

  package var styles: [PartStyle] {
    [
      ChartFrame.style,
      PartStyle(
        light: "--bar: #1f5fa8;", dark: "--bar: #7db4f0;",
        rules: ".bar { fill: var(--bar); stroke: var(--page); stroke-width: 1px; }"),
    ]
  }
}

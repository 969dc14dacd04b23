import Formatting

/// Distributions behind one another, such as those of weights over the epochs: the first farthest away.
package struct RidgeChart: PagePart {
  /// A distribution.
  package struct Ridge: Sendable {
    let name: String
    let heights: [Double]

    /// - Parameter heights: At equal distances from one end of the axis to the other, none below 0. What is not finite
    ///   counts as 0.
    package init(_ name: String, _ heights: [Double]) {
      self.name = name
      self.heights = heights
    }
  }

  private let frame: ChartFrame
  private let ridges: [Ridge]
  /// How many distances of rows the highest ridge reaches up.
  private static let reach = 2.5

  /// - Parameters:
  ///   - range: What the axis below covers.
  ///   - name: What the values are.
  package init(title: String, _ ridges: [Ridge], range: ClosedRange<Double>, name: String) {
    self.ridges = ridges
    let steps = Double(max(ridges.count - 1, 0)) + Self.reach
    let rows = ridges.indices.map { index in
      // More names than these would touch.
      let isNamed = ridges.count <= 12 || index % ((ridges.count + 11) / 12) == 0
      return ChartFrame.Row(
        place: (steps - Self.reach - Double(index)) / steps, label: isNamed ? ridges[index].name : "")
    }
    frame = ChartFrame(
      title: title, across: ChartAxis([range.lowerBound, range.upperBound], parts: 4), up: ChartAxis([0, 1], parts: 1),
      name: name, rows: rows)
  }

  package var html: String {
    let steps = Double(max(ridges.count - 1, 0)) + Self.reach
    let shapes = ridges.enumerated().map { index, ridge in
      let base = 100 * (Self.reach + Double(index)) / steps
      let heights = ridge.heights.map { $0.isFinite ? max($0, 0) : 0 }
      let highest = heights.max() ?? 0
      var data = "M0 \(Markup.unit(base))"
      for (place, height) in heights.enumerated() {
        let x = 100 * (Double(place) + 0.5) / Double(heights.count)
        let up = highest > 0 ? height / highest * 0.96 * Self.reach * 100 / steps : 0
        data += "L\(Markup.unit(x)) \(Markup.unit(base - up))"
      }
      return
        "<path class=\"ridge\" d=\"\(data)L100 \(Markup.unit(base))\"><title>\(Markup.escaped(ridge.name))</title></path>"
    }
    return frame.html("distributions behind one another", drawing: shapes.joined(separator: "\n"))
  }

  package var styles: [PartStyle] {
    [
      ChartFrame.style,
      PartStyle(
        light: "--ridge: #1f5fa8;", dark: "--ridge: #7db4f0;",
        rules: """
          .ridge { fill: var(--page); fill-opacity: 0.82; stroke: var(--ridge); stroke-width: 1.5px;
            stroke-linejoin: round; }
          """),
    ]
  }
}

import Formatting

/// Many little curves side by side, each on a scale of its own, with its first and last number.
package struct SmallCurves: PagePart {
  /// A curve.
  package struct Curve: Sendable {
    let name: String
    let values: [Double]

    /// - Parameter values: The heights, at equal distances. Those that are not finite leave a gap.
    package init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  private let title: String
  private let curves: [Curve]

  package init(title: String, _ curves: [Curve]) {
    self.title = title
    self.curves = curves
  }

  package var html: String {
    let cells = curves.map { curve in
      let numbers = curve.values.filter(\.isFinite)
      let ends = [numbers.first, numbers.last].compactMap(\.self).map { Text.number($0, 3) }.joined(separator: " → ")
      return """
        <figure><figcaption>\(Markup.escaped(curve.name))</figcaption><svg viewBox="0 0 100 100" \
        preserveAspectRatio="none" role="img" aria-label="\(Markup.escaped(curve.name))"><path class="small" \
        d="\(Self.data(curve.values))"/></svg><p>\(Markup.number(ends))</p></figure>
        """
    }
    return """
      <figure class="curves">
      <figcaption>\(Markup.escaped(title))</figcaption>
      <div>
      \(cells.joined(separator: "\n"))
      </div>
      </figure>
      """
  }

  package var styles: [PartStyle] {
    [
      PartStyle(
        light: "--small: #1f5fa8;", dark: "--small: #7db4f0;",
        rules: """
          .curves > figcaption { font-weight: 600; margin: 0 0 8px; }
          .curves div { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 16px 22px; }
          .curves figure { margin: 0; min-width: 0; }
          .curves figure figcaption { font-size: 14px; overflow-wrap: anywhere; }
          .curves svg { display: block; width: 100%; height: 54px; margin: 6px 0; overflow: visible; }
          .curves .small { fill: none; stroke: var(--small); stroke-width: 2px; stroke-linejoin: round;
            stroke-linecap: round; vector-effect: non-scaling-stroke; }
          .curves p { margin: 0; color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
          """)
    ]
  }

  /// A line through the points; a single one is a dot.
  private static func data(_ values: [Double]) -> String {
    let axis = ChartAxis(values, parts: 1)
    var (data, isDrawing) = ("", false)
    for index in DrawnPoints.places(of: values, isDrawn: \.isFinite) {
      let value = values[index]
      guard value.isFinite else {
        isDrawing = false
        continue
      }
      let x = values.count > 1 ? 100 * Double(index) / Double(values.count - 1) : 50
      data += "\(isDrawing ? "L" : "M")\(Markup.unit(x)) \(Markup.unit(100 - 100 * axis.part(value)))"
      if !isDrawing { data += "h0" }
      isDrawing = true
    }
    return data
  }
}

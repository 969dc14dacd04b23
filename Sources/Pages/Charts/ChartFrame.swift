/// What charts have in common: a title, a drawing that fills the width of the page whatever it is, and numbers along two
/// sides, which keep their size.
struct ChartFrame {
  let title: String
  let across: ChartAxis
  let up: ChartAxis
  /// What the numbers below the drawing count.
  let name: String

  /// - Parameters:
  ///   - kind: What kind of chart it is, for those who do not see it.
  ///   - legend: Markup next to the title.
  ///   - drawing: SVG on 100 × 100 units, of which the origin is the upper left corner; see `place`.
  ///   - marks: Markup over the drawing.
  func html(_ kind: String, legend: String = "", drawing: String, marks: String = "") -> String {
    let lines = up.ticks.map { "M0 \(Markup.unit(100 - 100 * up.part($0)))H100" }.joined()
    let numbers = (
      up: up.ticks.map { "<span style=\"bottom:\(Markup.unit(100 * up.part($0)))%\">\(up.label($0))</span>" },
      across: across.ticks.map {
        "<span style=\"left:\(Markup.unit(100 * across.part($0)))%\">\(across.label($0))</span>"
      }
    )
    return """
      <figure class="chart">
      <figcaption><strong>\(Markup.escaped(title))</strong>\(legend)</figcaption>
      <div class="up">\(numbers.up.joined())</div>
      <div class="area">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="\(Markup.escaped("\(title), \(kind)"))">
      <path class="grid" d="\(lines)"/>
      \(drawing)
      </svg>
      \(marks)</div>
      <div class="across">\(numbers.across.joined())</div>
      <p class="name">\(Markup.escaped(name))</p>
      </figure>
      """
  }

  /// From numbers along the axes to units of the drawing.
  func place(_ x: Double, _ y: Double) -> DrawingPoint {
    DrawingPoint(x: 100 * across.part(x), y: 100 - 100 * up.part(y))
  }

  static let style = PartStyle(
    rules: """
      .chart { display: grid; grid-template-columns: max-content 1fr; column-gap: 8px; }
      .chart figcaption, .chart .name { grid-column: 2; margin: 0 0 8px; color: var(--soft); }
      .chart figcaption strong { color: var(--ink); font-weight: 600; margin-right: 14px; }
      .chart .area { position: relative; height: 200px; grid-column: 2; grid-row: 2; }
      .chart svg { position: absolute; width: 100%; height: 100%; overflow: visible; }
      .chart svg path, .chart svg rect { vector-effect: non-scaling-stroke; }
      .chart .grid { fill: none; stroke: var(--rule); stroke-width: 1px; }
      .chart .up, .chart .across { position: relative; color: var(--soft); font-size: 13px; line-height: 18px;
        font-variant-numeric: tabular-nums; }
      .chart .up { grid-column: 1; grid-row: 2; min-width: 44px; }
      .chart .up span { position: absolute; right: 0; transform: translateY(50%); white-space: nowrap; }
      .chart .across { grid-column: 2; grid-row: 3; height: 20px; margin-top: 4px; }
      .chart .across span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
      .chart .name { grid-row: 4; margin: 0; text-align: center; font-size: 14px; color: var(--ink); }
      """)
}

/// What charts have in common: a title, a drawing that fills the width of the page whatever it is, and numbers along two
/// sides, which keep their size.
struct ChartFrame {
  /// A text on the left of the drawing, with a line across it.
  struct Row {
    /// From 0 at the bottom to 1 at the top.
    let place: Double
    let label: String
  }

  let title: String
  let across: ChartAxis
  let up: ChartAxis
  /// What the numbers below the drawing count.
  let name: String
  /// Texts on the left in the place of the numbers of `up`; nil for those.
  var rows: [Row]?

  /// - Parameters:
  ///   - kind: What kind of chart it is, for those who do not see it.
  ///   - legend: Markup next to the title.
  ///   - drawing: SVG on 100 × 100 units, of which the origin is the upper left corner; see `place`.
  ///   - marks: Markup over the drawing.
  func html(_ kind: String, legend: String = "", drawing: String, marks: String = "") -> String {
    let rows = rows ?? up.ticks.map { Row(place: up.part($0), label: up.label($0)) }
    let lines = rows.map { "M0 \(Markup.unit(100 - 100 * $0.place))H100" }.joined()
    let numbers = (
      up: rows.map { "<span style=\"bottom:\(Markup.unit(100 * $0.place))%\">\(Markup.escaped($0.label))</span>" },
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
      .chart { display: grid; grid-template-columns: max-content minmax(0, 1fr); column-gap: 8px; }
      .chart figcaption, .chart .name { grid-column: 2; margin: 0 0 8px; color: var(--soft); overflow-wrap: anywhere; }
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

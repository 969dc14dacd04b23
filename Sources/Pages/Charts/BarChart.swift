import Formatting

/// Bars from the left, one for each name, with its number at the end.
package struct BarChart: PagePart {
  /// A bar.
  package struct Bar: Sendable {
    let name: String
    let value: Double
    let label: String

    /// - Parameters:
    ///   - value: Its length. Where it is not finite there is no bar, but its label.
    ///   - label: The number in words.
    package init(_ name: String, _ value: Double, label: String) {
      self.name = name
      self.value = value
      self.label = label
    }
  }

  private let title: String
  private let bars: [Bar]
  private let axis: ChartAxis?

  /// - Parameter isLogarithmic: Whether lengths are logarithms, counted from a tenth of the least.
  package init(title: String, _ bars: [Bar], isLogarithmic: Bool = false) {
    self.title = title
    self.bars = bars
    let values = bars.map(\.value).filter { $0.isFinite && $0 > 0 }
    axis =
      values.isEmpty
      ? nil
      : isLogarithmic
        ? ChartAxis(logarithmic: values + [(values.min() ?? 1) / 10], parts: 4)
        : ChartAxis(values, includesZero: true, parts: 4)
  }

  package var html: String {
    let rows = bars.map { bar in
      let part = axis.map { $0.holds(bar.value) ? 100 * $0.part(bar.value) : 0 } ?? 0
      return """
        <li><span class="label">\(Markup.escaped(bar.name))</span><span class="track">\
        <i style="width:\(Markup.unit(min(max(part, 0), 100)))%"></i></span>\
        <span class="amount">\(Markup.number(Markup.escaped(bar.label)))</span></li>
        """
    }
    return """
      <figure class="bars">
      <figcaption>\(Markup.escaped(title))</figcaption>
      <ul>
      \(rows.joined(separator: "\n"))
      </ul>
      </figure>
      """
  }

  package var styles: [PartStyle] {
    [
      PartStyle(
        light: "--length: #1f5fa8;", dark: "--length: #7db4f0;",
        rules: """
          .bars figcaption { font-weight: 600; margin: 0 0 6px; overflow-wrap: anywhere; }
          .bars ul { list-style: none; margin: 0; padding: 0; }
          .bars li { display: grid; grid-template-columns: minmax(0, 34%) minmax(0, 1fr) max-content; gap: 4px 12px;
            align-items: center; padding: 3px 0; }
          .bars .label { overflow-wrap: anywhere; }
          .bars .track i { display: block; height: 12px; background: var(--length); border-radius: 0 2px 2px 0; }
          .bars .amount { font-variant-numeric: tabular-nums; min-width: 64px; text-align: right; }
          @media (max-width: 560px) {
          .bars li { grid-template-columns: minmax(0, 1fr) max-content; padding: 5px 0; }
          .bars .label { grid-column: 1 / 3; }
          }
          """)
    ]
  }
}

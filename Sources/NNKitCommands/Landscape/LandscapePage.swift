import Formatting
import LossLandscape
import NeuralNetwork

/// A landscape as a page that needs nothing besides itself.
struct LandscapePage {
  private let report: LandscapeReport

  init(_ report: LandscapeReport) { self.report = report }

  private var title: String { report.title }

  var text: String {
    let plot = ContourPlot(report)
    let findings = report.findings.map { name, text in
      "<div><dt>\(Markup.escaped(name))</dt><dd>\(Markup.number(Markup.escaped(text)))</dd></div>"
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(Markup.escaped("\(title) – loss landscape"))</title>
      <style>
      \(LandscapeStyle(bandCount: plot.levels.bandCount).text)
      </style>
      </head>
      <body>
      <main>
      <header>
      <h1>\(Markup.escaped(title))</h1>
      <p>\(Markup.escaped(report.measured))\(directions)</p>
      </header>
      <figure>
      \(plot.svg)
      <figcaption>
      <output id="reading">\(report.model == nil ? "Value" : "Loss"), on a \(scale)</output>
      </figcaption>
      </figure>
      <dl>
      \(findings.joined(separator: "\n"))
      </dl>
      \(caution)
      </main>
      <script>
      \(script)
      </script>
      </body>
      </html>

      """
  }

  private var directions: String {
    report.directionsText.map { "<br>Directions: \(Markup.escaped($0))" } ?? ""
  }

  private var scale: String {
    ContourPlot(report).levels.isLogarithmic ? "logarithmic scale" : "linear scale"
  }

  private var caution: String {
    guard let model = report.model else { return "" }
    return """
      <p class="caution">A slice through 2 of \(Text.grouped(model.parameters)) dimensions: what is a minimum here may be \
      a saddle point in others. Biases and batch normalisation are held.</p>
      """
  }

  /// Shows the value under the pointer, interpolated between the four nearest points of the grid.
  private var script: String {
    let values = report.grid.values.map { $0.isFinite ? Text.significant($0, 5) : "null" }.joined(separator: ",")
    return """
      const values = [\(values)];
      const count = \(report.grid.x.count), half = \(report.halfWidth);
      const plot = document.querySelector(".plot"), reading = document.querySelector("#reading");
      const legend = reading.textContent;
      const show = number => Number(number.toPrecision(3)).toString().replace("-", "−");
      plot.addEventListener("pointermove", event => {
        const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(plot.getScreenCTM().inverse());
        const x = (place.x - \(ContourPlot.left)) / \(ContourPlot.side);
        const y = 1 - (place.y - \(ContourPlot.top)) / \(ContourPlot.side);
        if (x < 0 || x > 1 || y < 0 || y > 1) { reading.textContent = legend; return; }
        const column = Math.min(Math.floor(x * (count - 1)), count - 2);
        const row = Math.min(Math.floor(y * (count - 1)), count - 2);
        const right = x * (count - 1) - column, up = y * (count - 1) - row, corner = row * count + column;
        const corners = [values[corner], values[corner + 1], values[corner + count], values[corner + count + 1]];
        const value = corners.includes(null) ? "not finite"
          : show((corners[0] * (1 - right) + corners[1] * right) * (1 - up)
            + (corners[2] * (1 - right) + corners[3] * right) * up);
        reading.textContent = value + " at (" + show((2 * x - 1) * half) + ", " + show((2 * y - 1) * half) + ")";
      });
      plot.addEventListener("pointerleave", () => { reading.textContent = legend; });
      """
  }
}

/// The looks of the page, for light and dark screens.
struct LandscapeStyle {
  let bandCount: Int

  var text: String {
    """
    :root { --page: #fbfaf7; --ink: #22262b; --soft: #646b73; --rule: #d9d7d0; --way: #d1410c;
    \(colors(.light)) }
    @media (prefers-color-scheme: dark) {
    :root { --page: #14171a; --ink: #e6e4de; --soft: #989fa6; --rule: #34393f; --way: #ff7a45;
    \(colors(.dark)) }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    main { max-width: 828px; margin: 0 auto; padding: 28px 24px 40px; }
    h1 { font-size: 22px; line-height: 1.25; font-weight: 650; margin: 0 0 4px; overflow-wrap: anywhere; }
    header p { margin: 0; color: var(--soft); }
    figure { margin: 20px 0 0; }
    figcaption { margin: 4px 0 0 72px; color: var(--soft); font-variant-numeric: tabular-nums; }
    .plot { display: block; width: 100%; height: auto; }
    .plot text { font-family: inherit; fill: var(--ink); }
    .plot .number { font-size: 13px; fill: var(--soft); font-variant-numeric: tabular-nums; }
    .plot .name { font-size: 14px; }
    .frame { fill: none; stroke: var(--ink); stroke-opacity: .35; }
    .tick { fill: none; stroke: var(--ink); stroke-opacity: .45; }
    .line { fill: none; stroke-width: .9; stroke-linejoin: round; }
    .line.on-dark { stroke: #fff; stroke-opacity: .5; }
    .line.on-light { stroke: #0b2530; stroke-opacity: .42; }
    .plot .label { font-size: 12px; font-variant-numeric: tabular-nums; paint-order: stroke; stroke-width: 5px;
      stroke-linejoin: round; }
    .plot .label.on-dark { fill: #fff; }
    .plot .label.on-light { fill: #10242c; }
    \(bands)
    .way-casing { fill: none; stroke: #fff; stroke-width: 4.5; stroke-linejoin: round; stroke-linecap: round; stroke-opacity: .85; }
    .way { fill: none; stroke: var(--way); stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
    .station { fill: var(--way); stroke: #fff; stroke-width: 1.1; }
    .station.many { stroke: none; }
    .cross-casing { fill: none; stroke: #fff; stroke-width: 5; stroke-linecap: round; }
    .cross { fill: none; stroke: #111; stroke-width: 2.2; stroke-linecap: round; }
    .least { fill: #ffd84d; stroke: #111; stroke-width: 1.4; stroke-linejoin: round; }
    .model { fill: #fff; stroke: #111; stroke-width: 3; }
    .plot .note { font-size: 13.5px; font-weight: 600; fill: #111; paint-order: stroke; stroke: #fff; stroke-width: 4px;
      stroke-linejoin: round; stroke-opacity: .9; }
    dl { margin: 22px 0 0; border-top: 1px solid var(--rule); }
    dl div { display: flex; gap: 16px; padding: 7px 0; border-bottom: 1px solid var(--rule); }
    dt { flex: 0 0 116px; color: var(--soft); }
    dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
    .caution { color: var(--soft); font-size: 13.5px; margin: 14px 0 0; }
    """
  }

  private func colors(_ map: ColorMap) -> String {
    (0..<bandCount).map { "--b\($0): \(map.hexadecimal(bandCount == 1 ? 0.5 : Double($0) / Double(bandCount - 1)));" }
      .joined(separator: " ")
  }

  /// A label stands in a gap of its line, of the colour below it.
  private var bands: String {
    (0..<bandCount).map { ".b\($0) { fill: var(--b\($0)); } .plot .h\($0) { stroke: var(--b\($0)); }" }
      .joined(separator: "\n")
  }
}

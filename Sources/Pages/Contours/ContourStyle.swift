/// The looks of a contour picture.
struct ContourStyle {
  let bandCount: Int

  var style: PartStyle {
    PartStyle(light: "--way: #d1410c;\n" + colors(.light), dark: "--way: #ff7a45;\n" + colors(.dark), rules: rules)
  }

  private var rules: String {
    """
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
    """
  }

  private func colors(_ map: ColorMap) -> String {
    (0..<bandCount).map { "--b\($0): \(map.hexadecimal(bandCount == 1 ? 0.5 : Double($0) / Double(bandCount - 1)));" }
      .joined(separator: " ")
  }

  /// A label is in a gap of its line, of the colour below it.
  private var bands: String {
    (0..<bandCount).map { ".b\($0) { fill: var(--b\($0)); } .plot .h\($0) { stroke: var(--b\($0)); }" }
      .joined(separator: "\n")
  }
}

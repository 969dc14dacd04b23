import Formatting

/// Curves over a common axis, such as losses over epochs, with some points marked.
package struct CurveChart: PagePart {
  /// One curve.
  package struct Series: Sendable {
    let name: String
    let values: [Double]

    /// - Parameter values: The heights, at equal distances. Those that are not finite leave a gap.
    package init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// A point that something is to be said of.
  package struct Mark: Sendable {
    let series: Int
    let index: Int
    let note: String

    /// - Parameters:
    ///   - series: The place of the curve among the series.
    ///   - index: The place of the point on the curve.
    ///   - note: What it is, for the legend.
    package init(series: Int, index: Int, note: String) {
      self.series = series
      self.index = index
      self.note = note
    }
  }

  private let title: String
  private let series: [Series]
  private let marks: [Mark]
  private let first: Double
  private let step: Double
  private let frame: ChartFrame

  /// The colours that curves have, one after another, before they begin again.
  private static let colors = (
    light: ["#1f5fa8", "#d1410c", "#2f7d4f", "#8a4fb0", "#8a6d00", "#5b6470"],
    dark: ["#7db4f0", "#ff7a45", "#6cc596", "#c79be8", "#d8b84a", "#a9b1ba"]
  )
  /// The dashes that they have besides, for eyes that tell fewer hues apart.
  private static let dashes = ["none", "7 3", "2 3", "9 3 2 3", "12 4", "4 4"]

  /// - Parameters:
  ///   - name: What the horizontal axis counts, such as "epoch".
  ///   - first: The number of the first points.
  ///   - step: How far the points are apart.
  ///   - isLogarithmic: Whether heights stand on a logarithmic axis, on which what is not above 0 leaves a gap.
  ///   - marks: Points to be marked; those that do not exist, or are in a gap, are none.
  package init(
    title: String, _ series: [Series], name: String, first: Double = 1, step: Double = 1, isLogarithmic: Bool = false,
    marks: [Mark] = []
  ) {
    self.title = title
    self.series = series
    self.first = first
    self.step = step
    self.marks = marks.filter { mark in
      guard series.indices.contains(mark.series), series[mark.series].values.indices.contains(mark.index) else {
        return false
      }
      let value = series[mark.series].values[mark.index]
      return value.isFinite && !(isLogarithmic && value <= 0)
    }
    let longest = series.map(\.values.count).max() ?? 0
    let values = series.flatMap(\.values)
    frame = ChartFrame(
      title: title,
      across: ChartAxis(
        [first, first + step * Double(max(longest - 1, 1))],
        countsWholes: first == first.rounded() && step == step.rounded(), parts: 6),
      up: isLogarithmic
        ? ChartAxis(logarithmic: values, parts: 5)
        : ChartAxis(values, includesZero: values.allSatisfy { !($0 < 0) }, parts: 5),
      name: name)
  }

  package var html: String {
    let legend = series.enumerated().map { index, series in
      "<span class=\"key s\(index % Self.dashes.count)\">\(Self.sample)\(Markup.escaped(series.name))</span>"
    }
    let curves = series.enumerated().map { index, series in
      "<path class=\"curve s\(index % Self.dashes.count)\" d=\"\(data(series))\"><title>\(Markup.escaped(series.name))</title></path>"
    }
    let notes = marks.enumerated().map { number, mark in
      "<span class=\"key\">\(Self.ring(number, in: "here"))\(Markup.number(Markup.escaped(mark.note)))</span>"
    }
    return frame.html(
      "a chart", legend: (legend + notes).joined(), drawing: curves.joined(separator: "\n"),
      marks: markedPoints.joined())
  }

  package var styles: [PartStyle] {
    let own = PartStyle(
      light: Self.variables(Self.colors.light), dark: Self.variables(Self.colors.dark),
      rules: """
        .curve, .key svg path { fill: none; stroke-width: 2px; stroke-linejoin: round; stroke-linecap: round; }
        .chart .key { display: inline-block; margin-right: 14px; }
        .chart .key svg { position: static; width: 26px; height: 10px; margin-right: 5px; }
        .chart .mark { position: absolute; width: 12px; height: 12px; margin: -6px; border: 2.5px solid var(--ink);
          background: var(--page); border-radius: 50%; }
        .chart .m1 { border-radius: 0; transform: rotate(45deg) scale(0.8); }
        .chart .here { position: relative; display: inline-block; margin: 0 7px 0 2px; vertical-align: -1px; }
        """
          + Self.dashes.enumerated().map { index, dash in
            "\n.s\(index) path, .curve.s\(index) { stroke: var(--s\(index)); stroke-dasharray: \(dash); }"
          }.joined())
    return [ChartFrame.style, own]
  }

  /// A piece of a curve, for the legend.
  private static let sample = "<svg viewBox=\"0 0 26 10\"><path d=\"M1 5H25\"/></svg>"

  private static func variables(_ colors: [String]) -> String {
    colors.enumerated().map { "--s\($0): \($1);" }.joined(separator: " ")
  }

  private func place(_ index: Int, _ value: Double) -> DrawingPoint {
    frame.place(first + step * Double(index), value)
  }

  private func data(_ series: Series) -> String {
    var data = ""
    var isDrawing = false
    for index in DrawnPoints.places(of: series.values, isDrawn: frame.up.holds) {
      let value = series.values[index]
      guard frame.up.holds(value) else {
        isDrawing = false
        continue
      }
      let point = place(index, value)
      data += "\(isDrawing ? "L" : "M")\(Markup.unit(point.x)) \(Markup.unit(point.y))"
      // A point between two gaps is a line of no length, which round ends make a dot.
      if !isDrawing { data += "h0" }
      isDrawing = true
    }
    return data
  }

  private var markedPoints: [String] {
    marks.enumerated().map { number, mark in
      let point = place(mark.index, series[mark.series].values[mark.index])
      let place = "left:\(Markup.unit(point.x))%;top:\(Markup.unit(point.y))%"
      return Self.ring(number, in: "", style: " style=\"\(place)\"") + "\n"
    }
  }

  /// The first mark is a ring, and those after it squares on a corner.
  private static func ring(_ number: Int, in place: String, style: String = "") -> String {
    let classes = ["mark", number > 0 ? "m1" : "", place].filter { !$0.isEmpty }
    return "<span class=\"\(classes.joined(separator: " "))\"\(style)></span>"
  }
}

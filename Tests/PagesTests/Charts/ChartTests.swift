import Testing

@testable import Pages

/// What charts draw, read back from their markup.
struct ChartTests {
  /// What is between two texts, each time that they occur.
  private func all(_ text: String, between start: String, and end: String) -> [String] {
    text.components(after: start).map { $0.prefix(upTo: end) }
  }

  @Test func curvesGoThroughTheirPoints() {
    let chart = CurveChart(
      title: "Loss", [.init("training", [4, 2, 1]), .init("validation <b>", [4, .nan, 3])], name: "epoch",
      marks: [.init(series: 0, index: 2, note: "epoch 3: 1")])
    let curves = all(chart.html, between: "d=\"", and: "\"").filter { $0.hasPrefix("M0.00") }
    // The axis begins at 0, as no value lies below.
    #expect(curves == ["M0.00 0.00h0L50.00 50.00L100.00 75.00", "M0.00 0.00h0M100.00 25.00h0"])
    #expect(chart.html.contains("validation &lt;b&gt;") && !chart.html.contains("<b>"))
    #expect(chart.html.contains("style=\"left:100.00%;top:75.00%\""))
    #expect(chart.html.contains("epoch 3: 1"))
  }

  @Test func aMarkThatDoesNotExistIsNone() {
    let places = [(1, 0), (0, 3), (-1, 0), (0, 1)]
    for (series, index) in places {
      let mark = CurveChart.Mark(series: series, index: index, note: "here")
      let chart = CurveChart(title: "Loss", [.init("training", [4, .nan, 1])], name: "epoch", marks: [mark])
      #expect(!chart.html.contains("here"))
    }
  }

  @Test func barsStandOnTheirBins() {
    let chart = HistogramChart(title: "Weights", edges: [-2, -1, 0, 2], counts: [5, 0, 10], name: "value")
    let bars = all(chart.html, between: "<rect class=\"bar\" ", and: ">")
    #expect(
      bars == [
        "x=\"0.00\" y=\"50.00\" width=\"25.00\" height=\"50.00\"",
        "x=\"50.00\" y=\"0.00\" width=\"50.00\" height=\"100.00\"",
      ])
    #expect(chart.html.contains("−2 to −1: 5") && chart.html.contains("0 to 2: 10"))
    // A count without an edge on both sides has no place.
    #expect(HistogramChart(title: "", edges: [], counts: [1], name: "").html.contains("class=\"bar\"") == false)
  }

  @Test func heatGrowsWithTheNumbers() {
    let map = HeatMap(
      title: "Confusion", corner: "truth", rows: ["a", "b"], columns: ["a", "b"], values: [[0, 8], [.nan, 16]])
    #expect(map.html.contains("<td class=\"q0\">0</td><td class=\"q8\">8</td>"))
    #expect(map.html.contains("<td>NaN</td><td class=\"q15\">16</td>"))
    let same = HeatMap(title: "", rows: ["a"], columns: ["a"], values: [[3]])
    #expect(same.html.contains("<td class=\"q0\">3</td>"))
  }

  @Test func tablesLeaveOutColumnsWithoutContent() {
    let table = PageTable(
      title: "Layers", [.init("name"), .init("nothing"), .init("parameters", .right)],
      rows: [["<dense>", "", "-1"], ["relu"]])
    #expect(table.html.contains("<td>&lt;dense&gt;</td><td class=\"right\">−1</td>"))
    #expect(table.html.contains("<td>relu</td><td class=\"right\"></td>") && !table.html.contains("nothing"))
  }

  @Test func imagesAreCaptionedAndEscaped() {
    let grid = ImageGrid(title: "Wrong", [.init(greys: [0, 1], width: 2, caption: "\"7\" for 1")])
    #expect(grid.html.contains("alt=\"&quot;7&quot; for 1\" src=\"data:image/bmp;base64,Qk"))
  }
}

extension String {
  /// What comes after each occurrence of a text.
  fileprivate func components(after start: String) -> [Substring] {
    var (rest, found) = (self[...], [Substring]())
    while let range = rest.range(of: start) {
      rest = rest[range.upperBound...]
      found.append(rest)
    }
    return found
  }
}

extension Substring {
  fileprivate func range(of text: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(text) }.map { $0..<index($0, offsetBy: text.count) }
  }

  fileprivate func prefix(upTo end: String) -> String {
    range(of: end).map { String(self[..<$0.lowerBound]) } ?? String(self)
  }
}

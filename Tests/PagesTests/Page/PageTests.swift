import Testing

@testable import Pages

struct PageTests {
  private let charts: [any PagePart] = [
    CurveChart(title: "Loss", [.init("training", [3, 2, 1])], name: "epoch"),
    HistogramChart(title: "Weights", edges: [0, 1, 2], counts: [1, 2], name: "value"),
    HistogramChart(title: "Biases", edges: [0, 1, 2], counts: [3, 1], name: "value"),
  ]

  @Test func partsStandInTheirOrderAndTheirLooksOnce() {
    let page = Page(title: "A & B", heading: "B", introduction: ["one", "<two>"], parts: charts)
    let html = page.html
    #expect(html.hasPrefix("<!DOCTYPE html>\n") && html.hasSuffix("</body>\n</html>\n"))
    #expect(html.contains("<title>A &amp; B</title>") && html.contains("<p>one<br>&lt;two&gt;</p>"))
    let places = ["Loss", "Weights", "Biases"].map { title in
      html.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
        $0.contains("<strong>\(title)</strong>")
      }
    }
    #expect(places.compactMap(\.self).count == 3 && places.compactMap(\.self) == places.compactMap(\.self).sorted())
    let lines = html.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix(".bar {") } == 1)
    #expect(lines.count { $0.hasPrefix(".chart { display") } == 1)
    // One set of colours for light screens and one for dark ones.
    #expect(lines.count { $0.contains("--bar:") } == 2)
    #expect(!html.contains("<script") && !html.contains("<dl>") && !html.contains("class=\"caution\""))
  }

  @Test func findingsAndCautionStandAtTheEnd() {
    let page = Page(
      title: "", heading: "", parts: charts, findings: [("Least", "-0.5 at <model>")], caution: "Only a & b.")
    #expect(page.html.contains("<div><dt>Least</dt><dd>−0.5 at &lt;model&gt;</dd></div>\n</dl>\n"))
    #expect(page.html.contains("<p class=\"caution\">Only a &amp; b.</p>\n</main>"))
  }

  @Test func everyTagThatOpensCloses() {
    let grid = ImageGrid(title: "Images", [.init(greys: [0, 1], width: 2, caption: "x")])
    let table = PageTable(title: "Table", [.init("a")], rows: [["1"]])
    let map = HeatMap(title: "Map", rows: ["a"], columns: ["b"], values: [[1]])
    let surface = ContourSurface(
      halfWidth: 1, levels: ContourLevels(0...1, leastPositive: nil), regions: [], lines: [],
      values: [Double](repeating: 0, count: 9))
    let contours = ContourPicture(
      title: "Contours", legend: "Value", surface, axes: ("x", "y"),
      marks: ContourMarks(
        [.init(.ring, at: DrawingPoint(x: 0, y: 0), title: "model", note: "model 1")],
        path: [.init(at: DrawingPoint(x: 0.5, y: 0.5), title: "start")]))
    let section = PageSection(
      "Section", lead: "lead",
      [
        NoteList([.init(.error, label: "error", place: "layer", "text")]), FactList(title: "Facts", [("a", "b")]),
        PageText("text"),
        PageColumns([
          [BarChart(title: "Bars", [.init("a", 1, label: "1")]), NumberLine([("mean", "1")])],
          [MatrixPicture(title: "Matrix", values: [1, -1], width: 2, note: "note")],
          [RidgeChart(title: "Ridges", [.init("1", [1, 2])], range: 0...1, name: "value")],
          [SmallCurves(title: "Curves", [.init("a", [1, 2])])],
        ]),
        LayerColumn(title: "Layers", input: "2", [.init(name: "a", kind: "b", output: "c", share: 0.5, lines: ["x"])]),
      ])
    let html = Page(
      title: "t", heading: "h", parts: charts + [grid, table, map, contours, section], findings: [("a", "b")]
    ).html
    for tag in [
      "html", "head", "body", "main", "figure", "figcaption", "svg", "path", "g", "div", "span", "table", "tr", "td",
      "th", "dl", "dt", "dd", "p", "script", "style", "rect", "circle", "text", "title", "strong", "output",
      "section", "h2", "h3", "ul", "ol", "li", "b", "i",
    ] {
      let pieces = html.split(separator: "<", omittingEmptySubsequences: false).dropFirst()
      let opened = pieces.count { $0.hasPrefix("\(tag)>") || $0.hasPrefix("\(tag) ") }
      let closed = pieces.count { $0.hasPrefix("/\(tag)>") }
      let empty = pieces.count { piece in
        (piece.hasPrefix("\(tag) ")) && piece.split(separator: ">", omittingEmptySubsequences: false)[0].hasSuffix("/")
      }
      #expect(opened > 0 && opened == closed + empty, "\(tag)")
    }
  }
}

import Testing

@testable import Pages

/// The parts that pages of models are made of, read back from their markup.
struct ModelPartTests {
  private let hostile = "<b>\"&'\u{202E}"
  private let escaped = "&lt;b&gt;&quot;&amp;&#39;\\u{202e}"

  @Test func `Every text of every part is escaped`() {
    let parts: [any PagePart] = [
      NoteList([.init(.note, label: hostile, place: hostile, hostile)]), FactList(title: hostile, [(hostile, hostile)]),
      PageText(hostile), NumberLine([(hostile, hostile)]), PageSection(hostile, lead: hostile, []),
      BarChart(title: hostile, [.init(hostile, 1, label: hostile)]),
      MatrixPicture(title: hostile, values: [1], width: 1, note: hostile),
      RidgeChart(title: hostile, [.init(hostile, [1])], range: 0...1, name: hostile),
      SmallCurves(title: hostile, [.init(hostile, [1])]),
      LayerColumn(
        title: hostile, input: hostile,
        [.init(name: hostile, kind: hostile, output: hostile, size: hostile, lines: [hostile])]),
      CurveChart(
        title: hostile, [.init(hostile, [1])], name: hostile, marks: [.init(series: 0, index: 0, note: hostile)]),
      PageColumns([[PageText(hostile)]]),
    ]
    for part in parts {
      #expect(part.html.contains(escaped) && !part.html.contains("<b>\"") && !part.html.contains("\u{202E}"))
    }
  }

  @Test func `Bars are as long as their numbers say`() {
    let chart = BarChart(
      title: "", [.init("a", 4, label: "4"), .init("b", 1, label: "1"), .init("c", .nan, label: "not finite")])
    for width in ["100.00", "25.00", "0.00"] { #expect(chart.html.contains("width:\(width)%")) }
    let logarithmic = BarChart(title: "", [.init("a", 100, label: ""), .init("b", 1, label: "")], isLogarithmic: true)
    #expect(logarithmic.html.contains("width:100.00%") && logarithmic.html.contains("width:33.33%"))
  }

  @Test func `A matrix has a scale around 0, or from 0 on where nothing is below`() {
    let signed = MatrixPicture(title: "", values: [1, -2, .nan], width: 3).html
    #expect(signed.contains("<span>−2</span>") && signed.contains("<span>2</span>"))
    let positive = MatrixPicture(title: "", values: [1, 2], width: 2).html
    #expect(positive.contains("<span>0</span>") && positive.contains("class=\"signed scale above\""))
  }

  @Test func `Values that are no numbers stand out, and colours end at the scale`() {
    #expect(SignedColors.color(.nan, scale: 1) == (236, 190, 20))
    #expect(SignedColors.color(0, scale: 1) == (247, 247, 247) && SignedColors.color(1, scale: 0) == (247, 247, 247))
    #expect(SignedColors.color(5, scale: 1) == SignedColors.color(1, scale: 1))
    #expect(SignedColors.color(-.infinity, scale: 1) == (31, 95, 168))
  }

  @Test func `A ridge has the height of its own greatest number`() {
    // Three rows of which the highest ridge reaches 2.5 up: 4.5 steps.
    let chart = RidgeChart(
      title: "", [.init("1", [0, 4]), .init("2", [0, .nan]), .init("3", [2, 2])], range: 0...1, name: "")
    #expect(chart.html.contains("d=\"M0 55.56L25.00 55.56L75.00 2.22L100 55.56\""))
    #expect(chart.html.contains("d=\"M0 77.78L25.00 77.78L75.00 77.78L100 77.78\""))
    #expect(chart.html.contains("d=\"M0 100.00L25.00 46.67L75.00 46.67L100 100.00\""))
  }

  @Test func `Logarithmic counts stand on a half`() {
    let chart = HistogramChart(title: "", edges: [0, 4, 8], counts: [1, 8], name: "", isLogarithmic: true)
    // From 0.5 to 8 there are four doublings; 1 is after the first.
    #expect(chart.html.contains("y=\"75.00\" width=\"50.00\" height=\"25.00\""))
    #expect(chart.html.contains("y=\"0.00\" width=\"50.00\" height=\"100.00\""))
    #expect(!chart.html.contains(">0.5<"))
  }
}

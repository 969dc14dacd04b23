import Testing

@testable import Pages

/// A surface whose only level is a square, with everything that can lie on it.
struct ContourPictureTests {
  private let square = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map { DrawingPoint(x: $0.0, y: $0.1) }

  private func picture(_ marks: ContourMarks = ContourMarks([], path: [])) -> ContourPicture {
    let levels = ContourLevels(0...1, leastPositive: nil)
    return ContourPicture(
      title: "Contours of f & g", legend: "Value", surface(levels), axes: ("x", "<y>"), marks: marks)
  }

  private func surface(_ levels: ContourLevels) -> ContourSurface {
    ContourSurface(
      halfWidth: 1, levels: levels, regions: [[square]], lines: [[ContourLine(points: square, isClosed: true)]],
      values: [0, 1, 2, .nan, 4, 5, 6, .infinity, 8])
  }

  @Test func placesOfThePlaneAreThoseOfTheDrawing() {
    // The square of 600 units begins at (72, 18), and y grows upwards.
    let path = "M222.0 468.0L522.0 468.0L522.0 168.0L222.0 168.0Z"
    #expect(picture().html.contains("<path class=\"b1\" fill-rule=\"evenodd\" d=\"\(path)\"/>"))
    #expect(picture().html.contains("<path class=\"line on-dark\" d=\"\(path)\"/>"))
    #expect(
      picture().html.contains("aria-label=\"Contours of f &amp; g\"") && picture().html.contains("&lt;y&gt;</text>"))
  }

  @Test func marksHaveTheirShapesAndTheirWords() {
    let center = DrawingPoint(x: 0, y: 0)
    let html = picture(
      ContourMarks(
        [
          .init(.cross, at: DrawingPoint(x: 0.5, y: 0.5), title: "saddle"),
          .init(.diamond, at: DrawingPoint(x: -0.5, y: 0), title: "least", note: "least -1"),
          .init(.ring, at: center, title: "model", note: "model 0"),
        ], path: [.init(at: DrawingPoint(x: 1, y: 1), title: "first"), .init(at: center, title: "last")])
    ).html
    #expect(html.contains("M517.0 163.0l10 10m0-10l-10 10") && html.contains("<title>saddle</title></g>"))
    #expect(html.contains("d=\"M222.0 311.0l7 7l-7 7l-7-7Z\"") && html.contains(">least −1</text>"))
    #expect(
      html.contains("cx=\"372.0\" cy=\"318.0\" r=\"6.5\"><title>model</title>") && html.contains(">model 0</text>"))
    #expect(html.contains("<path class=\"way\" d=\"M672.0 18.0L372.0 318.0\"/>") && html.contains(">start</text>"))
  }

  @Test func longPathsHaveSmallStations() {
    for (count, name) in [(25, "station"), (26, "station many")] {
      let path = (0..<count).map { ContourMarks.Station(at: DrawingPoint(x: Double($0) / 30, y: 0), title: "\($0)") }
      let pieces = picture(ContourMarks([], path: path)).html.split(separator: "<")
      #expect(pieces.count { $0.hasPrefix("circle class=\"\(name)\"") } == count)
    }
  }

  @Test func eachBandHasAColourOnLightAndOnDarkScreens() throws {
    let style = try #require(picture().styles.first)
    let count = ContourLevels(0...1, leastPositive: nil).bandCount
    for band in 0..<count {
      #expect(style.light.contains("--b\(band): #") && style.dark.contains("--b\(band): #"))
      #expect(style.rules.contains(".b\(band) { fill: var(--b\(band)); }"))
    }
    #expect(!style.rules.contains(".b\(count) ") && style.light != style.dark)
  }

  @Test func valuesThatAreNotFiniteAreReadAsSuch() throws {
    let script = try #require(picture().script)
    #expect(script.hasPrefix("const values = [0,1,2,null,4,5,6,null,8];\nconst count = 3, half = 1.0;\n"))
  }
}

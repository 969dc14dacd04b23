import Formatting
import LossLandscape
import NeuralNetwork

/// A surface as an SVG drawing: coloured bands, contour lines with labels, axes, colour bar, and marks.
struct ContourPlot {
  static let width = 780.0
  static let height = 676.0
  /// The square of the surface.
  static let (left, top, side) = (72.0, 18.0, 600.0)
  static let square = PlacedNotes.Box(x: left...left + side, y: top...top + side)

  private let report: LandscapeReport
  let levels: ContourLevels
  /// Heights on the scale of the levels, on a grid that is fine enough for smooth lines.
  private let grid: LossGrid

  init(_ report: LandscapeReport) {
    self.report = report
    let leastPositive = report.grid.values.reduce(Double.infinity) { $1 > 0 && $1.isFinite ? min($0, $1) : $0 }
    let levels = ContourLevels(
      report.grid.finiteRange ?? 0...0, leastPositive: report.model == nil ? nil : leastPositive)
    self.levels = levels
    grid = report.grid.mapped(levels.height).refined(by: max(1, min(4, 160 / report.grid.x.count)))
  }

  var svg: String {
    let title = Markup.escaped("Contours of \(report.measured)")
    return """
      <svg class="plot" viewBox="0 0 \(Markup.length(Self.width)) \(Markup.length(Self.height))" role="img" \
      aria-label="\(title)">
      <clipPath id="square"><rect x="\(Markup.length(Self.left))" y="\(Markup.length(Self.top))" \
      width="\(Markup.length(Self.side))" height="\(Markup.length(Self.side))"/></clipPath>
      <g clip-path="url(#square)">
      \(bands)
      \(lines)
      </g>
      \(axes)
      <g clip-path="url(#square)">
      \(ContourLabels(lines: linesOfLevels, levels: levels, obstacles: marks.obstacles).svg)
      \(marks.svg)
      </g>
      \(colorBar)
      </svg>
      """
  }

  private var marks: ContourMarks { ContourMarks(report: report, place: place) }

  /// From the plane to the drawing.
  private func place(_ point: PlanePoint) -> PlanePoint {
    let half = report.halfWidth
    return PlanePoint(
      x: Self.left + (point.x / half + 1) / 2 * Self.side, y: Self.top + (1 - point.y / half) / 2 * Self.side)
  }

  static func path(_ points: [PlanePoint], isClosed: Bool) -> String {
    points.enumerated().map { "\($0 == 0 ? "M" : "L")\(Markup.length($1.x)) \(Markup.length($1.y))" }.joined()
      + (isClosed ? "Z" : "")
  }

  /// Each band is painted over the ones below it, as the region above its level.
  private var bands: String {
    var result = """
      <rect class="b0" x="\(Markup.length(Self.left))" y="\(Markup.length(Self.top))" width="\(Markup.length(Self.side))" \
      height="\(Markup.length(Self.side))"/>
      """
    for (index, level) in levels.values.enumerated() {
      let loops = ContourLines.region(of: grid, atLeast: levels.height(level))
      let data = loops.map { Self.path($0.map(place), isClosed: true) }.joined()
      result += "\n<path class=\"b\(index + 1)\" fill-rule=\"evenodd\" d=\"\(data)\"/>"
    }
    return result
  }

  private var linesOfLevels: [[ContourLines.Line]] {
    levels.values.map { level in
      ContourLines.lines(of: grid, level: levels.height(level)).map { line in
        ContourLines.Line(points: line.points.map(place), isClosed: line.isClosed)
      }
    }
  }

  private var lines: String {
    linesOfLevels.enumerated().map { index, lines in
      let data = lines.map { Self.path($0.points, isClosed: $0.isClosed) }.joined()
      return "<path class=\"line \(tone(ofLevel: index))\" d=\"\(data)\"/>"
    }.joined(separator: "\n")
  }

  /// Light lines on dark colours, dark lines on light ones.
  private func tone(ofLevel index: Int) -> String { levels.isDark(levelAt: index) ? "on-dark" : "on-light" }

  private var axes: String {
    let (right, bottom) = (Self.left + Self.side, Self.top + Self.side)
    var result = """
      <rect class="frame" x="\(Markup.length(Self.left))" y="\(Markup.length(Self.top))" \
      width="\(Markup.length(Self.side))" height="\(Markup.length(Self.side))"/>
      """
    for part in [-1, -0.5, 0, 0.5, 1.0] {
      let text = Markup.number(LandscapeReport.coordinate(part * report.halfWidth))
      let across = Self.left + (part + 1) / 2 * Self.side
      let up = Self.top + (1 - part) / 2 * Self.side
      result += """

        <path class="tick" d="M\(Markup.length(across)) \(Markup.length(bottom))v6\
        M\(Markup.length(Self.left)) \(Markup.length(up))h-6"/>
        <text class="number" x="\(Markup.length(across))" y="\(Markup.length(bottom + 21))" \
        text-anchor="middle">\(text)</text>
        <text class="number" x="\(Markup.length(Self.left - 11))" y="\(Markup.length(up + 4.5))" \
        text-anchor="end">\(text)</text>
        """
    }
    let names = report.model == nil ? ("x", "y") : ("direction 1", "direction 2")
    let unit = report.model == nil ? "" : ", in lengths of the weights"
    return result + """

      <text class="name" x="\(Markup.length((Self.left + right) / 2))" y="\(Markup.length(bottom + 48))" \
      text-anchor="middle">\(names.0)\(unit)</text>
      <text class="name" text-anchor="middle" transform="translate(18 \(Markup.length((Self.top + bottom) / 2))) \
      rotate(-90)">\(names.1)</text>
      """
  }

  /// The colours with the levels between them.
  private var colorBar: String {
    let (x, width) = (Self.left + Self.side + 24, 16.0)
    let height = Self.side / Double(levels.bandCount)
    var result = ""
    for band in 0..<levels.bandCount {
      let y = Self.top + Self.side - Double(band + 1) * height
      result += """
        <rect class="b\(band)" x="\(Markup.length(x))" y="\(Markup.length(y))" width="\(Markup.length(width))" \
        height="\(Markup.length(height + 0.3))"/>

        """
      guard band < levels.values.count else { continue }
      result += """
        <text class="number" x="\(Markup.length(x + width + 7))" \
        y="\(Markup.length(y + 4.5))">\(levels.label(band))</text>

        """
    }
    return result + """
      <rect class="frame" x="\(Markup.length(x))" y="\(Markup.length(Self.top))" width="\(Markup.length(width))" \
      height="\(Markup.length(Self.side))"/>
      """
  }
}

extension ContourLevels {
  func label(_ index: Int) -> String {
    Markup.number(Text.number(values[index].magnitude < 1e-12 * (values.last ?? 1).magnitude ? 0 : values[index], 3))
  }

  /// Whether the colours around a level are darker than what is written on them should be.
  func isDark(levelAt index: Int) -> Bool { Double(index) + 0.5 < 0.52 * Double(max(values.count, 1)) }
}

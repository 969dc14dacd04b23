import Formatting

/// A surface from above: coloured bands, contour lines with labels, axes, colour bar, and marks. The value under the
/// pointer is read out below.
///
/// A page has room for one: its colours and its script go by names.
package struct ContourPicture: PagePart {
  static let (width, height) = (780.0, 676.0)
  /// The square of the surface.
  static let (left, top, side) = (72.0, 18.0, 600.0)
  static let square = DrawingBox(x: left...left + side, y: top...top + side)

  /// What it shows, for those who do not see it.
  private let title: String
  /// What is below it until a value is read out.
  private let legend: String
  private let surface: ContourSurface
  private let axes: (x: String, y: String)
  /// At places of the drawing.
  private let marks: MarkDrawing

  /// - Parameters:
  ///   - axes: The names of the horizontal axis and the vertical one.
  ///   - marks: At places of the plane.
  package init(
    title: String, legend: String, _ surface: ContourSurface, axes: (x: String, y: String), marks: ContourMarks
  ) {
    self.title = title
    self.legend = legend
    self.surface = surface
    self.axes = axes
    self.marks = MarkDrawing(marks: marks.placed { Self.place($0, surface.halfWidth) })
  }

  package var html: String {
    """
    <figure>
    \(svg)
    <figcaption>
    <output id="reading">\(Markup.escaped(legend))</output>
    </figcaption>
    </figure>
    """
  }

  package var styles: [PartStyle] { [ContourStyle(bandCount: surface.levels.bandCount).style] }

  package var script: String? { ContourReading(surface).script }

  private var levels: ContourLevels { surface.levels }

  private var svg: String {
    let lines = surface.lines.map { lines in
      lines.map { ContourLine(points: $0.points.map(place), isClosed: $0.isClosed) }
    }
    return """
      <svg class="plot" viewBox="0 0 \(Markup.length(Self.width)) \(Markup.length(Self.height))" role="img" \
      aria-label="\(Markup.escaped(title))">
      <clipPath id="square"><rect x="\(Markup.length(Self.left))" y="\(Markup.length(Self.top))" \
      width="\(Markup.length(Self.side))" height="\(Markup.length(Self.side))"/></clipPath>
      <g clip-path="url(#square)">
      \(bands)
      \(paths(lines))
      </g>
      \(frame)
      <g clip-path="url(#square)">
      \(ContourLabels(lines: lines, levels: levels, obstacles: marks.obstacles).svg)
      \(marks.svg)
      </g>
      \(colorBar)
      </svg>
      """
  }

  private func place(_ point: DrawingPoint) -> DrawingPoint { Self.place(point, surface.halfWidth) }

  /// From the plane to the drawing.
  private static func place(_ point: DrawingPoint, _ half: Double) -> DrawingPoint {
    DrawingPoint(x: left + (point.x / half + 1) / 2 * side, y: top + (1 - point.y / half) / 2 * side)
  }

  static func path(_ points: [DrawingPoint], isClosed: Bool) -> String {
    points.enumerated().map { "\($0 == 0 ? "M" : "L")\(Markup.length($1.x)) \(Markup.length($1.y))" }.joined()
      + (isClosed ? "Z" : "")
  }

  /// Each band is painted over the ones below it, as the region above its level.
  private var bands: String {
    var result = """
      <rect class="b0" x="\(Markup.length(Self.left))" y="\(Markup.length(Self.top))" width="\(Markup.length(Self.side))" \
      height="\(Markup.length(Self.side))"/>
      """
    for (index, loops) in surface.regions.enumerated() {
      let data = loops.map { Self.path($0.map(place), isClosed: true) }.joined()
      result += "\n<path class=\"b\(index + 1)\" fill-rule=\"evenodd\" d=\"\(data)\"/>"
    }
    return result
  }

  /// Light lines on dark colours, dark lines on light ones.
  private func paths(_ lines: [[ContourLine]]) -> String {
    lines.enumerated().map { index, lines in
      let data = lines.map { Self.path($0.points, isClosed: $0.isClosed) }.joined()
      return "<path class=\"line \(levels.isDark(levelAt: index) ? "on-dark" : "on-light")\" d=\"\(data)\"/>"
    }.joined(separator: "\n")
  }

  private var frame: String {
    let (right, bottom) = (Self.left + Self.side, Self.top + Self.side)
    var result = """
      <rect class="frame" x="\(Markup.length(Self.left))" y="\(Markup.length(Self.top))" \
      width="\(Markup.length(Self.side))" height="\(Markup.length(Self.side))"/>
      """
    for part in [-1, -0.5, 0, 0.5, 1.0] {
      let text = Markup.number(Text.coordinate(part * surface.halfWidth))
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
    return result + """

      <text class="name" x="\(Markup.length((Self.left + right) / 2))" y="\(Markup.length(bottom + 48))" \
      text-anchor="middle">\(Markup.escaped(axes.x))</text>
      <text class="name" text-anchor="middle" transform="translate(18 \(Markup.length((Self.top + bottom) / 2))) \
      rotate(-90)">\(Markup.escaped(axes.y))</text>
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

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The values on contour lines: on long lines, where they are straight, and apart from one another.
struct ContourLabels {
  /// For each level its lines, in places of the drawing.
  let lines: [[ContourLine]]
  let levels: ContourLevels
  /// Where other things are.
  let obstacles: [DrawingPoint]

  /// Half the room of a label along its line.
  private static let reach = 22.0

  var svg: String {
    var taken = obstacles
    var result: [String] = []
    for (index, lines) in lines.enumerated() {
      let longest = lines.map { (line: $0, length: Self.length(of: $0)) }.sorted { $0.length > $1.length }
      for (line, length) in longest.prefix(2) where length > 6 * Self.reach {
        guard let (place, angle) = Self.bestPlace(on: line, avoiding: taken) else { continue }
        taken.append(place)
        result.append(
          """
          <text class="label \(levels.isDark(levelAt: index) ? "on-dark" : "on-light") h\(index)" text-anchor="middle" \
          transform="translate(\(Markup.length(place.x)) \(Markup.length(place.y))) \
          rotate(\(Markup.length(angle)))" dy="4">\(levels.label(index))</text>
          """)
      }
    }
    return result.joined(separator: "\n")
  }

  private static func length(of line: ContourLine) -> Double {
    zip(line.points, line.points.dropFirst()).reduce(0) { $0 + distance($1.0, $1.1) }
  }

  private static func distance(_ a: DrawingPoint, _ b: DrawingPoint) -> Double {
    hypot(a.x - b.x, a.y - b.y)
  }

  /// The middle of the straightest stretch with room for a label, and the angle of the line there in degrees.
  private static func bestPlace(
    on line: ContourLine, avoiding taken: [DrawingPoint]
  ) -> (DrawingPoint, Double)? {
    var best: (place: DrawingPoint, angle: Double, bend: Double)?
    let points = line.points
    let margin = 26.0
    let square = ContourPicture.square
    let inside = DrawingBox(
      x: square.x.lowerBound + margin...square.x.upperBound - margin,
      y: square.y.lowerBound + margin...square.y.upperBound - margin)
    for index in points.indices {
      let middle = points[index]
      guard inside.contains(middle), !taken.contains(where: { distance($0, middle) < 2.6 * reach }),
        let start = points[..<index].last(where: { distance($0, middle) >= reach }),
        let end = points[index...].first(where: { distance($0, middle) >= reach })
      else { continue }
      // How far the middle is from the chord.
      let chord = distance(start, end)
      let cross = (end.x - start.x) * (middle.y - start.y) - (end.y - start.y) * (middle.x - start.x)
      let bend = cross.magnitude / max(chord, 1) + max(2 * reach - chord, 0)
      guard bend < 6, bend < best?.bend ?? .infinity else { continue }
      var angle = atan2(end.y - start.y, end.x - start.x) * 180 / .pi
      if angle > 90 { angle -= 180 } else if angle <= -90 { angle += 180 }
      best = (middle, angle, bend)
    }
    return best.map { ($0.place, $0.angle) }
  }
}

import Formatting
import LossLandscape
import Pages

extension LandscapeReport: PagedReport {
  var document: LandscapeDocument { LandscapeDocument(self) }

  func text(for display: Display) -> String { LandscapeText(report: self, style: display.style).text }

  var page: Page {
    Page(
      title: "\(title) – loss landscape", heading: title,
      introduction: [measured] + (directionsText.map { ["Directions: \($0)"] } ?? []), parts: [picture],
      findings: findings, caution: caution)
  }

  private var caution: String? {
    model.map {
      "A slice through 2 of \(Text.grouped($0.parameters)) dimensions: what is a minimum here may be a saddle point in "
        + "others. Biases and batch normalisation stay as they are."
    }
  }

  private var picture: ContourPicture {
    let surface = surface
    let scale = surface.levels.isLogarithmic ? "logarithmic scale" : "linear scale"
    return ContourPicture(
      title: "Contours of \(measured)", legend: "\(model == nil ? "Value" : "Loss"), on a \(scale)", surface,
      axes: model == nil ? ("x", "y") : ("direction 1, in lengths of the weights", "direction 2"), marks: marks)
  }

  /// The surface, cut at round levels. Losses that span a decade have them on a logarithmic scale; lines come from a
  /// grid that is fine enough for them to be smooth.
  private var surface: ContourSurface {
    let leastPositive = grid.values.reduce(Double.infinity) { $1 > 0 && $1.isFinite ? min($0, $1) : $0 }
    let levels = ContourLevels(grid.finiteRange ?? 0...0, leastPositive: model == nil ? nil : leastPositive)
    let heights = grid.mapped(levels.height).refined(by: max(1, min(4, 160 / grid.x.count)))
    return ContourSurface(
      halfWidth: halfWidth, levels: levels,
      regions: levels.values.map { level in
        ContourLines.region(of: heights, atLeast: levels.height(level)).map { $0.map(DrawingPoint.init) }
      },
      lines: levels.values.map { level in
        ContourLines.lines(of: heights, level: levels.height(level)).map {
          ContourLine(points: $0.points.map(DrawingPoint.init), isClosed: $0.isClosed)
        }
      },
      values: grid.values)
  }

  /// Saddle points, the least value where it deserves a mark of its own, and the model.
  private var marks: ContourMarks {
    var marks = analysis.saddlePoints.map { saddle in
      ContourMarks.Mark(
        .cross, at: DrawingPoint(saddle.point),
        title: "saddle point: \(Self.value(saddle.value)) at \(Self.place(saddle.point))")
    }
    let center = PlanePoint(x: 0, y: 0)
    if let minimum = analysis.minimum, minimum.point != center, model != nil {
      marks.append(
        ContourMarks.Mark(
          .diamond, at: DrawingPoint(minimum.point),
          title: "least: \(Self.value(minimum.value)) at \(Self.place(minimum.point))",
          note: "least \(Self.value(minimum.value))"))
    }
    if model != nil {
      let value = Self.value(analysis.center)
      marks.append(
        ContourMarks.Mark(.ring, at: DrawingPoint(center), title: "model: \(value)", note: "model \(value)"))
    }
    return ContourMarks(
      marks,
      path: path.map { step in
        ContourMarks.Station(
          at: DrawingPoint(step.point), title: "\(step.name): \(Self.value(step.loss)) at \(Self.place(step.point))")
      })
  }
}

extension DrawingPoint {
  fileprivate init(_ point: PlanePoint) { self.init(x: point.x, y: point.y) }
}

import Formatting
import LossLandscape
import NeuralNetwork

/// A measured surface and what is told of it: as a page, as text, and as JSON.
struct LandscapeReport {
  /// What the surface belongs to.
  struct ModelFacts {
    let path: String
    let images: String
    let samples: Int
    let available: Int
    /// The samples that were left out because a value is missing.
    let dropped: Int
    let loss: Loss
    let parameters: Int
    let directions: LandscapePlane.Directions
    let cosine: Double
  }

  enum Subject {
    case model(ModelFacts)
    case surface(TextbookSurface)
  }

  /// A station of a path.
  struct Step {
    let name: String
    let point: PlanePoint
    /// The loss of that model itself, which may lie off the plane.
    let loss: Double
  }

  let subject: Subject
  let grid: LossGrid
  let analysis: SurfaceAnalysis
  let path: [Step]
  /// Half of a side of the square.
  let halfWidth: Double

  /// - Parameter pathNames: the name of each station of the path.
  init(subject: Subject, landscape: Landscape, pathNames: [String]) {
    self.subject = subject
    grid = landscape.grid
    analysis = landscape.analysis
    halfWidth = landscape.halfWidth
    path = zip(pathNames, landscape.path).map { Step(name: $0, point: $1.point, loss: $1.loss) }
  }

  init(_ surface: TextbookSurface, halfWidth: Double, count: Int) throws {
    self.init(
      subject: .surface(surface), landscape: try Landscape(surface, halfWidth: halfWidth, count: count),
      pathNames: surface.path.map { "step \($0.step)" })
  }

  /// The model that the surface is about; nil for a surface of textbooks.
  var model: ModelFacts? {
    if case .model(let facts) = subject { facts } else { nil }
  }

  var title: String {
    switch subject {
    case .model(let facts): facts.path == "-" ? "standard input" : facts.path
    case .surface(.saddle): "Saddle point"
    case .surface(.plateau): "Plateau"
    }
  }

  /// Cross-entropy on 1,000 of 1,438 samples.
  var measured: String {
    switch subject {
    case .surface(let surface): "f(x, y) = \(surface.formula)"
    case .model(let facts):
      facts.loss.rawValue + " on "
        + (facts.samples < facts.available
          ? "\(Text.grouped(facts.samples)) of \(Text.grouped(facts.available)) samples"
          : Text.counted(facts.samples, "sample"))
        + (facts.dropped > 0 ? ", \(Text.grouped(facts.dropped)) with missing values left out" : "")
    }
  }

  /// In words, without the grid; nil for a surface of textbooks.
  var directionsText: String? {
    guard let facts = model else { return nil }
    switch facts.directions {
    case .random(let normalization, let seed):
      return "random, scaled to each \(normalization.rawValue), seed \(seed)"
    case .path(let shares):
      return "principal ones of the path, with \(Text.percent(shares.first)) and \(Text.percent(shares.second)) of it"
    }
  }

  private var pathText: String? {
    switch subject {
    case .surface(let surface):
      let descent = surface.descent
      return "gradient descent from (\(Text.coordinate(descent.start[0])), \(Text.coordinate(descent.start[1]))), "
        + "\(descent.steps) steps with learning rate \(descent.learningRate)"
        + (descent.interval > 1 ? "; each \(descent.interval)th is a point" : "")
    case .model:
      guard let first = path.first, let last = path.last else { return nil }
      return "\(Text.counted(path.count, "model")) from \(first.name) to \(last.name)"
    }
  }

  /// What was found, in words: what it is about, and the finding.
  var findings: [(name: String, text: String)] {
    let what = model == nil ? "the middle" : "the model"
    var findings: [(String, String)] = []
    if let range = grid.finiteRange {
      findings.append(
        (
          model == nil ? "Values" : "Loss",
          "\(Self.value(analysis.center)) at \(what), \(Self.value(range.lowerBound)) to "
            + "\(Self.value(range.upperBound)) on the grid"
        ))
    }
    if let minimum = analysis.minimum {
      let isCenter = minimum.point == PlanePoint(x: 0, y: 0)
      findings.append(("Least", "\(Self.value(minimum.value)) at \(isCenter ? what : Self.place(minimum.point))"))
    }
    findings.append(
      (
        "Local minimum",
        analysis.centerIsLocalMinimum
          ? "yes, \(what) is lower than the points around it" : "no, a point next to \(what) is as low or lower"
      ))
    let saddles = analysis.saddlePoints
    let shown = saddles.prefix(5).map { "\(Self.value($0.value)) at \(Self.place($0.point))" }.joined(separator: ", ")
    findings.append(
      (
        "Saddle points",
        saddles.isEmpty ? "none" : "\(saddles.count): \(shown)\(saddles.count > 5 ? ", …" : "")"
      ))
    if let share = analysis.plateauShare {
      findings.append(("Plateaus", "\(Text.percent(share)) of the area has less than 1 % of the greatest slope"))
    }
    if let pathText { findings.append(("Path", pathText)) }
    if grid.nonFiniteCount > 0 {
      findings.append(
        ("Not finite", "\(Text.counted(grid.nonFiniteCount, "point")) of \(Text.grouped(grid.values.count))"))
    }
    return findings
  }

  static func value(_ value: Double) -> String {
    // What rounding left of 0 is 0.
    Text.significant(value.magnitude < 1e-12 ? 0 : value, 4)
  }

  static func place(_ point: PlanePoint) -> String { "(\(Text.coordinate(point.x)), \(Text.coordinate(point.y)))" }
}

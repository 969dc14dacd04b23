import LossLandscape
import NeuralNetwork

/// The JSON form of a landscape (schema 1). Property names become snake case.
struct LandscapeDocument: Encodable {
  struct Source: Encodable {
    let path: String
    let images: String
    let samples: Int
    /// Those that were left out because a value is missing.
    let droppedSamples: Int
    let loss: String
    let parameters: Int
  }

  struct Directions: Encodable {
    /// `random`, or `path` for the principal directions of a path.
    let kind: String
    let normalization: String?
    let seed: UInt64?
    let cosine: Double
    /// The share of the path's squared distances along each.
    let pathShares: [Double]?
  }

  struct Grid: Encodable {
    let x: [Double]
    let y: [Double]
    /// A row for each y.
    let values: [[Double]]
    let nonFinite: Int
  }

  struct Point: Encodable {
    var kind: String?
    var name: String?
    let x: Double
    let y: Double
    let value: Double
  }

  struct Center: Encodable {
    let value: Double
    let isLocalMinimum: Bool
  }

  let schema = 1
  let model: Source?
  let surface: String?
  let directions: Directions?
  let grid: Grid
  let center: Center
  let minimum: Point?
  /// Places without slope inside the grid.
  let stationaryPoints: [Point]
  let saddlePoints: Int
  let plateauShare: Double?
  let path: [Point]

  init(_ report: LandscapeReport) {
    model = report.model.map {
      Source(
        path: $0.path, images: $0.images, samples: $0.samples, droppedSamples: $0.dropped, loss: $0.loss.rawValue,
        parameters: $0.parameters)
    }
    if case .surface(let named) = report.subject { surface = named.rawValue } else { surface = nil }
    directions = report.model.map { facts in
      switch facts.directions {
      case .random(let normalization, let seed):
        Directions(
          kind: "random", normalization: normalization.rawValue, seed: seed, cosine: facts.cosine, pathShares: nil)
      case .path(let shares):
        Directions(
          kind: "path", normalization: nil, seed: nil, cosine: facts.cosine, pathShares: [shares.first, shares.second])
      }
    }
    let width = report.grid.x.count
    grid = Grid(
      x: report.grid.x, y: report.grid.y,
      values: report.grid.y.indices.map { Array(report.grid.values[$0 * width..<($0 + 1) * width]) },
      nonFinite: report.grid.nonFiniteCount)
    center = Center(value: report.analysis.center, isLocalMinimum: report.analysis.centerIsLocalMinimum)
    minimum = report.analysis.minimum.map { Point(x: $0.point.x, y: $0.point.y, value: $0.value) }
    stationaryPoints = report.analysis.stationaryPoints.map {
      Point(kind: $0.kind.rawValue, x: $0.point.x, y: $0.point.y, value: $0.value)
    }
    saddlePoints = report.analysis.saddlePoints.count
    plateauShare = report.analysis.plateauShare
    path = report.path.map { Point(name: $0.name, x: $0.point.x, y: $0.point.y, value: $0.loss) }
  }
}

import NeuralNetwork
import Testing

@testable import LossLandscape

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Stationary points and plateaus of surfaces that have them at known places.
struct SurfaceAnalysisTests {
  private func analysis(_ count: Int, _ function: (Double, Double) -> Double) throws -> SurfaceAnalysis {
    let axis = LossGrid.axis(halfWidth: 1, count: count)
    return SurfaceAnalysis(
      try LossGrid(x: axis, y: axis, values: LossGrid.points(x: axis, y: axis).map { function($0.x, $0.y) }))
  }

  @Test(arguments: [5, 41, 301]) func theSaddleHasOneSaddlePoint(count: Int) throws {
    let analysis = SurfaceAnalysis(try TextbookSurface.saddle.grid(halfWidth: 1, count: count))
    #expect(analysis.stationaryPoints.count == 1)
    let saddle = try #require(analysis.saddlePoints.first)
    #expect(max(abs(saddle.point.x), abs(saddle.point.y), abs(saddle.value)) < 1e-12)
    #expect(!analysis.centerIsLocalMinimum && analysis.center == 0)
    #expect(analysis.minimum?.value == -1 && abs(analysis.minimum?.point.y ?? 0) == 1)
  }

  /// Between the points of the grid too, turned, and away from the middle.
  @Test func aTurnedSaddleIsFoundWhereItIs() throws {
    for (x, y) in [(0.113, -0.271), (-0.025, 0.025), (0.5, 0.5)] {
      let analysis = try analysis(41) { ($0 - x) * ($1 - y) + 3 }
      #expect(analysis.stationaryPoints.count == 1)
      let saddle = try #require(analysis.saddlePoints.first)
      #expect(abs(saddle.point.x - x) < 1e-9 && abs(saddle.point.y - y) < 1e-9 && abs(saddle.value - 3) < 1e-9)
    }
  }

  @Test func bowlsAndHillsAreNoSaddles() throws {
    let bowl = try analysis(41) { $0 * $0 + 2 * $1 * $1 }
    #expect(bowl.stationaryPoints.map(\.kind) == [.minimum])
    #expect(bowl.centerIsLocalMinimum && bowl.minimum?.value == 0)
    let hill = try analysis(41) { -$0 * $0 - 2 * $1 * $1 }
    #expect(hill.stationaryPoints.map(\.kind) == [.maximum])
    #expect(!hill.centerIsLocalMinimum)
  }

  /// cos πx · cos πy on [−1, 1]²: inside there are a maximum at 0 and saddle points at (±½, ±½).
  @Test func allOfSeveralAreFound() throws {
    let analysis = try analysis(81) { cos(.pi * $0) * cos(.pi * $1) }
    #expect(analysis.stationaryPoints.count { $0.kind == .maximum } == 1)
    let saddles = analysis.saddlePoints.map { [$0.point.x, $0.point.y] }.sorted { $0.lexicographicallyPrecedes($1) }
    let expected = [[-0.5, -0.5], [-0.5, 0.5], [0.5, -0.5], [0.5, 0.5]]
    #expect(saddles.count == 4)
    for (found, wanted) in zip(saddles, expected) {
      #expect(abs(found[0] - wanted[0]) < 1e-3 && abs(found[1] - wanted[1]) < 1e-3)
    }
  }

  /// A slope, a valley without end, and rounding errors have no stationary points.
  @Test func whatHasNoneHasNone() throws {
    #expect(try analysis(41) { 2 * $0 - $1 }.stationaryPoints.isEmpty)
    #expect(try analysis(41) { x, _ in x * x }.stationaryPoints.isEmpty)
    var generator = RandomGenerator(seed: 7)
    let noise = try analysis(41) { _, _ in 2.3 * (1 + Double(Float.ulpOfOne) * (generator.uniform() - 0.5)) }
    #expect(noise.stationaryPoints.isEmpty)
  }

  @Test func plateausAreMeasured() throws {
    // A plane has the same slope everywhere, a constant has none.
    #expect(try analysis(41) { 2 * $0 - $1 }.plateauShare == 0)
    #expect(try analysis(41) { _, _ in 4 }.plateauShare == 1)
    // A ramp with a flat half.
    #expect(try analysis(41) { x, _ in max(x, 0) }.plateauShare == 0.5)
    // The slope 20 r e^(−10 r²) of the well is 1 % of its maximum at r = 0.7948.
    let well = SurfaceAnalysis(try TextbookSurface.plateau.grid(halfWidth: 1, count: 201))
    #expect(abs((well.plateauShare ?? 0) - (1 - .pi * 0.7948 * 0.7948 / 4)) < 0.01)
  }

  @Test func valuesThatAreNotFiniteAreLeftOut() throws {
    let analysis = try analysis(41) { x, y in x > 0.5 ? .nan : x * x + y * y }
    #expect(analysis.stationaryPoints.map(\.kind) == [.minimum])
    #expect(analysis.minimum?.value == 0)
    let nothing = try self.analysis(5) { _, _ in .nan }
    #expect(nothing.minimum == nil && nothing.plateauShare == nil && !nothing.centerIsLocalMinimum)
    #expect(nothing.stationaryPoints.isEmpty)
  }

  /// What the pictures of the textbook surfaces show.
  @Test func descentsComeToAHaltWhereTheBookSays() throws {
    let saddle = TextbookSurface.saddle.path
    let nearest = try #require(saddle.map { ($0.position[0] * $0.position[0] + $0.position[1] * $0.position[1]) }.min())
    #expect(nearest.squareRoot() < 0.05)
    #expect(abs(saddle.last?.position[1] ?? 0) > 0.5)
    let plateau = TextbookSurface.plateau.path
    #expect(plateau.count { $0.value > 0.9 } > plateau.count / 2)
    #expect((plateau.last?.value ?? 1) < 0.01)
  }
}

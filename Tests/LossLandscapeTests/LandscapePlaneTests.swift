import Testing

@testable import LossLandscape
@testable import NeuralNetwork

/// Landscapes around a small network, with and without a path.
struct LandscapePlaneTests {
  private let network: Network<Float>
  private let dataset: Dataset<Float>

  init() throws {
    var generator = RandomGenerator(seed: 5)
    network = try Network(
      inputShape: [4], layers: [.affine(outputs: 6), .tanh, .affine(outputs: 3), .softmax], initializer: .xavier,
      generator: &generator)
    let inputs = try Matrix(rows: 30, columns: 4, elements: (0..<120).map { _ in Float(generator.normal()) })
    dataset = try Dataset(inputs: DatasetInputs(inputs), targets: .labels((0..<30).map { $0 % 3 }, classes: 3))
  }

  private func moved(_ plane: ParameterPlane<Float>, _ x: Double, _ y: Double) -> Network<Float> {
    var moved = network
    for index in moved.parameters.indices {
      moved.parameters[index] += Float(x * plane.first[index] + y * plane.second[index])
    }
    return moved
  }

  @Test func theNetworkIsInTheMiddle() throws {
    let plane = try LandscapePlane.random(around: network, seed: 2)
    let landscape = try plane.landscape(of: dataset, loss: .crossEntropy, count: 5)
    #expect(landscape.grid.x == [-1, -0.5, 0, 0.5, 1] && landscape.halfWidth == 1 && landscape.path.isEmpty)
    #expect(try landscape.grid[2, 2] == network.evaluate(dataset, loss: .crossEntropy).loss)
    #expect(landscape.analysis == SurfaceAnalysis(landscape.grid))
    let wide = try plane.landscape(of: dataset, loss: .crossEntropy, halfWidth: 3, count: 5, threads: 2)
    #expect(wide.halfWidth == 3 && wide.grid[2, 2] == landscape.grid[2, 2])
  }

  @Test func aPathEndsInTheNetworkOnce() throws {
    let random = try LandscapePlane.random(around: network, seed: 2)
    let way = [moved(random.plane, 2, 0.4), moved(random.plane, 1, 0.9)]
    let plane = try LandscapePlane.path(through: way + [network, network], to: network)
    #expect(plane.path.map(\.parameters) == (way + [network]).map(\.parameters))
    let landscape = try plane.landscape(of: dataset, loss: .crossEntropy, count: 5)
    #expect(landscape.path.count == 3 && landscape.path[2].point == PlanePoint(x: 0, y: 0))
    for (station, network) in zip(landscape.path, plane.path) {
      #expect(try station.loss == network.evaluate(dataset, loss: .crossEntropy).loss)
    }
    // The square holds the path, and a little more.
    let reach = landscape.path.flatMap { [abs($0.point.x), abs($0.point.y)] }.max() ?? 0
    #expect(landscape.halfWidth >= 1.15 * reach && landscape.halfWidth <= 2 * 1.15 * reach)
  }

  @Test func aSurfaceOfTextbooksHasThePathOfItsDescent() throws {
    let landscape = try Landscape(.saddle, halfWidth: 1, count: 9)
    #expect(landscape.path.count == TextbookSurface.saddle.path.count)
    #expect(landscape.path.first == Landscape.Station(point: PlanePoint(x: 0.9, y: 0.001), loss: 0.9 * 0.9 - 1e-6))
  }

  @Test func samplesAreSpacedEvenly() throws {
    #expect(try dataset.evenlySpaced(limit: 30) == dataset && dataset.evenlySpaced(limit: 100) == dataset)
    #expect(try dataset.evenlySpaced(limit: 4) == dataset.subset([0, 7, 15, 22]))
    #expect(try dataset.evenlySpaced(limit: 0).count == 0)
    #expect(throws: NetworkError.self) { try dataset.evenlySpaced(limit: -1) }
  }

  @Test func directionsAndPointsOfAnotherLengthAreRefused() throws {
    let direction = [Double](repeating: 0, count: network.parameterCount)
    for (directions, points) in [([[0.0, 1]], [[1.0]]), ([direction], [[1.0, 2]])] {
      let error = #expect(throws: NetworkError.self) {
        try network.losses(along: directions, at: points, of: dataset, loss: .crossEntropy, threads: 1)
      }
      #expect(error?.code == .countMismatch)
    }
  }
}

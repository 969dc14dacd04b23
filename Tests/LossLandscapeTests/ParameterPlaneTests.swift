import Testing

@testable import LossLandscape
@testable import NeuralNetwork

/// Directions through the weights of a network, and the losses on the plane that they span.
struct ParameterPlaneTests {
  private let network: Network<Float>
  private let dataset: Dataset<Float>

  init() throws {
    var generator = RandomGenerator(seed: 3)
    network = try Network(
      inputShape: [1, 6, 6],
      layers: [
        .convolution(filters: 4, kernelSize: 3, stride: 1, padding: 0),
        .batchNormalization(momentum: 0.1, epsilon: 1e-5),
        .relu, .flatten, .affine(outputs: 5), .softmax,
      ], initializer: .he, generator: &generator)
    let inputs = try Matrix(rows: 70, columns: 36, elements: (0..<70 * 36).map { _ in Float(generator.normal()) })
    dataset = try Dataset(
      inputs: DatasetInputs(inputs), targets: .labels((0..<70).map { _ in generator.next(below: 5) }, classes: 5))
  }

  private func length(_ values: some Sequence<Double>) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  @Test func eachLayerHasTheLengthOfItsWeights() throws {
    let plane = try ParameterPlane.random(around: network, normalization: .layer, seed: 1)
    for direction in [plane.first, plane.second] {
      for entry in network.parameterEntries {
        let (own, drawn) = (network.parameters[entry.range].map(Double.init), direction[entry.range])
        if entry.role == "weight", entry.shape.count > 1 {
          #expect(abs(length(drawn) / length(own) - 1) < 1e-12)
        } else {
          // Biases and batch normalisation do not move.
          #expect(drawn.allSatisfy { $0 == 0 })
        }
      }
    }
    #expect(abs(plane.cosine) < 0.2)
  }

  @Test func eachFilterHasTheLengthOfItsWeights() throws {
    let plane = try ParameterPlane.random(around: network, normalization: .filter, seed: 1)
    let parameters = network.parameters.map(Double.init)
    for entry in network.parameterEntries where entry.shape.count > 1 {
      // A filter of a convolution is a row of the tensor [4, 1, 3, 3], the weights of an output a column of [64, 5].
      let groups =
        entry.shape.count == 4
        ? (0..<4).map { filter in entry.range.filter { ($0 - entry.range.lowerBound) / 9 == filter } }
        : (0..<5).map { output in entry.range.filter { ($0 - entry.range.lowerBound) % 5 == output } }
      for group in groups {
        #expect(abs(length(group.map { plane.first[$0] }) / length(group.map { parameters[$0] }) - 1) < 1e-12)
      }
    }
  }

  @Test func directionsFollowFromTheSeed() throws {
    func plane(_ seed: UInt64) throws -> ParameterPlane<Float> {
      try .random(around: network, normalization: .layer, seed: seed)
    }
    #expect(try plane(1).first == plane(1).first && plane(1).second == plane(1).second)
    #expect(try plane(1).first != plane(2).first && plane(1).first != plane(1).second)
  }

  /// The loss of θ + x d₁ + y d₂, against a network that is built with these parameters.
  @Test func lossesAreThoseOfMovedNetworks() throws {
    let plane = try ParameterPlane.random(around: network, normalization: .layer, seed: 1)
    let (x, y) = ([-0.5, 0, 0.25, 1], [-1.0, 0, 0.5])
    let grid = try plane.lossGrid(x: x, y: y, dataset: dataset, loss: .crossEntropy, threads: 2)
    for (row, y) in y.enumerated() {
      for (column, x) in x.enumerated() {
        var moved = network
        for index in moved.parameters.indices {
          moved.parameters[index] += Float(x * plane.first[index] + y * plane.second[index])
        }
        let expected = try moved.evaluate(dataset, loss: .crossEntropy).loss
        #expect(abs(grid[column, row] - expected) < 1e-4 * expected)
      }
    }
    #expect(try grid[1, 1] == network.evaluate(dataset, loss: .crossEntropy).loss)
  }

  @Test func threadsDoNotChangeTheLosses() throws {
    let plane = try ParameterPlane.random(around: network, normalization: .filter, seed: 4)
    let axis = LossGrid.axis(halfWidth: 1, count: 7)
    var seen: [Int] = []
    let one = try plane.lossGrid(x: axis, y: axis, dataset: dataset, loss: .crossEntropy, threads: 1) {
      seen.append($0)
    }
    #expect(seen == Array(1...49))
    for threads in [2, 3] {
      #expect(try plane.lossGrid(x: axis, y: axis, dataset: dataset, loss: .crossEntropy, threads: threads) == one)
    }
  }

  /// Networks that lie on a known plane through the last one are found on it.
  @Test func aPathInAPlaneIsFound() throws {
    let plane = try ParameterPlane.random(around: network, normalization: .layer, seed: 9)
    let places = [(2.0, 0.5), (1.2, 0.8), (0.4, 0.3)]
    let checkpoints = places.map { x, y in
      var moved = network
      for index in moved.parameters.indices {
        moved.parameters[index] += Float(x * plane.first[index] + y * plane.second[index])
      }
      return moved
    }
    for (checkpoint, place) in zip(checkpoints, places) {
      let found = plane.coordinates(of: checkpoint)
      #expect(abs(found.x - place.0) < 1e-5 && abs(found.y - place.1) < 1e-5)
    }
    let (principal, shares) = try ParameterPlane.principal(checkpoints: checkpoints, origin: network)
    #expect(abs(shares.first + shares.second - 1) < 1e-9 && shares.first > shares.second)
    #expect(abs(principal.cosine) < 1e-6)
    let start = principal.coordinates(of: checkpoints[0])
    #expect(start.x >= 0 && start.y >= 0)
    // The directions are perpendicular and of the length of the weights: distances are kept.
    let weights = ParameterPlane.weights(of: network).flatMap { network.parameters[$0.range].map(Double.init) }
    for checkpoint in checkpoints {
      let place = principal.coordinates(of: checkpoint)
      let distance = length(zip(checkpoint.parameters, network.parameters).map { Double($0) - Double($1) })
      #expect(abs(length([place.x, place.y]) * length(weights) / distance - 1) < 1e-5)
    }
  }

  @Test func pathsWithoutAPlaneAreRefused() throws {
    var moved = network
    for index in moved.parameters.indices { moved.parameters[index] *= 2 }
    for checkpoints in [[], [network], [moved], [moved, network, moved]] {
      #expect(throws: NetworkError.self) { try ParameterPlane.principal(checkpoints: checkpoints, origin: network) }
    }
    var generator = RandomGenerator(seed: 1)
    let other = try Network<Float>(
      inputShape: [36], layers: [.affine(outputs: 5), .softmax], initializer: .he, generator: &generator)
    let error = try #require(
      #expect(throws: NetworkError.self) {
        try ParameterPlane.principal(checkpoints: [moved, other], origin: network)
      })
    #expect(error.code == .invalidShape && error.place == "checkpoint 2")
  }

  @Test func networksThatCannotMoveAreRefused() throws {
    var damaged = network
    damaged.parameters[3] = .nan
    var still = network
    for index in still.parameters.indices { still.parameters[index] = 0 }
    for network in [damaged, still] {
      let error = #expect(throws: NetworkError.self) {
        try ParameterPlane.random(around: network, normalization: .layer, seed: 1)
      }
      #expect(error?.code == .valueOutOfRange)
    }
  }
}

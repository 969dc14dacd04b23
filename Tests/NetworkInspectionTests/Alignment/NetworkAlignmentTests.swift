import NeuralNetwork
import Testing

@testable import NetworkInspection

struct NetworkAlignmentTests {
  private static let dense: [LayerSpecification] = [
    .affine(outputs: 12), .batchNormalization(), .relu, .affine(outputs: 9), .tanh, .affine(outputs: 4), .softmax,
  ]
  private static let convolutional: [LayerSpecification] = [
    .convolution(filters: 5, kernelSize: 3, padding: 1), .batchNormalization(), .relu, .maximumPooling(size: 2),
    .convolution(filters: 6, kernelSize: 2), .relu, .flatten, .batchNormalization(), .dropout(rate: 0.2),
    .affine(outputs: 7), .gelu, .affine(outputs: 3), .softmax,
  ]

  /// A network with its units in another order, and that order.
  private func shuffled(
    _ original: Network<Float>, seed: UInt64
  ) throws -> (network: Network<Float>, order: [[Int]]) {
    let spaces = UnitSpaces(original.architecture)
    var order = UnitOrder(unchanged: spaces)
    var generator = RandomGenerator(seed: seed)
    for space in order.permutations.indices { generator.shuffle(&order.permutations[space]) }
    let all = original.parameters + original.runningStatistics
    let entries = original.parameterEntries + original.runningStatisticsEntries
    var tensors: [String: [Float]] = [:]
    for (entry, tensor) in zip(entries, spaces.tensors) { tensors[entry.name] = order.gather(tensor, of: all) }
    return (try network(original.inputShape, original.layers, tensors), order.permutations)
  }

  /// What takes a permutation back.
  private func inverse(_ permutation: [Int]) -> [Int] {
    var inverse = permutation
    for (place, unit) in permutation.enumerated() { inverse[unit] = place }
    return inverse
  }

  @Test(arguments: [
    ([10], dense), ([2, 8, 8], convolutional), ([8, 8], convolutional),
  ])
  func `A network with its units in another order is the same function, and is found to be the same network`(
    _ shape: [Int], _ layers: [LayerSpecification]
  ) throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let original = try randomNetwork(shape, layers, seed: seed)
      let (other, order) = try shuffled(original, seed: seed + 100)
      // First that the test itself moves units and keeps the function.
      let samples = try randomSamples(20, width: shape.reduce(1, *), in: -1...1, seed: seed)
      for (a, b) in zip(try original.predict(samples).elements, try other.predict(samples).elements) {
        #expect((a - b).magnitude < 1e-5)
      }
      #expect(original.parameters != other.parameters)
      let alignment = try NetworkAlignment(original, other, threads: 1)
      #expect(alignment.isSameUpToPermutation && alignment.movesUnits)
      #expect(alignment.layers.compactMap(\.permutation) == order.map(inverse))
      #expect(alignment.layers.allSatisfy { $0.residual == 0 })
      #expect(alignment.layers.last?.permutation == nil)
    }
  }

  @Test func `The function of the moved network stays the same where batch normalisation follows a flattened channel`()
    throws
  {
    let layers: [LayerSpecification] = [
      .convolution(filters: 3, kernelSize: 2), .flatten, .batchNormalization(), .relu, .affine(outputs: 2),
    ]
    let original = try randomNetwork([3, 3], layers, seed: 3)
    let (other, _) = try shuffled(original, seed: 4)
    let alignment = try NetworkAlignment(original, other, threads: 2)
    #expect(alignment.isSameUpToPermutation)
    #expect(alignment.layers.map(\.name) == ["conv1", "batchnorm1", "affine1"])
    #expect(alignment.layers.map { $0.permutation != nil } == [true, false, false])
  }

  @Test func `The order of a trained network's units is found again exactly`() throws {
    let layers: [LayerSpecification] = [
      .convolution(filters: 6, kernelSize: 3), .batchNormalization(), .relu, .maximumPooling(size: 2), .flatten,
      .affine(outputs: 40), .relu, .affine(outputs: 10), .softmax,
    ]
    let original = try trainedNetwork([8, 8], layers, seed: 5)
    let (other, order) = try shuffled(original, seed: 6)
    let alignment = try NetworkAlignment(original, other, threads: 2)
    #expect(alignment.isSameUpToPermutation)
    #expect(alignment.layers.compactMap(\.permutation) == order.map(inverse))
  }

  @Test func `Units that are nearly equal, and those with equal incoming weights, are told apart`() throws {
    var generator = RandomGenerator(seed: 8)
    var tensors: [String: [Float]] = [:]
    // All units have the same incoming weights but for the last bit of one of them; every third not even that.
    let row = (0..<20).map { _ in Float(generator.normal()) }
    var incoming: [Float] = []
    for input in 0..<20 {
      for unit in 0..<30 {
        incoming.append(input == unit % 20 && unit % 3 != 0 ? row[input].nextUp : row[input])
      }
    }
    tensors["affine1.weight"] = incoming
    tensors["affine2.weight"] = (0..<30 * 15).map { _ in Float(generator.normal()) }
    tensors["affine3.weight"] = (0..<15 * 4).map { _ in Float(generator.normal()) }
    let original = try network(
      [20], [.affine(outputs: 30), .relu, .affine(outputs: 15), .relu, .affine(outputs: 4)], tensors)
    for seed in 1...5 as ClosedRange<UInt64> {
      let (other, order) = try shuffled(original, seed: seed)
      let alignment = try NetworkAlignment(original, other, threads: 2)
      #expect(alignment.isSameUpToPermutation)
      #expect(alignment.layers.compactMap(\.permutation) == order.map(inverse))
    }
  }

  @Test func `One bit that differs is no proof, and noise leaves the order as it was found`() throws {
    let original = try randomNetwork([10], Self.dense, seed: 5)
    let (other, order) = try shuffled(original, seed: 6)
    var tensors: [String: [Float]] = [:]
    for entry in other.parameterEntries + other.runningStatisticsEntries {
      tensors[entry.name] = other.values(of: entry.name)
    }
    var oneBit = tensors
    oneBit["affine2.bias"]?[3] = try #require(tensors["affine2.bias"]?[3]).nextUp
    let nearly = try NetworkAlignment(original, network([10], Self.dense, oneBit), threads: 1)
    #expect(!nearly.isSameUpToPermutation)
    #expect(nearly.layers.compactMap(\.permutation) == order.map(inverse))
    #expect(nearly.layers.map { $0.residual == 0 } == [true, true, false, true])

    var generator = RandomGenerator(seed: 7)
    let noisy = tensors.mapValues { $0.map { $0 * Float(1 + 0.01 * generator.normal()) } }
    let near = try NetworkAlignment(original, network([10], Self.dense, noisy), threads: 1)
    #expect(near.layers.compactMap(\.permutation) == order.map(inverse))
    for layer in near.layers {
      let residual = try #require(layer.residual)
      #expect(residual > 0.003 && residual < 0.02)
    }
  }

  @Test func `Other networks are never farther after the match than before it`() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      let left = try randomNetwork([10], Self.dense, seed: seed)
      let right = try randomNetwork([10], Self.dense, seed: seed + 50)
      let alignment = try NetworkAlignment(left, right, threads: 1)
      #expect(!alignment.isSameUpToPermutation)
      #expect(alignment == (try NetworkAlignment(left, right, threads: 3)))
      for layer in alignment.layers { #expect(layer.permutation.map { $0.sorted() == Array(0..<layer.units) } ?? true) }
      var sums = [0.0, 0.0]
      for (index, order) in [
        alignment.layers.compactMap(\.permutation), UnitSpaces(left.architecture).counts.map { Array(0..<$0) },
      ].enumerated() {
        sums[index] = distance(left, right, order)
      }
      #expect(sums[0] < sums[1])
    }
  }

  /// Σ over the tensors of n ‖a − b‖² / (‖a‖² + ‖b‖²), as the match has it.
  private func distance(_ left: Network<Float>, _ right: Network<Float>, _ permutations: [[Int]]) -> Double {
    let spaces = UnitSpaces(left.architecture)
    var order = UnitOrder(unchanged: spaces)
    order.permutations = permutations
    let values = [left, right].map { $0.parameters + $0.runningStatistics }
    return spaces.tensors.reduce(0) { sum, tensor in
      let moved = order.gather(tensor, of: values[1])
      let own = values[0][tensor.range]
      func squares(_ numbers: some Sequence<Float>) -> Double { numbers.reduce(0) { $0 + Double($1) * Double($1) } }
      return sum + Double(own.count) * squares(zip(own, moved).map { $0 - $1 }) / (squares(own) + squares(moved))
    }
  }

  @Test func `Weights that are no numbers do no harm`() throws {
    let original = try randomNetwork([4], [.affine(outputs: 6), .relu, .affine(outputs: 2)], seed: 1)
    var tensors: [String: [Float]] = [:]
    for entry in original.parameterEntries { tensors[entry.name] = original.values(of: entry.name) }
    tensors["affine1.weight"]?[7] = .nan
    tensors["affine2.weight"]?[1] = .infinity
    let broken = try network([4], original.layers, tensors)
    let (other, order) = try shuffled(broken, seed: 2)
    let same = try NetworkAlignment(broken, other, threads: 1)
    #expect(same.isSameUpToPermutation)
    #expect(same.layers.compactMap(\.permutation) == order.map(inverse))
    #expect(same.layers.allSatisfy { $0.residual == 0 })
    let different = try NetworkAlignment(original, other, threads: 1)
    #expect(!different.isSameUpToPermutation)
    #expect(different.layers.map(\.residual) == [nil, nil])
  }

  @Test func `Networks with other layers cannot be matched, and the error says where they part`() throws {
    let left = try randomNetwork([4], [.affine(outputs: 6), .relu, .affine(outputs: 2)], seed: 1)
    let others: [([Int], [LayerSpecification], String)] = [
      ([5], left.layers, "input of the right network: expected [4], found [5]"),
      (
        [4], [.affine(outputs: 6), .tanh, .affine(outputs: 2)],
        "layer 1 of the right network: expected relu, found tanh"
      ),
      ([4], [.affine(outputs: 6), .relu], "layer 2 of the right network: expected dense(2), found none"),
    ]
    for (shape, layers, message) in others {
      let right = try randomNetwork(shape, layers, seed: 1)
      let error = #expect(throws: NetworkError.self) { try NetworkAlignment(left, right, threads: 1) }
      #expect(error?.description == message)
    }
    let wide = try network([1], [.affine(outputs: 4097), .affine(outputs: 1)])
    let error = #expect(throws: NetworkError.self) { try NetworkAlignment(wide, wide, threads: 1) }
    #expect(error?.code == .tooLarge)
  }
}

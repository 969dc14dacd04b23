import NeuralNetwork
import Testing

@testable import NetworkInspection

struct RangePropagationTests {
  /// All kinds of layers, in networks that fit them.
  private static let networks: [([Int], [LayerSpecification])] = [
    ([6], [.affine(outputs: 9), .relu, .affine(outputs: 7), .leakyReLU(slope: 0.1), .affine(outputs: 5), .softmax]),
    ([6], [.affine(outputs: 9), .gelu, .affine(outputs: 7), .silu, .affine(outputs: 5), .elu(alpha: 1.5), .identity]),
    (
      [6],
      [
        .batchNormalization(), .affine(outputs: 9), .softplus, .affine(outputs: 7), .sigmoid, .affine(outputs: 5),
        .tanh,
      ]
    ),
    (
      [2, 9, 9],
      [
        .convolution(filters: 4, kernelSize: 3, padding: 1), .batchNormalization(), .relu, .maximumPooling(size: 2),
        .convolution(filters: 3, kernelSize: 2, stride: 2), .gelu, .averagePooling(size: 2), .dropout(rate: 0.5),
        .flatten,
        .batchNormalization(), .affine(outputs: 4), .sigmoid,
      ]
    ),
    (
      [7, 8],
      [
        .averagePooling(size: 2), .batchNormalization(), .silu, .convolution(filters: 3, kernelSize: 2),
        .maximumPooling(size: 2),
        .affine(outputs: 4), .tanh,
      ]
    ),
  ]

  @Test(arguments: networks.indices, [0.0...1, -2.0...3, 0.25...0.5])
  func `No value of a layer lies outside its bounds, at the corners of the input range or within`(
    _ index: Int, _ range: ClosedRange<Double>
  ) throws {
    let (shape, layers) = Self.networks[index]
    for seed in 1...4 as ClosedRange<UInt64> {
      let network = try randomNetwork(shape, layers, seed: seed)
      let propagation = RangePropagation(network)
      let ranges = propagation.rangesBeforeLayers(range)
      var after = ranges
      after.append(propagation.after(try #require(network.layerDescriptions.last), try #require(ranges.last)))
      var samples = try randomSamples(60, width: shape.reduce(1, *), in: range, seed: seed)
      for row in 0..<30 {
        for column in 0..<samples.columns {
          let isUpper = samples[row, column] > Float(range.lowerBound + range.upperBound) / 2
          samples[row, column] = Float(isUpper ? range.upperBound : range.lowerBound)
        }
      }
      let passes = try ActivationPasses(network, capacity: 60, workers: 1)
      samples.elements.withUnsafeBufferPointer { _ = passes.run($0, worker: 0) }
      for layer in 0...layers.count {
        let values = passes.values(before: layer, rows: 60, worker: 0)
        let bounds = after[layer]
        #expect(values.count == 60 * bounds.count)
        let outside = values.indices.count { place in
          let group = place % bounds.count / bounds.positions
          return !(Double(values[place]) >= bounds.lower[group] && Double(values[place]) <= bounds.upper[group])
        }
        #expect(outside == 0, "\(layers), after \(layer) of them")
      }
    }
  }

  @Test func `The bounds of a dense layer are those of the corners that are worst`() throws {
    let network = try network(
      [3], [.affine(outputs: 2), .identity],
      ["affine1.weight": [1, -2, -0.5, 4, 3, 0], "affine1.bias": [0.25, -1]])
    let ranges = RangePropagation(network).rangesBeforeLayers(-1...2)[1]
    // 0.25 + 1·(−1) − 0.5·2 + 3·(−1) and 0.25 + 1·2 + 0.5 + 3·2; −1 − 2·2 + 4·(−1) and −1 + 2 + 4·2.
    for (found, expected) in zip(ranges.lower + ranges.upper, [-4.75, -9, 8.75, 9]) {
      #expect((found - expected).magnitude < 1e-5)
    }
    #expect(ranges.lower[0] < -4.75 && ranges.upper[0] > 8.75)
  }

  @Test func `Values that are no numbers leave bounds open, in place of wrong ones`() throws {
    let network = try network(
      [2], [.affine(outputs: 2), .relu, .affine(outputs: 2), .relu],
      ["affine1.weight": [.nan, -1, -1, -1], "affine1.bias": [-1, -1], "affine2.weight": [-1, -1, -1, -1]])
    let ranges = RangePropagation(network).rangesBeforeLayers(0...1)
    #expect(ranges[1].lower[0] == -.infinity && ranges[1].upper[0] == .infinity)
    #expect(ranges[1].upper[1] < 0)
    #expect(
      RangePropagation(network).rangesBeforeLayers(-Double.infinity...Double.infinity)[1].upper == [
        .infinity, .infinity,
      ])
  }

  @Test func `Groups are divided and put together without losing a bound`() {
    let ranges = ValueRanges(lower: [0, 1, -5], upper: [2, 3, 4], positions: 2)
    #expect(ranges.grouped(into: 6).lower == [0, 0, 1, 1, -5, -5])
    #expect(ranges.grouped(into: 2) == ValueRanges(lower: [0, -5], upper: [3, 4], positions: 3))
    #expect(ranges.grouped(into: 1) == ValueRanges(lower: [-5], upper: [4], positions: 6))
    #expect(ranges.grouped(into: 3) == ranges)
  }
}

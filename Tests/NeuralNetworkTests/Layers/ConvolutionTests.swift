import Testing

@testable import NeuralNetwork

struct ConvolutionTests {
  /// Channels, height, width, filters, kernel size, stride, padding.
  static let shapes = [
    [1, 5, 5, 2, 3, 1, 0], [2, 4, 6, 3, 2, 1, 1], [3, 7, 5, 2, 3, 2, 1], [2, 3, 3, 4, 1, 1, 0],
    [2, 5, 4, 2, 1, 2, 0], [1, 9, 8, 2, 5, 3, 4], [2, 2, 12, 1, 2, 1, 1],
  ]

  /// Seed 004: a convolution is an affine layer whose weights are 0 where nothing connects, and equal where the
  /// filter is the same. So the gradient of a filter's weight is the sum over the places that it stands for.
  @Test(arguments: shapes) func convolutionIsAnAffineLayerWithZeros(shape: [Int]) throws {
    let (channels, height, width, filters) = (shape[0], shape[1], shape[2], shape[3])
    let (size, step, padding) = (shape[4], shape[5], shape[6])
    let convolution = try randomNetwork(
      inputShape: [channels, height, width],
      [.convolution(filters: filters, kernelSize: size, stride: step, padding: padding)], seed: 3)
    let filterWeights = try #require(convolution.values(of: "conv1.weight"))
    let filterBias = try #require(convolution.values(of: "conv1.bias"))
    let output = convolution.outputShape
    #expect(
      output == [filters, (height + 2 * padding - size) / step + 1, (width + 2 * padding - size) / step + 1])
    let (inputs, outputs) = (channels * height * width, output.reduce(1, *))

    // Which element of the filters is at (input, output); nil where nothing connects.
    var tied = [Int?](repeating: nil, count: inputs * outputs)
    var bias = [Double](repeating: 0, count: outputs)
    for f in 0..<filters {
      for y in 0..<output[1] {
        for x in 0..<output[2] {
          let column = (f * output[1] + y) * output[2] + x
          bias[column] = filterBias[f]
          for c in 0..<channels {
            for i in 0..<size {
              for j in 0..<size {
                let (row, place) = (y * step + i - padding, x * step + j - padding)
                guard (0..<height).contains(row), (0..<width).contains(place) else { continue }
                let input = (c * height + row) * width + place
                tied[input * outputs + column] = ((f * channels + c) * size + i) * size + j
              }
            }
          }
        }
      }
    }
    let affine = try Network<Double>(
      inputShape: [channels, height, width], layers: [.affine(outputs: outputs)],
      parameters: ["affine1.weight": tied.map { $0.map { filterWeights[$0] } ?? 0 }, "affine1.bias": bias])

    let samples: Matrix<Double> = try randomMatrix(rows: 4, columns: inputs, seed: 8)
    #expect(
      isClose(try convolution.predict(samples).elements, try affine.predict(samples).elements, within: 1e-13))
    let targets = Targets.values(try randomMatrix(Double.self, rows: 4, columns: outputs, seed: 9))
    let a = try convolution.lossAndGradients(inputs: samples, targets: targets, loss: .squaredError)
    let b = try affine.lossAndGradients(inputs: samples, targets: targets, loss: .squaredError)
    #expect(isClose(a.inputs.elements, b.inputs.elements, within: 1e-13))
    var sums = [Double](repeating: 0, count: filterWeights.count)
    for (element, gradient) in zip(tied, try #require(b.values(of: "affine1.weight"))) {
      if let element { sums[element] += gradient }
    }
    #expect(isClose(try #require(a.values(of: "conv1.weight")), sums, within: 1e-12))
    let biasGradient = try #require(b.values(of: "affine1.bias"))
    let plane = output[1] * output[2]
    let biasSums = (0..<filters).map { biasGradient[$0 * plane..<($0 + 1) * plane].reduce(0, +) }
    #expect(isClose(try #require(a.values(of: "conv1.bias")), biasSums, within: 1e-12))
  }

  @Test func initialWeightsLookAtHowManyValuesAWindowHas() throws {
    var generator = RandomGenerator(seed: 4)
    let network = try Network<Double>(
      inputShape: [40, 9, 9], layers: [.convolution(filters: 60, kernelSize: 5)], initializer: .he,
      generator: &generator)
    let weights = try #require(network.values(of: "conv1.weight"))
    let deviation = (weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)).squareRoot()
    // Of 60,000 numbers the deviation is known to 0.3 %; four times that.
    #expect(abs(deviation / (2.0 / 1000).squareRoot() - 1) < 0.012)
  }

  @Test(
    arguments: [
      ([9], .convolution(filters: 1, kernelSize: 1), .invalidShape),
      ([1, 2, 3, 4], .convolution(filters: 1, kernelSize: 1), .invalidShape),
      ([1, 4, 4], .convolution(filters: 1, kernelSize: 5), .invalidShape),
      ([1, 4, 9], .convolution(filters: 1, kernelSize: 7, padding: 1), .invalidShape),
      ([1, 4, 4], .convolution(filters: 0, kernelSize: 2), .invalidShape),
      ([1, 4, 4], .convolution(filters: -3, kernelSize: 2), .invalidShape),
      ([1, 4, 4], .convolution(filters: 1, kernelSize: 0), .valueOutOfRange),
      ([1, 4, 4], .convolution(filters: 1, kernelSize: 2, stride: 0), .valueOutOfRange),
      ([1, 4, 4], .convolution(filters: 1, kernelSize: 2, padding: 2), .valueOutOfRange),
      ([1, 4, 4], .convolution(filters: 1, kernelSize: 2, padding: -1), .valueOutOfRange),
      ([1, 4, 4], .convolution(filters: .max, kernelSize: 2), .tooLarge),
      ([1, 4, 4], .convolution(filters: 1, kernelSize: .max), .valueOutOfRange),
      ([1, 4, 4], .convolution(filters: 1, kernelSize: 2, stride: .max), .valueOutOfRange),
      ([1, 4, 4], .convolution(filters: 1 << 40, kernelSize: 1), .tooLarge),
      ([1, 1 << 15, 1 << 15], .convolution(filters: 4, kernelSize: 1), .tooLarge),
      ([1, 1 << 14, 1 << 14], .convolution(filters: 1, kernelSize: 3), .tooLarge),
      ([4], .maximumPooling(size: 2), .invalidShape), ([1, 1, 4], .maximumPooling(size: 2), .invalidShape),
      ([4, 4], .maximumPooling(size: 0, stride: 1), .valueOutOfRange),
      ([4, 4], .averagePooling(size: 2, stride: -1), .valueOutOfRange),
      ([5000, 5000], .maximumPooling(size: 4097), .tooLarge),
      ([2], .dropout(rate: 1), .valueOutOfRange), ([2], .dropout(rate: -0.1), .valueOutOfRange),
      ([2], .dropout(rate: .nan), .valueOutOfRange),
      ([2], .batchNormalization(momentum: 1.5), .valueOutOfRange),
      ([2], .batchNormalization(momentum: .nan), .valueOutOfRange),
      ([2], .batchNormalization(epsilon: 0), .valueOutOfRange),
      ([2], .batchNormalization(epsilon: 1e-60), .valueOutOfRange),
      ([2], .batchNormalization(epsilon: .infinity), .valueOutOfRange),
      ([2], .leakyReLU(slope: -1), .valueOutOfRange), ([2], .leakyReLU(slope: .nan), .valueOutOfRange),
      ([2], .leakyReLU(slope: 1e300), .valueOutOfRange),
    ] as [([Int], LayerSpecification, NetworkError.Code)])
  func impossibleLayersAreRefused(shape: [Int], layer: LayerSpecification, code: NetworkError.Code) {
    let error = networkError {
      _ = try Network<Float>(inputShape: shape, layers: [layer], parameters: [:])
    }
    #expect(error?.code == code, "\(String(describing: error))")
    #expect(error?.place.hasPrefix("layer 0, \(layer.kind)") == true)
  }
}

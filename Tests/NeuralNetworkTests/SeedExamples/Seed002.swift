import NeuralNetwork
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Seed 002: FN(W, b, f)(x) = f(Wx + b), its composition, and the network of Examples 4.1 and 5.1.
///
/// The seed multiplies W[out, in] from the left; our layers hold the transpose, W[in, out].
struct Seed002 {
  /// Example 1.1 with f(x) = 2x, which is an affine layer of its own: 2·I.
  @Test func example1_1Gives42And80() throws {
    let network = try Network<Double>(
      inputShape: [3], layers: [.affine(outputs: 2), .affine(outputs: 2)],
      parameters: [
        "affine1.weight": [1, 4, 2, 5, 3, 6], "affine1.bias": [7, 8],
        "affine2.weight": [2, 0, 0, 2], "affine2.bias": [0, 0],
      ])
    #expect(try network.predict(Matrix([[1, 2, 3]])).elements == [42, 80])
  }

  /// Example 2.1. The seed's code has 1/1+exp(-x), without parentheses, and prints 1.60958626 and 2.35153575:
  /// these are 1 + e⁻ᵘ. Recomputed with NumPy as 1 / (1 + np.exp(-(W @ x + b))).
  @Test func example2_1WithTheSigmoidThatIsMeant() throws {
    let parameters = [
      "affine1.weight": [-0.3275861, -0.3966737, 0.35679815, 2.45340843, -0.93635564, 0.80369067],
      "affine1.bias": [0.73728049, -0.99336306],
    ]
    let network = try Network<Double>(
      inputShape: [3], layers: [.affine(outputs: 2), .sigmoid], parameters: parameters)
    let output = try network.predict(example).elements
    #expect(isClose(output, [0.6212776700929008, 0.4252540057701232], within: 1e-15))
    let sums = try Network<Double>(inputShape: [3], layers: [.affine(outputs: 2)], parameters: parameters)
      .predict(example).elements
    #expect(isClose(sums.map(withoutParentheses), [1.60958626, 2.35153575], within: 2e-8))
  }

  /// Example 3.1, a regression. The code of this example has the parentheses, but the printed -5.44991305 is
  /// what the formula without them gives. Recomputed with NumPy: 0.9241401564708919.
  @Test func example3_1ComposesTwoLayers() throws {
    let first = [
      "affine1.weight": [-0.85226586, 0.9893178, -0.74838968, -0.17452691, -0.47477658, 0.08049864],
      "affine1.bias": [-0.1930833, -1.26376165],
    ]
    let (weight, bias) = ([-0.79262461, -1.11520968], [1.4734070700523327])
    let network = try Network<Double>(
      inputShape: [3], layers: [.affine(outputs: 2), .sigmoid, .affine(outputs: 1), .identity],
      parameters: first.merging(["affine2.weight": weight, "affine2.bias": bias]) { $1 })
    let output = try network.predict(example).elements
    #expect(isClose(output, [0.9241401564708919], within: 1e-15))

    let sums = try Network<Double>(inputShape: [3], layers: [.affine(outputs: 2)], parameters: first)
      .predict(example).elements
    let printed = zip(weight, sums).reduce(bias[0]) { $0 + $1.0 * withoutParentheses($1.1) }
    #expect(abs(printed - -5.44991305) < 1e-7)
    #expect(abs(output[0] - printed) > 6)
  }

  /// The input of Examples 2.1 and 3.1.
  private var example: Matrix<Double> { get throws { try Matrix([[0.1, 0.2, 0.3]]) } }

  /// The sigmoid as the seed's code has it in one place, 1/1+exp(-x).
  private func withoutParentheses(_ x: Double) -> Double { 1 / 1 + exp(-x) }

  @Test func layersOfOtherWidthsDoNotCompose() {
    let error = networkError {
      _ = try Network<Double>(
        inputShape: [3], layers: [.affine(outputs: 2)],
        parameters: ["affine1.weight": [1, 2, 3, 4], "affine1.bias": [0, 0]])
    }
    #expect(error?.code == .countMismatch)
    #expect(error?.place == "parameter affine1.weight")
    #expect(error?.expected == "6 values of the shape [3, 2]")
    #expect(error?.found == "4")
  }

  /// Examples 4.1 and 5.1 at their own sizes, on 28 × 28 images in ten classes: 784-50-10, weights N(0, 0.01²),
  /// batch 100 with replacement, learning rate 0.1, 1,000 steps. The README has the command for MNIST itself.
  @Test(arguments: [LayerSpecification.sigmoid, .relu])
  func theTwoLayerNetworkLearnsWithSigmoidAndWithReLU(activation: LayerSpecification) throws {
    var generator = RandomGenerator(seed: 3)
    let network = try Network<Float>(
      inputShape: [28, 28], layers: [.affine(outputs: 50), activation, .affine(outputs: 10), .softmax],
      initializer: .normal(standardDeviation: 0.01), generator: &generator)
    let trainer = try Trainer(
      network: network, training: images(count: 600),
      configuration: TrainingConfiguration(
        learningRate: 0.1, batchSize: 100, duration: .iterations(1_000), sampling: .withReplacement, seed: 1
      ))
    var losses: [Double] = []
    let outcome = try trainer.run(progress: { losses.append($0.loss) })
    #expect(outcome == .finished)
    #expect(losses.count == 1_000)
    // The first loss is that of a guess, log 10; the last is clearly lower.
    #expect(abs((losses.first ?? 0) - 2.302585) < 0.02)
    #expect((losses.last ?? .infinity) < 1.5)
  }

  /// Images of 28 × 28 in ten classes, four fifths black as in MNIST: a random pattern for each class in the middle, with
  /// noise on each image.
  private func images(count: Int) throws -> Dataset<Float> {
    var generator = RandomGenerator(seed: 4)
    let middle = 8..<20
    let patterns = (0..<10).map { _ in (0..<784).map { _ in generator.next(below: 200) } }
    let labels = (0..<count).map { _ in generator.next(below: 10) }
    let pixels = labels.flatMap { label in
      (0..<784).map { place in
        let isInside = middle.contains(place / 28) && middle.contains(place % 28)
        return isInside ? UInt8(patterns[label][place] + generator.next(below: 56)) : 0
      }
    }
    return try Dataset(
      inputs: DatasetInputs(bytes: pixels, width: 784, scale: 1 / 255, offset: 0),
      targets: .labels(labels, classes: 10))
  }

  /// Section 4: the gradient over all samples, over one chosen at random, and over mini-batches, for a regression with
  /// the identity as output.
  @Test(arguments: [64, 1, 8]) func gradientStochasticAndMiniBatchDescent(batchSize: Int) throws {
    let inputs: Matrix<Double> = try randomMatrix(rows: 64, columns: 2, seed: 1)
    // y = 2x₁ − x₂ + 0.5, which one layer of weights can hold.
    let targets = try Matrix(rows: 64, columns: 1, elements: (0..<64).map { 2 * inputs[$0, 0] - inputs[$0, 1] + 0.5 })
    let network = try Network<Double>(
      inputShape: [2], layers: [.affine(outputs: 1), .identity],
      parameters: ["affine1.weight": [0, 0], "affine1.bias": [0]])
    let trainer = try Trainer(
      network: network, training: Dataset(inputs: DatasetInputs(inputs), targets: .values(targets)),
      configuration: TrainingConfiguration(
        loss: .squaredError, learningRate: 0.1, batchSize: batchSize, duration: .iterations(800),
        sampling: batchSize == 64 ? .sequential : .withReplacement, seed: 5))
    #expect(try trainer.run() == .finished)
    #expect(isClose(trainer.network.parameters, [2, -1, 0.5], within: 1e-6))
  }

  /// The affine layer of Example 5.1 takes tensors of any rank and gives the gradient their shape back.
  @Test func affineFlattensInputsOfHigherRank() throws {
    let flat = try randomNetwork(inputShape: [24], [.affine(outputs: 3)])
    for shape in [[4, 6], [2, 3, 4]] {
      let shaped = try Network<Double>(
        inputShape: shape, layers: [.affine(outputs: 3)],
        parameters: [
          "affine1.weight": flat.values(of: "affine1.weight") ?? [],
          "affine1.bias": flat.values(of: "affine1.bias") ?? [],
        ])
      let inputs: Matrix<Double> = try randomMatrix(rows: 2, columns: 24, seed: 8)
      #expect(try shaped.predict(inputs) == flat.predict(inputs))
      #expect(shaped.inputShape == shape)
      #expect(shaped.parameterEntries.first?.shape == [24, 3])
    }
  }
}

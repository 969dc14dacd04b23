import NeuralNetwork
import Testing

/// Seed 004: one sigmoid unit with squared error, the same through many layers, and convolution as one of them.
///
/// u = Wᵀx + b; the seed prints "=" where "+" is meant.
struct Seed004 {
  /// Python: δo = −(t − o), δu = δo·o(1 − o), ΔW = δu·x, Δb = δu for x = (0.5, −1, 2), W = (0.2, −0.4, 0.1),
  /// b = 0.3 and t = 1, where u = 1.
  @Test func oneSigmoidUnit() throws {
    let network = try Network<Double>(
      inputShape: [3], layers: [.affine(outputs: 1), .sigmoid],
      parameters: ["affine1.weight": [0.2, -0.4, 0.1], "affine1.bias": [0.3]])
    let inputs = try Matrix([[0.5, -1.0, 2.0]])
    #expect(isClose(try network.predict(inputs).elements, [0.7310585786300049], within: 1e-15))
    let gradients = try network.lossAndGradients(
      inputs: inputs, targets: .values(Matrix([[1]])), loss: .squaredError)
    #expect(abs(gradients.loss - 0.036164744064256626) < 1e-16)
    let weight = try #require(gradients.values(of: "affine1.weight"))
    let bias = try #require(gradients.values(of: "affine1.bias"))
    #expect(
      isClose(weight, [-0.026438546392133357, 0.052877092784266715, -0.10575418556853343], within: 1e-16))
    #expect(isClose(bias, [-0.052877092784266715], within: 1e-16))
    // δo and δu themselves: the gradients by what goes into the parts of the network after them.
    let (o, u) = (0.7310585786300049, 1.0)
    let deltaO = try inputGradient(of: [.identity], at: [o], target: [1])
    #expect(isClose(deltaO, [-(1 - o)], within: 1e-16))
    let deltaU = try inputGradient(of: [.sigmoid], at: [u], target: [1])
    #expect(isClose(deltaU, [deltaO[0] * o * (1 - o)], within: 1e-16))
    #expect(isClose(deltaU, bias, within: 1e-16))
    #expect(isClose([0.5, -1, 2].map { deltaU[0] * $0 }, weight, within: 1e-16))
    // ∂E/∂x = δu·W.
    #expect(
      isClose(gradients.inputs.elements, [0.2, -0.4, 0.1].map { -0.052877092784266715 * $0 }, within: 1e-16))
  }

  /// NumPy, for x = (1, −2) and t = 0.25: δ² = −(t − o²)·o²(1 − o²), δ¹ = (δ² W²ᵀ)·o¹(1 − o¹), ΔWᵏ = oᵏ⁻¹ᵀδᵏ.
  @Test func theErrorGoesBackThroughTwoLayers() throws {
    let network = try Network<Double>(
      inputShape: [2], layers: [.affine(outputs: 2), .sigmoid, .affine(outputs: 1), .sigmoid],
      parameters: [
        "affine1.weight": [0.1, -0.2, 0.4, 0.3], "affine1.bias": [0.05, -0.05],
        "affine2.weight": [0.7, -0.6], "affine2.bias": [0.2],
      ])
    let gradients = try network.lossAndGradients(
      inputs: Matrix([[1, -2]]), targets: .values(Matrix([[0.25]])), loss: .squaredError)
    let expected = [
      "affine1.weight": [
        0.01220403872530609, -0.009737620585188286, -0.02440807745061218, 0.01947524117037657,
      ],
      "affine1.bias": [0.01220403872530609, -0.009737620585188286],
      "affine2.weight": [0.026535865144685755, 0.023166041708248427],
      "affine2.bias": [0.07736639826253806],
    ]
    for (name, values) in expected {
      #expect(isClose(try #require(gradients.values(of: name)), values, within: 1e-16))
    }
  }

  /// The seed's recursion in loops of its own: u = Wᵀo + b, o = σ(u); δᵒ = −(t − o) at the end and W·δᵘ of the layer
  /// behind elsewhere, δᵘ = δᵒ·o(1 − o), ∂E/∂W = o·δᵘ with the o in front, ∂E/∂b = δᵘ.
  @Test func errorSignalsGoBackThroughManyLayers() throws {
    let widths = [3, 4, 3, 5, 2]
    let depth = widths.count - 1
    let layers = widths.dropFirst().flatMap { [LayerSpecification.affine(outputs: $0), .sigmoid] }
    let network = try randomNetwork(inputShape: [3], layers, seed: 7)
    let (x, t) = ([0.8, -1.5, 0.4], [0.9, 0.2])
    let gradients = try network.lossAndGradients(
      inputs: Matrix([x]), targets: .values(Matrix([t])), loss: .squaredError)
    let weights = try (1...depth).map { try #require(network.values(of: "affine\($0).weight")) }
    let biases = try (1...depth).map { try #require(network.values(of: "affine\($0).bias")) }

    var (sums, outputs) = ([[Double]](), [x])
    for k in 0..<depth {
      let u = (0..<widths[k + 1]).map { j in
        (0..<widths[k]).reduce(biases[k][j]) { $0 + outputs[k][$1] * weights[k][$1 * widths[k + 1] + j] }
      }
      sums.append(u)
      outputs.append(u.map { ActivationFunction.sigmoid.value(at: $0) })
    }
    var deltaO = zip(outputs[depth], t).map { -($1 - $0) }
    for k in (0..<depth).reversed() {
      let tail = layers[(2 * k + 2)...]
      let behind = Dictionary(
        uniqueKeysWithValues: (k + 1..<depth).flatMap {
          [("affine\($0 - k).weight", weights[$0]), ("affine\($0 - k).bias", biases[$0])]
        })
      #expect(
        isClose(
          try inputGradient(of: tail.isEmpty ? [.identity] : Array(tail), behind, at: outputs[k + 1], target: t),
          deltaO, within: 1e-15))
      let deltaU = zip(deltaO, outputs[k + 1]).map { $0 * $1 * (1 - $1) }
      #expect(
        isClose(try inputGradient(of: [.sigmoid] + tail, behind, at: sums[k], target: t), deltaU, within: 1e-15))
      #expect(deltaU.allSatisfy { $0.magnitude > 1e-6 })
      let slope = outputs[k].flatMap { o in deltaU.map { o * $0 } }
      #expect(isClose(try #require(gradients.values(of: "affine\(k + 1).weight")), slope, within: 1e-15))
      #expect(isClose(try #require(gradients.values(of: "affine\(k + 1).bias")), deltaU, within: 1e-15))
      deltaO = (0..<widths[k]).map { i in
        deltaU.indices.reduce(0) { $0 + weights[k][i * widths[k + 1] + $1] * deltaU[$1] }
      }
    }
    #expect(isClose(gradients.inputs.elements, deltaO, within: 1e-15))
  }

  /// A filter of 2 × 2 on an image of 3 × 3, written out: four units, each connected to four of nine pixels, with
  /// weights 0 to the others. Backpropagation through the one network is that through the other, and a weight of the
  /// filter gets the sum of what its four places get. ConvolutionTests has the same for other shapes.
  @Test func aConvolutionIsAnAffineLayerWithZerosWhereNothingConnects() throws {
    let (a, b, c, d) = (0.5, -0.25, 0.75, 1.5)
    let sparse: [Double] = [
      a, 0, 0, 0,
      b, a, 0, 0,
      0, b, 0, 0,
      c, 0, a, 0,
      d, c, b, a,
      0, d, 0, b,
      0, 0, c, 0,
      0, 0, d, c,
      0, 0, 0, d,
    ]
    let last = ["affine.weight": [0.3, -0.4, 0.1, 0.2, -0.5, 0.6, 0.7, -0.8], "affine.bias": [0.05, -0.15]]
    func network(_ first: LayerSpecification, _ parameters: [String: [Double]], last name: String) throws -> Network<
      Double
    > {
      var parameters = parameters
      for (role, values) in last { parameters[role.replacing("affine", with: name)] = values }
      return try Network(
        inputShape: [1, 3, 3], layers: [first, .sigmoid, .affine(outputs: 2), .sigmoid], parameters: parameters)
    }
    let convolution = try network(
      .convolution(filters: 1, kernelSize: 2), ["conv1.weight": [a, b, c, d], "conv1.bias": [0.1]], last: "affine1")
    let affine = try network(
      .affine(outputs: 4), ["affine1.weight": sparse, "affine1.bias": [0.1, 0.1, 0.1, 0.1]], last: "affine2")

    let images = try Matrix([
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], [-1, 0.5, 0, 2, -0.5, 1, 0.25, -2, 1.5],
    ])
    let targets = Targets.values(try Matrix([[1.0, 0], [0.3, 0.6]]))
    #expect(isClose(try convolution.predict(images).elements, try affine.predict(images).elements, within: 1e-15))
    let left = try convolution.lossAndGradients(inputs: images, targets: targets, loss: .squaredError)
    let right = try affine.lossAndGradients(inputs: images, targets: targets, loss: .squaredError)
    #expect(isClose(left.inputs.elements, right.inputs.elements, within: 1e-15))
    for role in ["weight", "bias"] {
      let slope = try #require(left.values(of: "affine1.\(role)"))
      #expect(isClose(slope, try #require(right.values(of: "affine2.\(role)")), within: 1e-15))
    }
    let slopes = try #require(right.values(of: "affine1.weight"))
    let sums = [a, b, c, d].map { weight in
      zip(sparse, slopes).reduce(0) { $0 + ($1.0 == weight ? $1.1 : 0) }
    }
    #expect(isClose(try #require(left.values(of: "conv1.weight")), sums, within: 1e-15))
    #expect(sums.allSatisfy { $0.magnitude > 1e-4 })
    let biasSlopes = try #require(right.values(of: "affine1.bias"))
    #expect(isClose(try #require(left.values(of: "conv1.bias")), [biasSlopes.reduce(0, +)], within: 1e-15))
  }

  @Test func anotherSeedGivesAnotherStartTheSameSeedTheSame() throws {
    func start(_ seed: UInt64) throws -> Network<Double> {
      var generator = RandomGenerator(seed: seed)
      return try Network(
        inputShape: [4], layers: [.affine(outputs: 3)], initializer: .xavier, generator: &generator)
    }
    #expect(try start(1).parameters == start(1).parameters)
    #expect(try start(1).parameters != start(2).parameters)
  }

  /// ∂E/∂x of the squared error, for one sample.
  private func inputGradient(
    of layers: [LayerSpecification], _ parameters: [String: [Double]] = [:], at x: [Double], target: [Double]
  ) throws -> [Double] {
    let network = try Network<Double>(inputShape: [x.count], layers: layers, parameters: parameters)
    return try network.lossAndGradients(
      inputs: Matrix([x]), targets: .values(Matrix([target])), loss: .squaredError
    ).inputs.elements
  }
}

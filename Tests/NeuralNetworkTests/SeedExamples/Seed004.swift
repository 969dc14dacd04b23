import NeuralNetwork
import Testing

/// Seed 004: one sigmoid unit with squared error, and the same through two layers.
///
/// u = Wᵀx + b; the seed prints "=" where "+" is meant.
struct Seed004 {
  /// Python: δo = −(t − o), δu = δo·o(1 − o), ΔW = δu·x, Δb = δu for x = (0.5, −1, 2), W = (0.2, −0.4, 0.1),
  /// b = 0.3 and t = 1, where u = 1.
  @Test func `one sigmoid unit`() throws {
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
    // ∂E/∂x = δu·W.
    #expect(
      isClose(gradients.inputs.elements, [0.2, -0.4, 0.1].map { -0.052877092784266715 * $0 }, within: 1e-16))
  }

  /// NumPy, for x = (1, −2) and t = 0.25: δ² = −(t − o²)·o²(1 − o²), δ¹ = (δ² W²ᵀ)·o¹(1 − o¹), ΔWᵏ = oᵏ⁻¹ᵀδᵏ.
  @Test func `the error goes back through two layers`() throws {
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

  @Test func `another seed gives another start, the same seed the same`() throws {
    func start(_ seed: UInt64) throws -> Network<Double> {
      var generator = RandomGenerator(seed: seed)
      return try Network(
        inputShape: [4], layers: [.affine(outputs: 3)], initializer: .xavier, generator: &generator)
    }
    #expect(try start(1).parameters == start(1).parameters)
    #expect(try start(1).parameters != start(2).parameters)
  }
}

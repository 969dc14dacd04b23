import NeuralNetwork
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Seed 000: input preparation, activation functions, softmax and cross-entropy.
struct Seed000 {
  @Test func sigmoidAndTanhHaveTheirValuesAndDerivatives() {
    // Python: 1 / (1 + math.exp(-v)) and math.tanh(v). The seed prints e^(-1) in the sigmoid; it is e^(-x).
    let expected: [(Double, Double, Double)] = [
      (-2, 0.11920292202211755, -0.9640275800758169), (0, 0.5, 0),
      (0.5, 0.6224593312018546, 0.46211715726000974),
      (3, 0.9525741268224334, 0.9950547536867305),
    ]
    for (x, sigmoid, tanh) in expected {
      #expect(abs(ActivationFunction.sigmoid.value(at: x) - sigmoid) < 1e-15)
      #expect(abs(ActivationFunction.tanh.value(at: x) - tanh) < 1e-15)
      #expect(abs(ActivationFunction.sigmoid.derivative(at: x) - sigmoid * (1 - sigmoid)) < 1e-15)
      #expect(abs(ActivationFunction.tanh.derivative(at: x) - (1 - tanh * tanh)) < 1e-15)
    }
  }

  @Test func theDerivativesAreGreatestAt0() {
    #expect(ActivationFunction.sigmoid.derivative(at: 0.0) == 0.25)
    #expect(ActivationFunction.tanh.derivative(at: 0.0) == 1)
    for step in 1...400 {
      for x in [Double(step) / 20, -Double(step) / 20] {
        #expect(ActivationFunction.sigmoid.derivative(at: x) < 0.25)
        #expect(ActivationFunction.tanh.derivative(at: x) < 1)
      }
    }
  }

  @Test func tanhIsOddAroundTheOrigin() {
    for step in 0...100 {
      let x = Double(step) / 10
      #expect(ActivationFunction.tanh.value(at: -x) == -ActivationFunction.tanh.value(at: x))
    }
  }

  /// One place of the seed has relu_grad = 1 at 0, the definition above it 0. Ours is 0.
  @Test func theRectifierAndItsDerivativeAt0Too() {
    #expect([-3.0, -0.0, 0, 2.5].map { ActivationFunction.relu.value(at: $0) } == [0, 0, 0, 2.5])
    #expect([-3.0, 0, 2.5].map { ActivationFunction.relu.derivative(at: $0) } == [0, 0, 1])
    #expect(ActivationFunction.identity.value(at: -7.5) == -7.5)
    #expect(ActivationFunction.identity.derivative(at: -7.5) == 1)
  }

  @Test func softmaxOfAWorkedVector() throws {
    // NumPy: e = np.exp(u - u.max()); e / e.sum() for u = [0.3, 2.9, 4.0].
    let result = try softmax([[0.3, 2.9, 4.0]]).elements
    #expect(isClose(result, [0.01821127329554753, 0.24519181293507392, 0.7365969137693786], within: 1e-15))
    #expect(abs(result.reduce(0, +) - 1) < 1e-15)
  }

  @Test func softmaxStandsLargeInputsAndDoesNotChangeUnderAShift() throws {
    #expect(try softmax([[1000, 1000], [-1000, -1000]]).elements == [0.5, 0.5, 0.5, 0.5])
    #expect(try softmax([[1000, -1000]]).elements == [1, 0])
    let plain = try softmax([[0.25, -1.5, 2]]).elements
    // The shifts are whole numbers, so that the sums are exact and the results equal to the last bit.
    for shift in [1.0, -64, 1024] {
      #expect(try softmax([[0.25 + shift, -1.5 + shift, 2 + shift]]).elements == plain)
    }
    // y_i / y_j depends on the difference alone: e^(z_i - z_j).
    #expect(abs(plain[0] / plain[1] - exp(1.75)) < 1e-14)
  }

  /// For i ≠ k the derivative is −f_i f_k; the seed's formula lacks the minus sign.
  @Test func softmaxBackwardIsTheProductWithItsJacobian() throws {
    // NumPy: y = softmax([0.3, 2.9, 4.0]); (np.diag(y) - np.outer(y, y)) @ g.
    // With the squared error the gradient of the output is g = y − t, so t = y − g.
    let y = [0.01821127329554753, 0.24519181293507392, 0.7365969137693786]
    let g = [1.0, -2, 0.5]
    let targets = try Matrix([zip(y, g).map { $0 - $1 }])
    let network = try Network<Double>(inputShape: [3], layers: [.softmax], parameters: [:])
    let gradients = try network.lossAndGradients(
      inputs: Matrix([[0.3, 2.9, 4.0]]), targets: .values(targets), loss: .squaredError)
    #expect(
      isClose(
        gradients.inputs.elements, [0.020102949198229695, -0.4649145970693098, 0.4448116478710801],
        within: 1e-14))
  }

  /// Softmax with cross-entropy, forward and backward, for labels and one-hot targets.
  @Test func softmaxWithCrossEntropy() throws {
    // NumPy: -log(softmax(u))[label] averaged; (softmax(u) - onehot) / 2.
    let logits = try Matrix([[0.3, 2.9, 4.0], [1, 0, -1]])
    let network = try Network<Double>(inputShape: [3], layers: [.softmax], parameters: [:])
    let expected = [
      0.009105636647773765, 0.12259590646753696, -0.13170154311531068, -0.1673795221125891,
      0.12236423552739882, 0.04501528658519023,
    ]
    let oneHot = try Matrix<Double>([[0, 0, 1], [1, 0, 0]])
    for targets in [Targets.labels([2, 0], classes: 3), .values(oneHot)] {
      let gradients = try network.lossAndGradients(inputs: logits, targets: targets, loss: .crossEntropy)
      #expect(abs(gradients.loss - 0.35666021462841624) < 1e-15)
      #expect(isClose(gradients.inputs.elements, expected, within: 1e-15))
    }
  }

  @Test func crossEntropyAloneIsTheSameForOneHotAndIndexLabels() throws {
    let probabilities = try Matrix([[0.2, 0.7, 0.1], [0.25, 0.25, 0.5]])
    let labels = try Loss.crossEntropy(probabilities: probabilities, labels: [1, 2])
    let oneHot = try Loss.crossEntropy(
      probabilities: probabilities, targets: Matrix([[0, 1, 0], [0, 0, 1]]))
    #expect(labels == oneHot)
    #expect(abs(labels - -(log(0.7 + 1e-7) + log(0.5 + 1e-7)) / 2) < 1e-15)
  }

  /// The derivative of −Σ t log y is −t / y.
  @Test func crossEntropyFallsWithSlopeTOverY() throws {
    let slope = NumericalDifferentiation.gradient(
      of: { (y: [Double]) in (try? Loss.crossEntropy(probabilities: Matrix([y]), labels: [1])) ?? .nan },
      at: [0.2, 0.7, 0.1])
    #expect(isClose(slope, [0, -1 / 0.7, 0], within: 1e-5))
  }

  /// Samples with missing values are filled with zeros or left out; numbers are normalised.
  @Test func theInputLayersDataArePrepared() throws {
    let raw = try Dataset(
      inputs: DatasetInputs(Matrix([[10.0, 20], [.nan, 40], [30, 60]])), targets: .labels([0, 1, 2], classes: 3))
    #expect(try raw.preparing(.zero).inputs == DatasetInputs(Matrix([[10, 20], [0, 40], [30, 60]])))
    let dropped = try raw.preparing(.drop)
    #expect(dropped.targets == .labels([0, 2], classes: 3))
    let scaling = try InputScaling.unitRange([10.0, 20, 30, 60])
    #expect(
      [10.0, 35, 60].map { scaling.scale * $0 + scaling.offset }.map { abs($0) < 1e-15 ? 0 : $0 } == [0, 0.5, 1])
    let standard = try InputScaling.standardizing([10.0, 20, 30, 60])
    // Python: statistics.fmean and statistics.pstdev are 30 and 18.708286933869708.
    #expect(abs(standard.scale * 60 + standard.offset - 30 / 18.708286933869708) < 1e-14)
  }

  private func softmax(_ rows: [[Double]]) throws -> Matrix<Double> {
    let matrix = try Matrix(rows)
    return try Network(inputShape: [matrix.columns], layers: [.softmax], parameters: [:]).predict(matrix)
  }
}

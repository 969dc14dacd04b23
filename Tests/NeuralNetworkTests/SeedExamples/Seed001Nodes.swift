import NeuralNetwork
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Seed 001: the nodes of a computational graph, forwards and backwards, for one sample (online) and for batches.
struct Seed001Nodes {
  @Test func theAddNodePassesTheGradientOnTheMultiplyNodeSwapsItsValues() {
    #expect(ArithmeticNode.add.forward(3.0, 4) == 7)
    #expect(ArithmeticNode.add.backward(3.0, 4, gradient: 1.5) == (x: 1.5, y: 1.5))
    #expect(ArithmeticNode.multiply.forward(3.0, 4) == 12)
    #expect(ArithmeticNode.multiply.backward(3.0, 4, gradient: 1.5) == (x: 6, y: 4.5))
  }

  @Test(arguments: ArithmeticNode.allCases) func aBatchIsANodeForEachElement(node: ArithmeticNode) throws {
    let x: Matrix<Double> = try randomMatrix(rows: 3, columns: 2, seed: 1)
    let y: Matrix<Double> = try randomMatrix(rows: 3, columns: 2, seed: 2)
    let gradient: Matrix<Double> = try randomMatrix(rows: 3, columns: 2, seed: 3)
    let forward = try node.forward(x, y)
    let backward = try node.backward(x, y, gradient: gradient)
    for row in 0..<3 {
      for column in 0..<2 {
        #expect(forward[row, column] == node.forward(x[row, column], y[row, column]))
        let single = node.backward(x[row, column], y[row, column], gradient: gradient[row, column])
        #expect((backward.x[row, column], backward.y[row, column]) == single)
      }
    }
    let error = networkError { _ = try node.forward(x, randomMatrix(rows: 2, columns: 3, seed: 2)) }
    #expect(error?.code == .countMismatch)
  }

  /// y = (x₁ + x₂)² as t = x₁ + x₂ and y = t · t: the chain rule gives ∂y/∂x₁ = ∂y/∂x₂ = 2(x₁ + x₂).
  @Test func theChainRuleOnAGraphOfBothNodes() {
    for (x1, x2) in [(1.0, 2.0), (-3, 0.5), (0, 0)] {
      let t = ArithmeticNode.add.forward(x1, x2)
      #expect(ArithmeticNode.multiply.forward(t, t) == (x1 + x2) * (x1 + x2))
      let (left, right) = ArithmeticNode.multiply.backward(t, t, gradient: 1)
      // t goes both ways into the product: its gradients add up.
      let slope = ArithmeticNode.add.backward(x1, x2, gradient: left + right)
      #expect(slope == (x: 2 * (x1 + x2), y: 2 * (x1 + x2)))
    }
  }

  /// y − t is (−1) · t added to y, and ½d² two products: the squared error as a graph has the gradient y − t.
  @Test func theSquaredErrorTakenApartIntoAddAndMultiplyNodes() throws {
    let (y, t) = (0.8, 0.3)
    let negative = ArithmeticNode.multiply.forward(-1, t)
    let difference = ArithmeticNode.add.forward(y, negative)
    let square = ArithmeticNode.multiply.forward(difference, difference)
    let loss = ArithmeticNode.multiply.forward(0.5, square)
    #expect(loss == (try Loss.squaredError(outputs: Matrix([[y]]), targets: Matrix([[t]]))))
    let ofSquare = ArithmeticNode.multiply.backward(0.5, square, gradient: 1).y
    let sides = ArithmeticNode.multiply.backward(difference, difference, gradient: ofSquare)
    let slope = ArithmeticNode.add.backward(y, negative, gradient: sides.x + sides.y).x
    #expect(slope == y - t)
    #expect(isClose(try backward([], [[y]], towards: [[slope]]), [y - t], within: 1e-15))
  }

  /// Each activation online: f(x) forwards, ∂L/∂y · f′(x) backwards.
  @Test(arguments: [
    (LayerSpecification.relu, [0.0, 0, 2], [0.0, 0, 1]),
    (.sigmoid, [0.2689414213699951, 0.5, 0.8807970779778823], [0.19661193324148185, 0.25, 0.10499358540350662]),
    (.tanh, [-0.7615941559557649, 0, 0.9640275800758169], [0.41997434161402614, 1, 0.07065082485316443]),
  ]) func activationsOnline(layer: LayerSpecification, values: [Double], slopes: [Double]) throws {
    for (index, x) in [-1.0, 0, 2].enumerated() {
      let network = try Network<Double>(inputShape: [1], layers: [layer], parameters: [:])
      #expect(isClose(try network.predict(Matrix([[x]])).elements, [values[index]], within: 1e-15))
      #expect(isClose(try backward([layer], [[x]], towards: [[3]]), [3 * slopes[index]], within: 1e-15))
    }
  }

  @Test(arguments: [LayerSpecification.relu, .sigmoid, .tanh, .softmax])
  func aBatchIsAsManySamples(layer: LayerSpecification) throws {
    let batch: Matrix<Double> = try randomMatrix(rows: 4, columns: 3, seed: 5)
    let gradient: Matrix<Double> = try randomMatrix(rows: 4, columns: 3, seed: 6)
    let rows = { (m: Matrix<Double>) in (0..<4).map { Array(m.row($0)) } }
    let together = try backward([layer], rows(batch), towards: rows(gradient))
    let online = try zip(rows(batch), rows(gradient)).flatMap { try backward([layer], [$0], towards: [$1]) }
    // The loss of a batch is a mean, so that its gradient is divided by the number of samples.
    #expect(isClose(together.map { 4 * $0 }, online, within: 1e-14))
  }

  /// ReLU's gradient of 1 goes through any number of layers; the sigmoid's, at most 1/4, fades.
  @Test func theGradientVanishesAfterSigmoidsAndNotAfterRectifiers() throws {
    let depth = 10
    let relu = try backward(Array(repeating: .relu, count: depth), [[2]], towards: [[1]])
    #expect(relu == [1])
    let sigmoid = try backward(Array(repeating: .sigmoid, count: depth), [[2]], towards: [[1]])
    #expect(sigmoid[0] > 0 && sigmoid[0] <= Double(pow(0.25, Double(depth))))
  }

  /// Two inputs, three outputs. ∂L/∂X = ∂L/∂Y Wᵀ, ∂L/∂W = Xᵀ ∂L/∂Y, and ∂L/∂B the sum over the batch: worked by hand
  /// for ∂L/∂Y = [[1, 0, −1], [2, 1, 0]].
  @Test func theAffineNodeOnlineAndInABatch() throws {
    let network = try Network<Double>(
      inputShape: [2], layers: [.affine(outputs: 3)],
      parameters: ["affine1.weight": [1, 2, 3, 4, 5, 6], "affine1.bias": [0.5, 0, -0.5]])
    let inputs = try Matrix([[1.0, -1], [2, 3]])
    let outputs = try network.predict(inputs)
    #expect(outputs.elements == [-2.5, -3, -3.5, 14.5, 19, 23.5])
    let wanted = try Matrix(
      rows: 2, columns: 3, elements: zip(outputs.elements, [1.0, 0, -1, 2, 1, 0]).map { $0 - $1 })
    let batch = try network.lossAndGradients(inputs: inputs, targets: .values(wanted), loss: .squaredError)
    // Twice, because the loss is the mean over two samples.
    #expect(batch.inputs.elements.map { 2 * $0 } == [-2, -2, 4, 13])
    #expect(try #require(batch.values(of: "affine1.weight")).map { 2 * $0 } == [5, 2, -1, 5, 3, 1])
    #expect(try #require(batch.values(of: "affine1.bias")).map { 2 * $0 } == [3, 1, -1])
    let online = try network.lossAndGradients(
      inputs: Matrix([Array(inputs.row(0))]), targets: .values(Matrix([Array(wanted.row(0))])), loss: .squaredError)
    #expect(online.inputs.elements == [-2, -2])
    #expect(try #require(online.values(of: "affine1.weight")) == [1, 0, -1, -1, 0, 1])
    #expect(try #require(online.values(of: "affine1.bias")) == [1, 0, -1])
  }

  /// S = Σ exp(a): y = exp(a) / S forwards, y − t backwards, divided by the number of samples. Python's math.exp for
  /// a = (1, 2, 3).
  @Test func softmaxWithLossOnlineAndInABatch() throws {
    let network = try Network<Double>(inputShape: [3], layers: [.softmax], parameters: [:])
    let y = [0.09003057317038046, 0.24472847105479767, 0.6652409557748219]
    for count in [1, 4] {
      let inputs = try Matrix(Array(repeating: [1.0, 2, 3], count: count))
      let result = try network.lossAndGradients(
        inputs: inputs, targets: .labels(Array(repeating: 1, count: count), classes: 3), loss: .crossEntropy)
      #expect(abs(result.loss - 1.4076059644443801) < 1e-15)
      let row = [y[0], y[1] - 1, y[2]].map { $0 / Double(count) }
      #expect(isClose(result.inputs.elements, Array(repeating: row, count: count).flatMap(\.self), within: 1e-15))
    }
  }

  /// ∂L/∂X of layers without parameters for a given ∂L/∂Y, through the squared error, whose gradient is y − t.
  private func backward(
    _ layers: [LayerSpecification], _ rows: [[Double]], towards gradient: [[Double]]
  ) throws -> [Double] {
    let network = try Network<Double>(
      inputShape: [rows[0].count], layers: layers.isEmpty ? [.identity] : layers, parameters: [:])
    let inputs = try Matrix(rows)
    let targets = try Matrix(
      rows: inputs.rows, columns: inputs.columns,
      elements: zip(network.predict(inputs).elements, gradient.joined()).map { $0 - $1 })
    return try network.lossAndGradients(inputs: inputs, targets: .values(targets), loss: .squaredError).inputs.elements
  }
}

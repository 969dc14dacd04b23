import Testing

@testable import NeuralNetwork

struct PoolingTests {
  private func pool<Scalar: NetworkScalar>(
    _ layer: LayerSpecification, _ shape: [Int], _ values: [Scalar]
  ) throws -> [Scalar] {
    let network = try Network<Scalar>(inputShape: shape, layers: [layer], parameters: [:])
    return try network.predict(Matrix(rows: 1, columns: values.count, elements: values)).elements
  }

  /// Every position in the window, in the loops for four windows and in those for the rest of a row, for windows
  /// with loops of their own and for others.
  @Test(arguments: [LayerSpecification.maximumPooling(size: 2), .maximumPooling(size: 3, stride: 2)])
  func aNaNComesThroughWhereverItIs(layer: LayerSpecification) throws {
    for place in 0..<2 * 11 {
      var values = (0..<33).map { Float($0 % 5) }
      values[place] = .nan
      let output = try pool(layer, [3, 11], values)
      let covered = place % 11 < 10 || layer != .maximumPooling(size: 2)
      #expect(output.contains { $0.isNaN } == covered, "NaN at \(place)")
      let doubles = try pool(layer, [3, 11], values.map { Double($0) })
      #expect(zip(output, doubles).allSatisfy { Double($0) == $1 || ($0.isNaN && $1.isNaN) })
    }
  }

  @Test func infinitiesAreValuesLikeOthers() throws {
    let output = try pool(
      .maximumPooling(size: 2), [2, 6],
      [-.infinity, -.infinity, .infinity, 1, 0, -.infinity] + Array(repeating: -.infinity, count: 6) as [Float])
    #expect(output == [-.infinity, .infinity, 0])
  }

  /// As the seeds' frameworks do: one of equal values gets the whole gradient, the first.
  @Test(arguments: [1, 9]) func ofEqualValuesTheFirstOneGetsTheGradient(windows: Int) throws {
    for (layer, size) in [(LayerSpecification.maximumPooling(size: 2), 2), (.maximumPooling(size: 3), 3)] {
      let network = try Network<Float>(
        inputShape: [size, size * windows], layers: [layer], parameters: [:])
      let inputs = try Matrix<Float>(
        rows: 1, columns: size * size * windows, elements: Array(repeating: 1, count: size * size * windows))
      let targets = try Matrix<Float>(rows: 1, columns: windows, elements: Array(repeating: 0, count: windows))
      let gradients = try network.lossAndGradients(inputs: inputs, targets: .values(targets), loss: .squaredError)
      for (index, gradient) in gradients.inputs.elements.enumerated() {
        #expect(gradient == (index < size * windows && index % size == 0 ? 1 : 0))
      }
    }
  }

  /// Single and double precision have different loops; the numbers are small and whole, so nothing rounds.
  @Test func bothNumberTypesFindTheSamePlaces() throws {
    var generator = RandomGenerator(seed: 12)
    for (height, width) in [(2, 2), (4, 8), (5, 9), (7, 13), (2, 31)] {
      let values = (0..<3 * height * width).map { _ in Double(generator.next(below: 7)) }
      let layers: [LayerSpecification] = [.maximumPooling(size: 2)]
      let double = try Network<Double>(inputShape: [3, height, width], layers: layers, parameters: [:])
      let single = try Network<Float>(inputShape: [3, height, width], layers: layers, parameters: [:])
      let inputs = try Matrix(rows: 1, columns: values.count, elements: values)
      let outputs = double.outputShape.reduce(1, *)
      let targets = (0..<outputs).map { Double($0 % 4) }
      let a = try double.lossAndGradients(
        inputs: inputs, targets: .values(Matrix(rows: 1, columns: outputs, elements: targets)), loss: .squaredError)
      let b = try single.lossAndGradients(
        inputs: Matrix(rows: 1, columns: values.count, elements: values.map { Float($0) }),
        targets: .values(Matrix(rows: 1, columns: outputs, elements: targets.map { Float($0) })),
        loss: .squaredError)
      #expect(a.loss == b.loss)
      #expect(a.inputs.elements == b.inputs.elements.map { Double($0) })
    }
  }
}

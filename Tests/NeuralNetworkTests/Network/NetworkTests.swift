import Testing

@testable import NeuralNetwork

struct NetworkTests {
  private let layers: [LayerSpecification] = [
    .affine(outputs: 5), .sigmoid, .affine(outputs: 4), .sigmoid, .affine(outputs: 3), .softmax,
  ]

  @Test func parametersAreNamedAndLieInOrder() throws {
    let network = try randomNetwork(inputShape: [2, 3], layers)
    #expect(
      network.parameterEntries.map(\.name) == [
        "affine1.weight", "affine1.bias", "affine2.weight", "affine2.bias", "affine3.weight", "affine3.bias",
      ])
    #expect(network.parameterEntries.map(\.range) == [0..<30, 30..<35, 35..<55, 55..<59, 59..<71, 71..<74])
    #expect(network.parameterEntries.map(\.layerIndex) == [0, 0, 2, 2, 4, 4])
    #expect(network.parameterEntries.map(\.shape) == [[6, 5], [5], [5, 4], [4], [4, 3], [3]])
    #expect(network.parameterCount == 74)
    #expect(network.values(of: "affine2.bias") == Array(network.parameters[55..<59]))
    #expect(network.values(of: "affine4.bias") == nil)
    #expect(
      network.layerDescriptions.map(\.name) == [
        "affine1", "sigmoid1", "affine2", "sigmoid2", "affine3", "softmax1",
      ])
    #expect(network.layerDescriptions[0].inputShape == [2, 3])
    #expect(network.layerDescriptions[3].outputShape == [4])
    #expect(network.outputShape == [3])
  }

  @Test func aNetworkRebuiltFromItsValuesPredictsTheSame() throws {
    let network = try randomNetwork(inputShape: [6], layers)
    let values = Dictionary(
      uniqueKeysWithValues: network.parameterEntries.map { ($0.name, Array(network.parameters[$0.range])) })
    let copy = try Network(inputShape: [6], layers: layers, parameters: values)
    let inputs: Matrix<Double> = try randomMatrix(rows: 4, columns: 6, seed: 2)
    #expect(copy.parameters == network.parameters)
    #expect(try copy.predict(inputs) == network.predict(inputs))
  }

  @Test func missingAndUnknownParametersAreRefusedByName() {
    let missing = networkError {
      _ = try Network<Double>(
        inputShape: [1], layers: [.affine(outputs: 1)], parameters: ["affine1.weight": [1]])
    }
    #expect(missing?.code == .missingParameter)
    #expect(missing?.place == "parameter affine1.bias")
    let unknown = networkError {
      _ = try Network<Double>(
        inputShape: [1], layers: [.affine(outputs: 1)],
        parameters: ["affine1.weight": [1], "affine1.bias": [0], "affine2.bias": [0]])
    }
    #expect(unknown?.code == .unknownParameter)
    #expect(unknown?.place == "parameter affine2.bias")
  }

  @Test(
    arguments: [
      ([], [.relu], NetworkError.Code.invalidShape), ([3, 0], [.relu], .invalidShape),
      ([-1], [.relu], .invalidShape),
      ([2], [], .invalidShape), ([2], [.affine(outputs: 0)], .invalidShape),
      ([2], [.affine(outputs: -5)], .invalidShape), ([2], [.affine(outputs: .max)], .tooLarge),
      ([1 << 31], [.relu], .tooLarge), ([.max, .max], [.relu], .tooLarge),
      ([1 << 20], [.affine(outputs: 1 << 20)], .tooLarge),
      (
        [1 << 15], [.affine(outputs: 1 << 15), .affine(outputs: 1 << 15), .affine(outputs: 1 << 15)],
        .tooLarge
      ),
    ] as [([Int], [LayerSpecification], NetworkError.Code)])
  func impossibleShapesAreRefusedBeforeMemoryIsTaken(
    shape: [Int], layers: [LayerSpecification], code: NetworkError.Code
  ) {
    #expect(
      networkError { _ = try Network<Float>(inputShape: shape, layers: layers, parameters: [:]) }?.code
        == code)
  }

  @Test func initialWeightsHaveTheStandardDeviationOfTheirMethod() throws {
    let expected: [(Initializer, Double)] = [
      (.xavier, (2.0 / 500).squareRoot()), (.he, (2.0 / 300).squareRoot()),
      (.normal(standardDeviation: 0.01), 0.01),
    ]
    for (initializer, deviation) in expected {
      var generator = RandomGenerator(seed: 6)
      let network = try Network<Double>(
        inputShape: [300], layers: [.affine(outputs: 200)], initializer: initializer, generator: &generator)
      let weights = try #require(network.values(of: "affine1.weight"))
      let mean = weights.reduce(0, +) / 60_000
      let variance = weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 60_000
      // Of 60,000 numbers the deviation is known to 0.3 %; four times that.
      #expect(abs(variance.squareRoot() / deviation - 1) < 0.012)
      #expect(abs(mean) < 4 * deviation / 60_000.squareRoot())
      #expect(network.values(of: "affine1.bias") == Array(repeating: 0, count: 200))
    }
    var generator = RandomGenerator(seed: 6)
    for wrong in [Double.nan, -1, .infinity] {
      let error = networkError {
        _ = try Network<Double>(
          inputShape: [3], layers: [.affine(outputs: 2)], initializer: .normal(standardDeviation: wrong),
          generator: &generator)
      }
      #expect(error?.code == .valueOutOfRange)
    }
  }

  /// More rows than one piece of memory takes, and a number of threads that does not divide them.
  @Test func predictionInPiecesIsPredictionRowByRow() throws {
    let network = try randomNetwork(inputShape: [6], layers)
    let inputs: Matrix<Double> = try randomMatrix(rows: 1_301, columns: 6, seed: 3)
    let whole = try network.predict(inputs)
    #expect(whole.rows == 1_301 && whole.columns == 3)
    for row in [0, 511, 512, 700, 1_300] {
      let single = try network.predict(Matrix([Array(inputs.row(row))]))
      #expect(isClose(single.elements, Array(whole.row(row)), within: 1e-15))
    }
    let threaded = try network.predict(DatasetInputs(inputs), threads: 3)
    #expect(isClose(threaded.elements, whole.elements, within: 1e-15))
  }

  @Test func bytesAreScaledAndShiftedOnTheWayIn() throws {
    // 21 columns: one vector of sixteen and a rest of five; 11 rows: eight at a time and a rest of three.
    let bytes = (0..<231).map { UInt8($0) }
    let network = try Network<Float>(inputShape: [21], layers: [.identity], parameters: [:])
    let inputs = try DatasetInputs<Float>(bytes: bytes, width: 21, scale: 0.5, offset: -3)
    #expect(try network.predict(inputs, threads: 2).elements == bytes.map { Float($0) * 0.5 - 3 })
  }

  @Test func noRowsGiveNoRows() throws {
    let network = try randomNetwork(inputShape: [6], layers)
    let output = try network.predict(Matrix(rows: 0, columns: 6, elements: []))
    #expect(output.rows == 0 && output.columns == 3)
  }

  @Test func inputsOfAnotherWidthAreRefused() throws {
    let network = try randomNetwork(inputShape: [2, 3], layers)
    let error = networkError { _ = try network.predict(Matrix([[1, 2]])) }
    #expect(error?.code == .countMismatch)
    #expect(error?.expected.contains("[2, 3]") == true)
    #expect(
      networkError { _ = try network.predict(Matrix(rows: 3, columns: 0, elements: [])) }?.code
        == .invalidShape)
  }

  @Test func evaluationAgreesWithLossesOfThePredictions() throws {
    let network = try randomNetwork(inputShape: [6], layers)
    let inputs: Matrix<Double> = try randomMatrix(rows: 1_100, columns: 6, seed: 5)
    let labels = randomLabels(1_100, classes: 3, seed: 5)
    let data = try Dataset(inputs: DatasetInputs(inputs), targets: .labels(labels, classes: 3))
    let outputs = try network.predict(inputs)
    let report = try ClassificationReport(probabilities: outputs, labels: labels)
    for threads in 1...3 {
      let entropy = try network.evaluate(data, loss: .crossEntropy, threads: threads)
      #expect(abs(entropy.loss - report.logLoss) < 1e-12)
      #expect(entropy.accuracy == report.accuracy)
      #expect(entropy.samples == 1_100)
      let squared = try network.evaluate(data, loss: .squaredError, threads: threads)
      let oneHot = try Matrix(labels.map { label in (0..<3).map { $0 == label ? 1.0 : 0 } })
      #expect(abs(try squared.loss - Loss.squaredError(outputs: outputs, targets: oneHot)) < 1e-12)
      #expect(squared.accuracy == report.accuracy)
    }
  }
}

import IDX
import ModelFormat
import NetworkStorage
import NeuralNetwork
import Testing

@testable import NetworkRuns

struct PredictorTests {
  /// Three classes from four values, by softmax.
  private func made(
    last: LayerSpecification = .softmax, outputs: Int = 3, metadata: Attributes = [:], classNames: [String] = []
  ) throws -> (network: Network<Float>, model: Model) {
    var generator = RandomGenerator(seed: 7)
    let network = try Network<Float>(
      inputShape: [2, 2], layers: [.affine(outputs: outputs), last], initializer: .xavier, generator: &generator)
    return (
      network,
      try Model(
        network, preprocessing: Preprocessing(scale: 1 / 64, offset: -0.5), classNames: classNames, metadata: metadata)
    )
  }

  private static let values: [UInt8] = [0, 1, 2, 3, 100, 50, 25, 127, 64, 32, 16, 8]

  /// The same numbers in every element type.
  private static func samples() throws -> [IDXArray] {
    func array<Element: IDXElement>(_ convert: (UInt8) -> Element) throws -> IDXArray {
      try IDXArray(dimensions: [3, 2, 2], elements: values.map(convert))
    }
    return [
      try array { $0 }, try array { Int8($0) }, try array { Int16($0) }, try array { Int32($0) },
      try array { Float($0) }, try array { Double($0) },
    ]
  }

  /// Bytes used to be taken for pixels, whatever numbers they were part of.
  @Test func everyElementTypeGivesWhatTheModelMeans() throws {
    let (network, model) = try made()
    let prepared = try Matrix<Float>(
      rows: 3, columns: 4, elements: Self.values.map { Float($0) * Float(1.0 / 64) - 0.5 })
    let expected = try network.predict(prepared)
    let predictor = try Predictor(model, threads: 1)
    let samples = try Self.samples()
    #expect(samples.map(\.header.elementType) == IDXElementType.allCases)
    for array in samples {
      let found = try predictor.predict(array)
      #expect(found.rows == 3 && found.columns == 3)
      for (a, b) in zip(found.elements, expected.elements) { #expect(abs(a - b) < 1e-6, "\(array.header)") }
    }
  }

  @Test func aSingleOutputThatMeansClassesHasAColumnForEach() throws {
    let (network, model) = try made(last: .sigmoid, outputs: 1, metadata: ["training.task": "classification"])
    let samples = try #require(try Self.samples().first)
    let found = try Predictor(model).predict(samples)
    let output = try network.predict(DatasetInputs(samples, Preprocessing(scale: 1 / 64, offset: -0.5)), threads: 1)
    #expect(found.columns == 2)
    #expect(found.elements == output.elements.flatMap { [1 - $0, $0] })
  }

  @Test func missingValuesAreWhatTheyWereInTraining() throws {
    let gaps = try IDXArray(dimensions: [2, 4], elements: [1, 2, 3, 4, 5, .nan, 7, 8] as [Float])
    #expect(throws: PredictionError.missingValue(sample: 1, model: "the model")) {
      try Predictor(made().model).predict(gaps)
    }
    let (network, model) = try made(metadata: ["data.missing_values": "zero"])
    let prepared = try Matrix<Float>(
      rows: 1, columns: 4, elements: [5 / 64 - 0.5, 0, 7 / 64 - 0.5, 8 / 64 - 0.5] as [Float])
    let found = try Predictor(model).predict(gaps)
    #expect(Array(found.row(1)) == Array(try network.predict(prepared).row(0)))
  }

  @Test func samplesOfAnotherSizeAreRefused() throws {
    let wide = try IDXArray(dimensions: [1, 5], elements: [0, 0, 0, 0, 0] as [UInt8])
    let error = #expect(throws: PredictionError.self) { try Predictor(made().model).predict(wide) }
    #expect(
      error?.description
        == "samples: expected samples of 2×2 = 4 values as the model takes, found 5 (1 × 5 uint8)")
  }

  @Test func classNamesAreThoseOfTheColumns() throws {
    #expect(try Predictor(made(classNames: ["a", "b", "c"]).model).classNames == ["a", "b", "c"])
    #expect(throws: PredictionError.classNameCount(model: "the model", expected: 3, found: 2)) {
      try Predictor(made(classNames: ["a", "b"]).model)
    }
    // The name of a single output is none of its two sides.
    #expect(try Predictor(made(last: .sigmoid, outputs: 1, classNames: ["yes"]).model).classNames == [])
  }

  @Test func aModelWithoutNetworkIsRefusedWithItsName() throws {
    let error = #expect(throws: PredictionError.self) { try Predictor(Model(topology: nil, tensors: [])) }
    #expect(error?.description.hasPrefix("the model: the network cannot be built: ") == true)
  }
}

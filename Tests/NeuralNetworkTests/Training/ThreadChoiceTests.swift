import Testing

@testable import NeuralNetwork

struct ThreadChoiceTests {
  @Test func theOperationsOfEachProductCount() throws {
    let layers = try randomNetwork(
      inputShape: [784], [.affine(outputs: 50), .sigmoid, .affine(outputs: 10), .softmax]
    ).layerDescriptions
    let operations = ProductOperations(of: layers)
    #expect(operations.forward == 2 * (784 * 50 + 50 * 10))
    #expect(operations.weightGradient == operations.forward)
    #expect(operations.inputGradient == 2 * 50 * 10)
    // Eight maps of 26 × 26 from one channel, and no gradient of the image.
    let convolution = try randomNetwork(
      inputShape: [28, 28], [.convolution(filters: 8, kernelSize: 3, stride: 1, padding: 0), .relu]
    ).layerDescriptions
    #expect(ProductOperations(of: convolution).total == 2 * (2 * 9 * 8 * 26 * 26))
  }

  private func threads(_ layers: [LayerSpecification], inputs: Int, batchSize: Int, processors: Int) throws -> Int {
    let architecture = try Architecture<Float>(inputShape: [inputs], layers: layers)
    return ThreadChoice.threads(training: architecture, batchSize: batchSize, processors: processors)
  }

  @Test func smallMiniBatchesHaveOneThreadLargeOnesAll() throws {
    let layers: [LayerSpecification] = [.affine(outputs: 64), .relu, .affine(outputs: 10), .softmax]
    func threads(batchSize: Int, processors: Int) throws -> Int {
      try self.threads(layers, inputs: 64, batchSize: batchSize, processors: processors)
    }
    #expect(try threads(batchSize: 10, processors: 8) == 1)
    #expect(try threads(batchSize: 100, processors: 1) == 1)
    #expect(try threads(batchSize: 100, processors: 2) == 2)
    #expect(try threads(batchSize: 100_000, processors: 64) == 64)
    for batchSize in 1..<200 {
      #expect(try threads(batchSize: batchSize + 1, processors: 8) >= threads(batchSize: batchSize, processors: 8))
    }
    // Counts that no integer holds are many.
    #expect(try threads(batchSize: .max, processors: 3) == 3)
  }

  @Test func aFirstLayerThatIsDividedByItsInputsIsWorthThreadsSooner() throws {
    let layers: [LayerSpecification] = [.affine(outputs: 50), .sigmoid, .affine(outputs: 10), .softmax]
    #expect(try threads(layers, inputs: 784, batchSize: 2, processors: 2) == 2)
    #expect(try threads([.relu] + layers, inputs: 784, batchSize: 2, processors: 2) == 1)
  }
}

import ModelFormat
import Testing

@testable import ModelInspection

struct FirstLayerImagesTests {
  private func model(
    input: [Int], _ layers: [LayerDescription], _ weight: [Double], shape: [Int]
  ) throws -> Model {
    try Model(
      topology: Topology(inputShape: input, layers: layers),
      tensors: [try tensor(weight, name: "l.weight", shape: shape)])
  }

  private func layer(_ kind: String, _ output: [Int], hasWeight: Bool = true) -> LayerDescription {
    LayerDescription(
      kind: kind, name: kind, outputShape: output,
      parameters: hasWeight ? [.init(role: "weight", tensor: "l.weight")] : [])
  }

  @Test func `A dense layer has an image of each unit: a column of its weights`() throws {
    // [inputs, units]: the weight from pixel p to unit u is 10 p + u.
    let weights = (0..<6).flatMap { pixel in (0..<2).map { Double(10 * pixel + $0) } }
    let model = try model(
      input: [2, 3], [layer("flatten", [6], hasWeight: false), layer("affine", [2])], weights, shape: [6, 2])
    let found = try #require(try FirstLayerImages(of: model))
    #expect(!found.isKernel && found.layer == "affine" && found.unitCount == 2)
    #expect(found.width == 3 && found.height == 2 && found.channels == 1)
    #expect(found.images == [[0, 10, 20, 30, 40, 50], [1, 11, 21, 31, 41, 51]])
  }

  @Test func `A convolution has its kernels, channels below one another`() throws {
    let weights = (0..<16).map(Double.init)
    let model = try model(input: [2, 4, 4], [layer("conv", [2, 3, 3])], weights, shape: [2, 2, 2, 2])
    let found = try #require(try FirstLayerImages(of: model))
    #expect(found.isKernel && found.channels == 2 && found.width == 2 && found.height == 2)
    #expect(found.images == [Array(weights[..<8]), Array(weights[8...])])
  }

  @Test func `Of many units the first are shown`() throws {
    let model = try model(
      input: [2, 2], [layer("affine", [100])], (0..<400).map(Double.init), shape: [4, 100])
    let found = try #require(try FirstLayerImages(of: model))
    #expect(found.unitCount == 100 && found.images.count == 64 && found.images[63] == [63, 163, 263, 363])
  }

  @Test func `Where there is no image there is no picture`() throws {
    let weights = (0..<8).map(Double.init)
    // The input is a row of numbers.
    #expect(try FirstLayerImages(of: model(input: [4], [layer("affine", [2])], weights, shape: [4, 2])) == nil)
    // What comes before has made it smaller.
    let pooled = [layer("maxpool", [1, 2, 2], hasWeight: false), layer("affine", [2])]
    #expect(try FirstLayerImages(of: model(input: [1, 4, 4], pooled, weights, shape: [4, 2])) == nil)
    // The weights do not fit, are of an unknown kind, or are not there.
    #expect(try FirstLayerImages(of: model(input: [3, 3], [layer("affine", [2])], weights, shape: [4, 2])) == nil)
    #expect(try FirstLayerImages(of: model(input: [2, 2], [layer("magic", [2])], weights, shape: [4, 2])) == nil)
    #expect(try FirstLayerImages(of: try Model(topology: nil, tensors: [tensor([1])])) == nil)
    let huge = Topology(inputShape: [.max, .max], layers: [layer("affine", [2])])
    let hostile = try Model(topology: huge, tensors: [tensor(weights, name: "l.weight", shape: [4, 2])])
    #expect(try FirstLayerImages(of: hostile) == nil)
  }
}

import ModelFormat
import NetworkStorage
import NeuralNetwork
import Testing

/// Models that another program, or another precision, has written.
struct LoadingTests {
  /// y = x · W + b with W[2, 1] and b[1], under names of its own.
  private func model(
    weight: TensorDescription, _ weightBytes: [UInt8], bias: Float = 0.5,
    names: [String] = ["kernel", "shift"]
  ) throws -> Model {
    let layer = LayerDescription(
      kind: "affine", name: "dense", outputShape: [1], attributes: ["outputs": 1],
      parameters: [.init(role: "bias", tensor: names[1]), .init(role: "weight", tensor: names[0])])
    return try Model(
      topology: Topology(inputShape: [2], layers: [layer]),
      tensors: [
        Tensor(name: "unused", shape: [1], values: [Float(7)]),
        Tensor(name: names[1], shape: [1], values: [bias]),
        Tensor(weight, bytes: weightBytes),
      ])
  }

  private func weight(_ type: DataType, name: String = "kernel") throws -> TensorDescription {
    try TensorDescription(name: name, dataType: type, shape: [2, 1])
  }

  @Test func tensorsAreFoundByTheNamesOfTheTopology() throws {
    // Little-endian: 1.5 = 0x3FC00000, −2 = 0xC0000000.
    let model = try model(weight: weight(.float32), [0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0])
    let network = try Network<Float>(model)
    #expect(network.values(of: "affine1.weight") == [1.5, -2])
    #expect(network.values(of: "affine1.bias") == [0.5])
    // 3 · 1.5 + 4 · (−2) + 0.5
    #expect(try network.predict(Matrix([[3, 4]])).elements == [-3])
  }

  // Python: struct.pack('<2d', 0.1, -2).hex(), and '<2e' for half precision; bfloat16 is the upper half of '<f'.
  private static let encodings: [(type: DataType, bytes: [UInt8], first: Double)] = [
    (.float64, [0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0], 0.1),
    (.float16, [0x66, 0x2E, 0x00, 0xC0], 0.0999755859375),
    (.bfloat16, [0xCD, 0x3D, 0x00, 0xC0], 0.10009765625),
    (.int8, [3, 0xFE], 3), (.int32, [3, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF], 3),
  ]

  @Test(arguments: encodings)
  func otherElementTypesAreConverted(type: DataType, bytes: [UInt8], first: Double) throws {
    let model = try model(weight: weight(type), bytes)
    #expect(try Network<Double>(model).values(of: "affine1.weight") == [first, -2])
    #expect(try Network<Float>(model).values(of: "affine1.weight") == [Float(first), -2])
  }

  @Test func doublesAreRoundedToTheNearestFloat() throws {
    let network = try RandomNetworks.make(Double.self, 1, seed: 5)
    let narrow = try Network<Float>(Model(network))
    #expect(narrow.parameters == network.parameters.map { Float($0) })
    let wide = try Network<Double>(Model(narrow))
    #expect(wide.parameters == narrow.parameters.map { Double($0) })
  }
}

import Testing

@testable import ModelFormat

/// Models that are larger than any real one stay within the default limits.
struct LargeModelTests {
  @Test func aHistoryOfAHundredThousandEpochsAndTwelveColumns() throws {
    let columns = (0..<12).map { column in
      TrainingHistory.Column(name: "column \(column)", values: (0..<100_000).map { Double($0 * 12 + column) })
    }
    let model = try Model(topology: nil, tensors: [], history: try TrainingHistory(columns: columns))
    #expect(try decoded(try model.encoded()) == model)
  }

  @Test func tenThousandTensorsOfFourDimensionsEachWithALayerOfItsOwn() throws {
    var (tensors, layers): ([Tensor], [LayerDescription]) = ([], [])
    for number in 0..<10_000 {
      let description = try TensorDescription(
        name: "encoder.layers.\(number).weight", dataType: .uint8, shape: [1, 1, 1, 2])
      tensors.append(try Tensor(description, bytes: [UInt8(number & 255), UInt8(number >> 8 & 255)]))
      layers.append(
        LayerDescription(
          kind: "scale", name: "encoder.layers.\(number)", outputShape: [2],
          parameters: [LayerDescription.Parameter(role: "weight", tensor: description.name)]))
    }
    let topology = Topology(inputShape: [2], layers: layers)
    let model = try Model(topology: topology, tensors: tensors)
    let reader = try ModelReader(bytes: try model.encoded())
    #expect(reader.tensors.count == 10_000)
    let loaded = try reader.model()
    #expect(loaded == model)
    // Every layer finds its tensor.
    for (layer, tensor) in zip(layers, tensors) {
      #expect(loaded.tensor(named: layer.parameters[0].tensor)?.bytes == tensor.bytes)
    }
  }
}

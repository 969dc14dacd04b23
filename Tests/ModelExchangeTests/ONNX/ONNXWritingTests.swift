import BinaryIO
import ModelFormat
import ModelSamples
import TestSupport
import Testing

@testable import ModelExchange

/// ONNX files that we write.
struct ONNXWritingTests {
  private func model(
    _ layers: [LayerDescription] = [], tensors: [Tensor], metadata: Attributes = [:], input: [Int] = [3]
  ) throws -> Model {
    try Model(
      topology: layers.isEmpty ? nil : Topology(inputShape: input, layers: layers), tensors: tensors,
      metadata: metadata)
  }

  private let affine = LayerDescription(
    kind: "affine", name: "fc", outputShape: [2], attributes: ["outputs": 2],
    parameters: [.init(role: "weight", tensor: "w"), .init(role: "bias", tensor: "b")])

  private func weights() throws -> [Tensor] {
    [
      try Tensor(name: "w", shape: [3, 2], values: [1, 2, 3, 4, 5, 6] as [Float]),
      try Tensor(name: "b", shape: [2], values: [0.5, -0.5] as [Float]),
    ]
  }

  @Test func `a model comes back as it was, with all that an ONNX file has no field for`() throws {
    var tensors = try weights()
    for type in DataType.allCases {
      let description = try TensorDescription(name: "t.\(type.rawValue)", dataType: type, shape: [2, 1])
      tensors.append(try Tensor(description, bytes: [UInt8](repeating: 1, count: description.byteCount)))
    }
    tensors.append(try Tensor(name: "empty", shape: [0, 4], values: [] as [Float]))
    tensors.append(try Tensor(name: "input", shape: [], values: [1] as [Float]))
    tensors.append(try Tensor(name: "output", shape: [1], values: [1] as [Float]))
    let model = try Model(
      topology: Topology(
        inputShape: [3], preprocessing: Preprocessing(scale: 1 / 255, offset: -0.5), layers: [affine],
        loss: "squared-error", classNames: ["null", "eins"]),
      tensors: tensors, history: TrainingHistory(columns: [.init(name: "loss", values: [1, 0.5, .nan])]),
      metadata: ["seed": 42, "note": "Größe 🧠 \"", "rates": [0.1, 0.01], "nnkit.own": "x"])
    let file = try ModelFiles.open(bytes: try model.encoded(as: .onnx))
    #expect(file.format == .onnx)
    let back = try file.model()
    #expect(back.parts == model.parts)
    #expect(back.tensors == model.tensors)
    #expect(file.versionText == "IR 7, opset 13")
  }

  @Test func `a model without a network is tensors alone`() throws {
    let model = try model(tensors: weights(), metadata: ["k": "v"])
    let back = try ModelFiles.open(bytes: try model.encoded(as: .onnx)).model()
    #expect(back.parts == model.parts)
    #expect(back.tensors == model.tensors)
  }

  @Test func `where another program has changed the graph, the graph is read`() throws {
    let bytes = try model([affine], tensors: weights()).encoded(as: .onnx)
    // The names of the tensors change in the graph, and not in the topology beside it.
    var changed = bytes
    let topology = try #require(changed.indices.last { changed[$0...].starts(with: Array("nnkit.topology".utf8)) })
    for index in 0..<topology where changed[index] == UInt8(ascii: "w") && changed[index - 2] != 0x12 {
      if changed[index - 1] == 1 { changed[index] = UInt8(ascii: "v") }
    }
    #expect(changed != bytes)
    let file = try ModelFiles.open(bytes: changed)
    #expect(file.topology?.layers.first?.parameters.map(\.tensor) == ["v", "b"])
    #expect(file.metadata["onnx.producer"] == "nnkit")
  }

  @Test func `a layer that ONNX has no operator for is refused before anything is written`() throws {
    let layer = LayerDescription(kind: "attention", name: "a1", outputShape: [3])
    let error = try #require(throws: ModelFormatError.self) {
      _ = try model([layer], tensors: weights()).encoded(as: .onnx)
    }
    #expect(error.code == .unsupported)
    #expect(error.found == "\"attention\" in the layer \"a1\"")
  }

  @Test func `a network that contradicts itself is refused`() throws {
    func error(_ change: (inout LayerDescription) -> Void) throws -> ModelFormatError {
      var layer = affine
      change(&layer)
      return try #require(throws: ModelFormatError.self) {
        _ = try model([layer], tensors: weights()).encoded(as: .onnx)
      }
    }
    #expect(try error { $0.attributes = [:] }.expected == "the attributes outputs for the layer \"fc\"")
    #expect(try error { $0.attributes = ["outputs": 2, "l2": 1] }.found == "l2, outputs")
    #expect(try error { $0.attributes = ["outputs": 2.5] }.code == .invalidField)
    #expect(
      try error { $0.attributes = ["outputs": 5] }.expected == "a weight of the shape [3, 5] for the layer \"fc\"")
    #expect(try error { $0.outputShape = [3] }.expected == "the output shape [2] for the layer \"fc\"")
    #expect(try error { $0.parameters.removeLast() }.expected == "2 tensors for the layer \"fc\"")
    #expect(try error { $0.parameters[1].tensor = "none" }.found == "none")
  }

  @Test func `shapes that overflow are refused`() throws {
    let softmax = LayerDescription(kind: "softmax", name: "s", outputShape: [1 << 40, 1 << 40])
    let error = try #require(throws: ModelFormatError.self) {
      _ = try model([softmax], tensors: [], input: [1 << 40, 1 << 40]).encoded(as: .onnx)
    }
    #expect(error.found == "[1099511627776, 1099511627776]")
  }

  @Test func `names of values are new ones, however many are taken`() {
    var names = FreeNames(taken: ["a", "a.2", "b"])
    #expect((0..<3).map { _ in names.take("a") } == ["a.3", "a.4", "a.5"])
    #expect(names.take("b") == "b.2")
    #expect(names.take("c") == "c")
  }

  @Test func `a file that programs could not read is refused before anything is written`() throws {
    let source = try model([affine], tensors: weights())
    let size = try source.encoded(as: .onnx).count
    var output = MemorySink()
    output = try ONNXWriter(source, largestFile: size).write(to: output, threads: 1)
    #expect(output.bytes.count == size)
    let error = try #require(throws: ModelFormatError.self) {
      _ = try ONNXWriter(source, largestFile: size - 1).write(to: MemorySink(), threads: 1)
    }
    #expect(error.code == .limitExceeded)
  }

  @Test func `the same bytes are written on any number of threads`() throws {
    let large = try Tensor(name: "w", shape: [700_000], values: (0..<700_000).map { Float($0) })
    let source = try model(tensors: [large])
    #expect(try source.encoded(as: .onnx, threads: 1) == source.encoded(as: .onnx, threads: 4))
  }

  @Test func `newer types ask for the version that has them`() throws {
    let tensor = ONNXBytes.tensor("a", [3], type: 17, ONNXBytes.bytes(9, [0x38, 0x40, 0x44]))
    let file = try ModelFiles.open(bytes: ONNXBytes.file(tensor: tensor))
    let again = try ModelFiles.open(bytes: file.encoded(as: .onnx))
    #expect(again.versionText == "IR 9, opset 19")
    #expect(again.tensors.map(\.typeName) == ["f8_e4m3"])
    #expect(try again.model().tensors[0].bytes == ONNXBytes.little([1, 2, 3]))
    #expect(FileFormat.onnx.losses(of: file, savedTo: "x.onnx").isEmpty)
  }
}

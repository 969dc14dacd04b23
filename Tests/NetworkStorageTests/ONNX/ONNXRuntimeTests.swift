import Foundation
import ModelExchange
import ModelFormat
import NetworkStorage
import NeuralNetwork
import TestSupport
import Testing

/// Networks that ONNX Runtime has run too, by the scripts `onnx_files.py` and `onnx_written.py` in `Tests/Oracles`.
struct ONNXRuntimeTests {
  struct Files: Decodable {
    struct Network: Decodable {
      let name: String
      let file: Data
      let samples: Int
      let input: [Float]
      let output: [Float]
    }

    let networks: [Network]
  }

  /// What the network of a file answers, after its preprocessing.
  private func answers(of file: some ModelFile, _ input: [Float], samples: Int) throws -> [Float] {
    let preprocessing = try #require(file.topology).preprocessing
    let network = try Network<Float>(file)
    let scaled = input.map { value in
      let scaled = value * Float(preprocessing.scale) + Float(preprocessing.offset)
      return scaled.isNaN ? 0 : scaled
    }
    return try network.predict(Matrix(rows: samples, columns: scaled.count / samples, elements: scaled)).elements
  }

  private func largestDifference(_ left: [Float], _ right: [Float]) -> Float {
    zip(left, right).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? .infinity
  }

  @Test func `networks of other programs answer as they do in ONNX Runtime`() throws {
    let files: Files = try Oracle.recorded("onnx_files.json")
    #expect(files.networks.count == 5)
    for recorded in files.networks {
      let file = try ModelFiles.open(bytes: Array(recorded.file))
      let answers = try answers(of: file, recorded.input, samples: recorded.samples)
      #expect(answers.count == recorded.output.count)
      #expect(largestDifference(answers, recorded.output) < 1e-5, "\(recorded.name)")
    }
  }

  struct Written: Decodable {
    struct Network: Decodable {
      let file: Data
      let output: [Float]
    }

    let networks: [Network]
  }

  private static let samples = 5

  /// The model of a network of all kinds of layers whose numbers follow from a formula.
  private func model(_ index: Int) throws -> Model {
    let (inputShape, layers) = RandomNetworks.architectures[index]
    let architecture = try Architecture<Float>(inputShape: inputShape, layers: layers)
    var parameters: [String: [Float]] = [:]
    for (salt, entry) in architecture.parameterEntries.enumerated() {
      parameters[entry.name] = Oracle.numbers(entry.shape.reduce(1, *), salt: salt + 1, scale: 64)
    }
    for (salt, entry) in architecture.runningStatisticsEntries.enumerated() {
      let numbers: [Float] = Oracle.numbers(entry.shape.reduce(1, *), salt: salt + 7, scale: 64)
      parameters[entry.name] = numbers.map { abs($0) + 0.25 }
    }
    return try Model(
      Network(inputShape: inputShape, layers: layers, parameters: parameters),
      preprocessing: index % 2 == 0 ? .identity : Preprocessing(scale: 1 / 32, offset: -0.25),
      metadata: index == 1 ? ["data.missing_values": "zero"] : [:])
  }

  private func input(_ model: Model, _ index: Int) -> [Float] {
    let count = (model.topology?.inputShape ?? []).reduce(Self.samples, *)
    var numbers: [Float] = Oracle.numbers(count, salt: 9, scale: 32)
    if index == 1 { numbers[3] = .nan }
    return numbers
  }

  @Test func `networks of ours answer in ONNX Runtime as they do here`() throws {
    let written: Written
    if let folder = ProcessInfo.processInfo.environment["NNKIT_ONNX_OUTPUT"] {
      for index in RandomNetworks.architectures.indices {
        let model = try model(index)
        try model.save(to: "\(folder)/\(index).onnx", as: .onnx)
        let input = Data(input(model, index).flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian) { Array($0) } })
        try input.write(to: URL(filePath: "\(folder)/\(index).bin"))
      }
      return
    }
    written = try Oracle.recorded("onnx_written.json")
    #expect(written.networks.count == RandomNetworks.architectures.count)
    for (index, recorded) in written.networks.enumerated() {
      let model = try model(index)
      // The very bytes that ONNX's checker has passed.
      #expect(try model.encoded(as: .onnx) == Array(recorded.file), "\(index)")
      let file = try ModelFiles.open(bytes: Array(recorded.file))
      let answers = try answers(of: file, input(model, index), samples: Self.samples)
      #expect(answers.count == recorded.output.count)
      #expect(largestDifference(answers, recorded.output) < 1e-5, "\(index)")
    }
  }

  @Test func `a graph of ours says by itself what the topology beside it says`() throws {
    let written: Written = try Oracle.recorded("onnx_written.json")
    for (index, recorded) in written.networks.enumerated() where index != 1 {
      // Without the name of the program, the graph is all there is; dropout is no part of it.
      var bytes = Array(recorded.file)
      let name = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("nnkit".utf8)) })
      bytes[name] = UInt8(ascii: "N")
      let file = try ModelFiles.open(bytes: bytes)
      guard file.metadata["onnx.no_network"] == nil else {
        // Images without channels are reshaped on the way.
        #expect(try #require(model(index).topology).inputShape.count == 2, "\(index)")
        continue
      }
      let answers = try answers(of: file, input(model(index), index), samples: Self.samples)
      #expect(largestDifference(answers, recorded.output) < 1e-5, "\(index)")
    }
  }
}

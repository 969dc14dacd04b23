import Foundation
import TestSupport
import Testing

/// `nnkit convert --network`: PyTorch state dicts become networks that run.
struct StateDictNetworkTests {
  private let folder: TemporaryFolder
  private let network = StateDict(inputs: 6, hidden: 5, outputs: 4, seed: 9)

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(network.bytes, to: "model.safetensors")
  }

  @Test func theNetworkComputesWhatTheLayersCompute() throws {
    let outcome = try Program.succeed(
      ["convert", "model.safetensors", "net.nnk", "--network", "--input-scale", "1/255"], in: folder)
    for text in ["net.2 6→5, net.10 5→4", "transposed", "relu", "softmax", "a bias of 0 for net.10"] {
      #expect(outcome.errors.contains(text), "\(text)")
    }
    var generator = SplitMix64(seed: 10)
    let pixels = (0..<8 * 6).map { _ in UInt8.random(in: 0...255, using: &generator) }
    try folder.write(IDXBytes.file(dimensions: [8, 2, 3], pixels), to: "images")
    let predicted = try Program.succeed(["predict", "net.nnk", "images", "--top", "4"], in: folder)
    for (number, line) in predicted.outputLines.dropFirst().enumerated() {
      let columns = line.split(separator: ",").map(String.init)
      let expected = network.probabilities(pixels[number * 6..<number * 6 + 6].map { Double($0) / 255 })
      for rank in 0..<4 {
        let (label, probability) = (
          try #require(Int(columns[1 + 2 * rank])), try #require(Double(columns[2 + 2 * rank]))
        )
        #expect(abs(probability - expected[label]) < 1e-5, "\(line)")
      }
    }
    #expect(predicted.outputLines.count == 9)
    try Program.succeed(["verify", "net.nnk"], in: folder)
  }

  @Test func whatIsAssumedCanBeSaid() throws {
    let outcome = try Program.succeed(
      [
        "convert", "model.safetensors", "net.safetensors", "--network", "--activation", "tanh", "--output-activation",
        "identity", "--layers", "net.2,net.10", "--input-scale", "2", "--input-offset=-0.5", "--json",
      ], in: folder)
    let document = try JSON.object(outcome.output)
    #expect(document["assumed"] as? [String] == ["a bias of 0 for net.10"])
    #expect((document["recognised"] as? [String])?.first == "2 linear layers, net.2 6→5, net.10 5→4")
    let inspected = try Program.json(["inspect", "net.safetensors"], in: folder)
    let topology = try inspected.object("topology")
    #expect(
      try topology.objects("layers").map { try $0.string("kind") } == ["affine", "tanh", "affine", "identity"])
    #expect(try topology.object("preprocessing").number("offset") == -0.5)
    #expect(try inspected.objects("findings").isEmpty)
  }

  @Test func aSingleOutputGetsNoSoftmax() throws {
    let bytes = SafetensorsFile.bytes([.init(name: "weight", shape: [1, 2], values: [1, 2])])
    try folder.write(bytes, to: "one.safetensors")
    let outcome = try Program.run(["convert", "one.safetensors", "one.nnk", "--network"], in: folder)
    #expect(outcome.exitCode == 0 && outcome.errors.contains("identity after the last one"))
  }

  @Test func whatIsNoStackOfLinearLayersIsRefused() throws {
    func refuse(_ tensors: [SafetensorsFile.Tensor], _ evidence: [String]) throws {
      try folder.write(SafetensorsFile.bytes(tensors), to: "other.safetensors")
      try expectRefusal(
        ["convert", "other.safetensors", "x.nnk", "--network"], exitCode: 65,
        evidence: ["other.safetensors"] + evidence, in: folder)
    }
    try refuse([], ["0 tensors"])
    try refuse(
      [.init(name: "conv.weight", shape: [1, 1, 2, 2], values: [1, 2, 3, 4])], ["conv.weight", "[1, 1, 2, 2]"])
    try refuse([.init(name: "bn.running_mean", shape: [1], values: [1])], ["bn.running_mean", ".weight or .bias"])
    try refuse(
      [
        .init(name: "a.weight", shape: [2, 1], values: [1, 2]),
        .init(name: "b.weight", shape: [1, 3], values: [1, 2, 3]),
      ], ["b.weight", "[1, 3]", "--layers"])
    try expectRefusal(
      ["convert", "model.safetensors", "x.nnk", "--network", "--layers", "net.2"], exitCode: 64,
      evidence: ["--layers", "net.10"], in: folder)
    try folder.write(try TrainedModel.small.get(), to: "digits.nnk")
    try expectRefusal(
      ["convert", "digits.nnk", "x.nnk", "--network"], exitCode: 65, evidence: ["topology"], in: folder)
  }
}

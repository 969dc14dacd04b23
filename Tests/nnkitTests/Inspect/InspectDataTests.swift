import ModelFormat
import TestSupport
import Testing

/// What `nnkit inspect` finds by running the network.
struct InspectDataTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try TrainedModel.small.get(), to: "digits.nnk")
  }

  /// The model with one bias changed.
  private func plant(_ bias: Float, unit: Int, in name: String) throws {
    let model = try Model(contentsOf: folder.file("digits.nnk"))
    let tensors = try model.tensors.map { tensor in
      guard tensor.name == "affine1.bias" else { return tensor }
      var values = tensor.floats()
      values[unit] = bias
      return try Tensor(name: tensor.name, shape: tensor.shape, values: values)
    }
    let planted = try Model(
      topology: model.topology, tensors: tensors, history: model.history, metadata: model.metadata)
    try planted.save(to: folder.file(name))
  }

  private func findings(_ arguments: [String]) throws -> [[String: Any]] {
    let outcome = try Program.succeed(["inspect", "--json"] + arguments, in: folder)
    return try JSON.object(outcome.output).objects("findings")
  }

  @Test func `A rectifier that no input makes fire is found without data`() throws {
    try plant(-1000, unit: 3, in: "planted.nnk")
    let found = try #require(findings(["planted.nnk"]).first { $0["code"] as? String == "never-fires" })
    #expect(try found.string("severity") == "warning" && found.string("place") == "layer relu1")
    #expect(try found.object("evidence")["indices"] as? [Int] == [3])
    // The samples say the same, and it is said once.
    let both = try findings(["planted.nnk", "--data", Digits.testImages]).filter {
      $0["code"] as? String == "never-fires"
    }
    #expect(both.count == 1)
  }

  @Test func `With data the activations of every layer are told`() throws {
    let outcome = try Program.succeed(
      ["inspect", "digits.nnk", "--data", Digits.testImages, "--samples", "100", "--json"], in: folder)
    let activations = try JSON.object(outcome.output).object("activations")
    #expect(try activations.integer("samples") == 100)
    let layers = try activations.objects("layers")
    #expect(try layers.map { try $0.string("name") } == ["affine1", "relu1", "affine2", "softmax1"])
    #expect(try abs(layers[3].number("mean") - 0.1) < 1e-6)
    let text = try Program.succeed(["inspect", "digits.nnk", "--data", Digits.testImages], in: folder).output
    #expect(text.contains("Activations  on 359 samples"))
  }

  @Test func `Samples that do not fit are refused`() throws {
    try expectRefusal(
      ["inspect", "digits.nnk", "--data", Digits.testLabels], exitCode: 65, evidence: ["8×8"], in: folder)
    for options in [["--samples", "3"], ["--data", "x", "--no-statistics"], ["--data", "x", "--samples", "0"]] {
      #expect(try Program.run(["inspect", "digits.nnk"] + options, in: folder).exitCode == 64, "\(options)")
    }
  }
}
